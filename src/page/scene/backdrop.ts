import {
  BufferAttribute,
  BufferGeometry,
  CustomBlending,
  GLSL3,
  Matrix4,
  Mesh,
  OneFactor,
  RawShaderMaterial,
  SrcColorFactor,
  ZeroFactor,
  type IUniform,
} from 'three';
import { PRECISE } from '../passes/precision.ts';

const VERTEX_SHADER = /* glsl */ `
in vec2 corner;
out vec3 vRay;
out vec2 vUv;
uniform mat4 cameraFromClip;
uniform mat4 worldFromCamera;
void main() {
  vec4 inCamera = cameraFromClip * vec4(corner, 0.5, 1.0);
  vRay = mat3(worldFromCamera) * (inCamera.xyz / inCamera.w);
  vUv = vec2(corner.x, -corner.y) * 0.5 + 0.5;
  gl_Position = vec4(corner, 0.5, 1.0);
}
`;

const FRAGMENT_START = /* glsl */ `
in vec3 vRay;
in vec2 vUv;
out vec4 outColor;
`;

const FRAGMENT_END = /* glsl */ `
void main() {
  outColor = backdrop(normalize(vRay), vUv);
}
`;

/** Drawn before everything else, in this order: lower first; what covers, what multiplies, what adds. */
export const BACKDROP_ORDER = -1e9;

/** What a backdrop does with what is behind it already; opacity stays as it is where anything does. */
export type BackdropBlend = 'cover' | 'multiply' | 'add';

const BLENDINGS = {
  cover: {},
  multiply: { blending: CustomBlending, blendSrc: ZeroFactor, blendDst: SrcColorFactor },
  add: { blending: CustomBlending, blendSrc: OneFactor, blendDst: OneFactor },
} as const;
const KEEP_ALPHA = { blendSrcAlpha: ZeroFactor, blendDstAlpha: OneFactor } as const;

/**
 * A picture behind everything: `vec4 backdrop(vec3 direction, vec2 uv)` of the fragment shader gives linear
 * radiance by the direction of the pixel's ray in the world and by its place in the image, 0..1 from the top left.
 * It is no part of labels.
 */
export class Backdrop<U extends Record<string, IUniform>> extends Mesh<
  BufferGeometry,
  RawShaderMaterial
> {
  readonly uniforms: U;

  constructor(fragmentShader: string, uniforms: U, blend: BackdropBlend = 'cover') {
    const geometry = new BufferGeometry();
    const corners = new Float32Array([-1, -1, 3, -1, -1, 3]);
    geometry.setAttribute('corner', new BufferAttribute(corners, 2));
    geometry.setDrawRange(0, 3);
    const view = {
      cameraFromClip: { value: new Matrix4() },
      worldFromCamera: { value: new Matrix4() },
    };
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX_SHADER,
      fragmentShader: PRECISE + FRAGMENT_START + fragmentShader + FRAGMENT_END,
      uniforms: { ...uniforms, ...view },
      depthTest: false,
      depthWrite: false,
      ...BLENDINGS[blend],
      ...(blend !== 'cover' && KEEP_ALPHA),
    });
    super(geometry, material);
    this.uniforms = uniforms;
    this.frustumCulled = false;
    this.renderOrder = BACKDROP_ORDER + Object.keys(BLENDINGS).indexOf(blend);
    this.onBeforeRender = (_renderer, _scene, camera) => {
      view.cameraFromClip.value.copy(camera.projectionMatrixInverse);
      view.worldFromCamera.value.copy(camera.matrixWorld);
      material.uniformsNeedUpdate = true;
    };
  }
}
