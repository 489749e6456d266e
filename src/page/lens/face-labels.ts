import { Matrix3, type Texture, type WebGLRenderer, type WebGLRenderTarget } from 'three';
import { rotationOf } from '#shared/core/matrix';
import type { FramePlan } from '#shared/plan/frame-plan';
import { FullScreen } from '../passes/full-screen.ts';
import type { LabelMesh } from '../passes/label-meshes.ts';
import { createLabelTarget, LabelPass } from '../passes/label-pass.ts';
import { PinholeCamera } from '../scene/pinhole-camera.ts';
import { type FaceView, fromNearer, planOfFace } from './face-view.ts';

/** Each ray of a face takes what was drawn along it; normals are turned into the camera's frame. */
const shaderOf = (fine: boolean): string => /* glsl */ `
layout(location = 0) out uint outIds;
layout(location = 1) out float outRange;
layout(location = 2) out vec4 outNormal;
uniform sampler2D places;
uniform float face;
uniform mat3 cameraFromFace;
uniform usampler2D ids;
uniform sampler2D ranges;
uniform sampler2D normals;
${fine ? 'layout(location = 3) out vec4 outFineNormal;\nuniform sampler2D fineNormals;' : ''}
// Normals are kept as n·0.5+0.5, and 0 where nothing is.
vec4 turned(vec4 kept) {
  return vec4(kept.a == 0.0 ? vec3(0.0) : cameraFromFace * (kept.rgb - 0.5) + 0.5, kept.a);
}
void main() {
  vec4 place = texelFetch(places, ivec2(gl_FragCoord.xy), 0);
  if (place.w == 0.0 || place.z != face) discard;
  ivec2 from = ivec2(place.xy);
  outIds = texelFetch(ids, from, 0).r;
  outRange = texelFetch(ranges, from, 0).r;
  outNormal = turned(texelFetch(normals, from, 0));
  ${fine ? 'outFineNormal = turned(texelFetch(fineNormals, from, 0));' : ''}
}
`;

const createProgram = (fine: boolean) =>
  new FullScreen(shaderOf(fine), {
    places: { value: null as Texture | null },
    face: { value: 0 },
    cameraFromFace: { value: new Matrix3() },
    ids: { value: null as Texture | null },
    ranges: { value: null as Texture | null },
    normals: { value: null as Texture | null },
    fineNormals: { value: null as Texture | null },
  });

/**
 * Ids, distances and normals along rays into any directions (docs/adr/0033-wide-lenses-look-through-faces.md). What
 * holds planar depth elsewhere holds the distance along the ray, metres.
 */
export class FaceLabels {
  readonly #renderer: WebGLRenderer;
  readonly #pass: LabelPass;
  readonly #camera = new PinholeCamera();
  readonly #programs = [createProgram(false), createProgram(true)] as const;
  #target: Readonly<{ key: string; target: WebGLRenderTarget }> | null = null;

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
    this.#pass = new LabelPass(renderer);
  }

  /**
   * Renders into its own target, of the size of the view, which it returns; the next call overwrites it.
   * @param plan Its camera is that of the rays; its size and intrinsics are not used.
   */
  render(plan: FramePlan, meshes: readonly LabelMesh[], view: FaceView): WebGLRenderTarget {
    const { normals } = plan.labels;
    const target = this.#targetOf(view, normals);
    this.#clear(target);
    const program = this.#programs[normals ? 1 : 0];
    program.uniforms.places.value = view.places;
    for (const [number, { face, rays }] of view.faces.entries()) {
      const seen = planOfFace(plan, face);
      this.#camera.setPlan(fromNearer(seen));
      const eye = { camera: this.#camera, rays: { texture: rays, by: 'range' } } as const;
      const [ids, ranges, coarse, fine] = this.#pass.render(seen, meshes, eye).textures;
      program.uniforms.face.value = number;
      program.uniforms.cameraFromFace.value.set(...rotationOf(face.cameraFromFace));
      program.uniforms.ids.value = ids ?? null;
      program.uniforms.ranges.value = ranges ?? null;
      program.uniforms.normals.value = coarse ?? null;
      program.uniforms.fineNormals.value = fine ?? null;
      program.draw(this.#renderer, target);
    }
    return target;
  }

  dispose(): void {
    this.#pass.dispose();
    this.#target?.target.dispose();
  }

  #clear(target: WebGLRenderTarget): void {
    const gl = this.#renderer.getContext() as WebGL2RenderingContext;
    this.#renderer.setRenderTarget(target);
    gl.clearBufferuiv(gl.COLOR, 0, new Uint32Array(4));
    for (let index = 1; index < target.textures.length; index++)
      gl.clearBufferfv(gl.COLOR, index, new Float32Array(4));
  }

  #targetOf({ size }: FaceView, normals: boolean): WebGLRenderTarget {
    const key = JSON.stringify([size, normals]);
    if (this.#target?.key === key) return this.#target.target;
    this.#target?.target.dispose();
    const target = createLabelTarget(size, { stencil: false, normals, depthBuffer: false });
    this.#target = { key, target };
    return target;
  }
}
