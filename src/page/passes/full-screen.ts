import {
  BufferAttribute,
  BufferGeometry,
  OrthographicCamera,
  GLSL3,
  Mesh,
  NoBlending,
  RawShaderMaterial,
  Scene,
  type IUniform,
  type WebGLRenderer,
  type WebGLRenderTarget,
} from 'three';
import { PRECISE } from './precision.ts';

const VERTEX_SHADER = /* glsl */ `
in vec2 corner;
out vec2 vUv;
void main() {
  vUv = corner * 0.5 + 0.5;
  gl_Position = vec4(corner, 0.0, 1.0);
}
`;

/** One fragment shader over every pixel of a target. `vUv` is 0..1, (0, 0) at GL's bottom left. */
export class FullScreen<U extends Record<string, IUniform>> {
  readonly uniforms: U;
  readonly #material: RawShaderMaterial;
  readonly #scene = new Scene();
  readonly #camera = new OrthographicCamera();

  constructor(fragmentShader: string, uniforms: U) {
    const geometry = new BufferGeometry();
    geometry.setAttribute(
      'corner',
      new BufferAttribute(new Float32Array([-1, -1, 3, -1, -1, 3]), 2),
    );
    this.uniforms = uniforms;
    this.#material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX_SHADER,
      fragmentShader: PRECISE + fragmentShader,
      uniforms,
      depthTest: false,
      depthWrite: false,
      blending: NoBlending,
    });
    const mesh = new Mesh(geometry, this.#material);
    mesh.frustumCulled = false;
    // `position` is what three counts vertices by; this triangle has none.
    geometry.setDrawRange(0, 3);
    this.#scene.add(mesh);
  }

  /** Draws into a target; earlier contents are kept where the shader does not write. */
  draw(renderer: WebGLRenderer, target: WebGLRenderTarget | null): void {
    renderer.autoClear = false;
    renderer.setRenderTarget(target);
    renderer.render(this.#scene, this.#camera);
  }
}
