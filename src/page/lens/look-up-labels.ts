import type { Texture, WebGLRenderer, WebGLRenderTarget } from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import { FullScreen } from '../passes/full-screen.ts';
import { createLabelTarget } from '../passes/label-pass.ts';
import type { BentView } from './bent-view.ts';

/** Each pixel takes what was drawn along its own ray, in the pixel of the source that it looks through. */
const shaderOf = (fine: boolean): string => /* glsl */ `
layout(location = 0) out uint outIds;
layout(location = 1) out float outDepth;
layout(location = 2) out vec4 outNormal;
uniform sampler2D places;
uniform usampler2D ids;
uniform sampler2D depths;
uniform sampler2D normals;
${fine ? 'layout(location = 3) out vec4 outFineNormal;\nuniform sampler2D fineNormals;' : ''}
void main() {
  ivec2 from = ivec2(floor(texelFetch(places, ivec2(gl_FragCoord.xy), 0).xy));
  outIds = texelFetch(ids, from, 0).r;
  outDepth = texelFetch(depths, from, 0).r;
  outNormal = texelFetch(normals, from, 0);
  ${fine ? 'outFineNormal = texelFetch(fineNormals, from, 0);' : ''}
}
`;

const createProgram = (fine: boolean) =>
  new FullScreen(shaderOf(fine), {
    places: { value: null as Texture | null },
    ids: { value: null as Texture | null },
    depths: { value: null as Texture | null },
    normals: { value: null as Texture | null },
    fineNormals: { value: null as Texture | null },
  });

/** Labels of a bent image, out of those of its source. */
export class LabelLookUp {
  readonly #renderer: WebGLRenderer;
  readonly #programs = [createProgram(false), createProgram(true)] as const;
  #target: Readonly<{ key: string; target: WebGLRenderTarget }> | null = null;

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
  }

  /** Renders into its own target, which it returns. Rows from the top, as in the source. */
  render(
    { size, labels: { normals } }: FramePlan,
    { places }: BentView,
    labels: WebGLRenderTarget,
  ): WebGLRenderTarget {
    const key = JSON.stringify([size, normals]);
    if (this.#target?.key !== key) {
      this.#target?.target.dispose();
      const target = createLabelTarget(size, { stencil: false, normals, depthBuffer: false });
      this.#target = { key, target };
    }
    const { target } = this.#target;
    const program = this.#programs[normals ? 1 : 0];
    const [ids, depths, coarse, fine] = labels.textures;
    program.uniforms.places.value = places;
    program.uniforms.ids.value = ids ?? null;
    program.uniforms.depths.value = depths ?? null;
    program.uniforms.normals.value = coarse ?? null;
    program.uniforms.fineNormals.value = fine ?? null;
    program.draw(this.#renderer, target);
    return target;
  }
}
