import {
  FloatType,
  DoubleSide,
  GLSL3,
  Matrix3,
  Matrix4,
  Mesh,
  NearestFilter,
  NoBlending,
  RawShaderMaterial,
  RedFormat,
  RGBAFormat,
  Scene,
  UnsignedByteType,
  WebGLRenderTarget,
  type Texture,
  type WebGLRenderer,
} from 'three';
import type { Size } from '#shared/core/geometry';
import type { PinholeCamera } from '../scene/pinhole-camera.ts';
import { FullScreen } from './full-screen.ts';
import { KeptTarget } from './kept-target.ts';
import { PRECISE } from './precision.ts';
import { Room } from './room.ts';

const COPY_SHADER = /* glsl */ `
layout(location = 0) out vec4 outDepth;
layout(location = 1) out vec4 outNormal;
uniform sampler2D depthMap;
uniform sampler2D normalMap;
void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  outDepth = texelFetch(depthMap, pixel, 0);
  outNormal = texelFetch(normalMap, pixel, 0);
}
`;

// Rows run from the top, as those of labels, which turns triangles over: faces are told by normals.
const VERTEX_SHADER = /* glsl */ `
in vec3 position;
in vec3 normal;
out vec3 vPosition;
out vec3 vNormal;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
uniform mat3 facing;
void main() {
  vec4 inCamera = modelViewMatrix * vec4(position, 1.0);
  vPosition = inCamera.xyz;
  vNormal = facing * normal;
  gl_Position = projectionMatrix * inCamera;
  gl_Position.y = -gl_Position.y;
}
`;

const FRAGMENT_SHADER = /* glsl */ `
layout(location = 0) out vec4 outDepth;
layout(location = 1) out vec4 outNormal;
in vec3 vPosition;
in vec3 vNormal;
uniform sampler2D depthMap;
void main() {
  float nearest = texelFetch(depthMap, ivec2(gl_FragCoord.xy), 0).r;
  float depth = -vPosition.z;
  if (dot(vNormal, vPosition) >= 0.0 || (nearest > 0.0 && nearest <= depth)) discard;
  outDepth = vec4(depth, 0.0, 0.0, 1.0);
  outNormal = vec4(normalize(vNormal) * vec3(0.5, -0.5, -0.5) + 0.5, 1.0);
}
`;

/**
 * Depth and normals of the labels with those of shadow catchers among them, as ambient occlusion reads them:
 * labels themselves have no catchers. Row 0 is the top row of the image.
 */
export class CatcherDepthPass {
  readonly #renderer: WebGLRenderer;
  readonly #copy = new FullScreen(COPY_SHADER, {
    depthMap: { value: null as Texture | null },
    normalMap: { value: null as Texture | null },
  });
  readonly #material = new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: VERTEX_SHADER,
    fragmentShader: PRECISE + FRAGMENT_SHADER,
    uniforms: { depthMap: { value: null as Texture | null }, facing: { value: new Matrix3() } },
    blending: NoBlending,
    side: DoubleSide,
  });
  readonly #target: KeptTarget;

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
    this.#target = new KeptTarget(new Room(renderer.capabilities.maxTextureSize));
  }

  /** `labels`: the label pass's target. Valid until the next call. */
  render(
    labels: WebGLRenderTarget,
    catchers: readonly Mesh[],
    { camera, size }: Readonly<{ camera: PinholeCamera; size: Size }>,
  ): readonly [depth: Texture, normal: Texture] {
    const [, depth, normal] = labels.textures as [Texture, Texture, Texture];
    const target = this.#target.take(size, 'catchers', createTarget);
    this.#copy.uniforms.depthMap.value = depth;
    this.#copy.uniforms.normalMap.value = normal;
    this.#renderer.setRenderTarget(target);
    this.#renderer.clear(false, true, false);
    this.#copy.draw(this.#renderer, target);
    const { depthMap, facing } = this.#material.uniforms as {
      depthMap: { value: Texture | null };
      facing: { value: Matrix3 };
    };
    depthMap.value = depth;
    const scene = new Scene();
    const fromMesh = new Matrix4();
    scene.matrixWorldAutoUpdate = false;
    for (const catcher of catchers) {
      const mesh = new Mesh(catcher.geometry, this.#material);
      mesh.matrixWorld.copy(catcher.matrixWorld);
      mesh.frustumCulled = false;
      mesh.onBeforeRender = () => {
        // three sets `modelViewMatrix` after this.
        facing.value.getNormalMatrix(
          fromMesh.multiplyMatrices(camera.matrixWorldInverse, mesh.matrixWorld),
        );
        this.#material.uniformsNeedUpdate = true;
      };
      scene.add(mesh);
    }
    this.#renderer.render(scene, camera);
    return target.textures as [Texture, Texture];
  }
}

function createTarget({ width, height }: Size): WebGLRenderTarget {
  const target = new WebGLRenderTarget(width, height, {
    count: 2,
    minFilter: NearestFilter,
    magFilter: NearestFilter,
    generateMipmaps: false,
  });
  const [depth, normal] = target.textures as [Texture, Texture];
  Object.assign(depth, { format: RedFormat, type: FloatType, internalFormat: 'R32F' });
  Object.assign(normal, { format: RGBAFormat, type: UnsignedByteType });
  return target;
}
