import { Matrix3, type Texture, type WebGLRenderer, type WebGLRenderTarget } from 'three';
import type { Size } from '#shared/core/geometry';
import { rotationOf } from '#shared/core/matrix';
import type { FaceLook } from '#shared/plan/ray-faces';
import { FullScreen } from '../passes/full-screen.ts';
import { EXACT, KeptTarget } from '../passes/kept-target.ts';
import { createLabelTarget } from '../passes/label-pass.ts';

/**
 * Each pixel takes what was drawn along its own ray, in the pixel that it looks through: of the source, or of a face,
 * whose normals are turned into the camera's frame.
 */
const SHADER = /* glsl */ `
layout(location = 0) out uint outIds;
layout(location = 1) out float outDepth;
layout(location = 2) out vec4 outNormal;
uniform sampler2D places;
uniform usampler2D ids;
uniform sampler2D depths;
uniform sampler2D normals;
#ifdef FINE
layout(location = 3) out vec4 outFineNormal;
uniform sampler2D fineNormals;
#endif
#ifdef FACES
uniform float face;
uniform mat3 cameraFromFace;
// Normals are kept as n·0.5+0.5, and 0 where nothing is.
vec4 turned(vec4 kept) {
  return vec4(kept.a == 0.0 ? vec3(0.0) : cameraFromFace * (kept.rgb - 0.5) + 0.5, kept.a);
}
#else
vec4 turned(vec4 kept) {
  return kept;
}
#endif
void main() {
  vec4 place = texelFetch(places, ivec2(gl_FragCoord.xy), 0);
#ifdef FACES
  if (place.w == 0.0 || place.z != face) discard;
#endif
  ivec2 from = ivec2(floor(place.xy));
  outIds = texelFetch(ids, from, 0).r;
  outDepth = texelFetch(depths, from, 0).r;
  outNormal = turned(texelFetch(normals, from, 0));
#ifdef FINE
  outFineNormal = turned(texelFetch(fineNormals, from, 0));
#endif
}
`;

const createProgram = (defines: readonly string[]) =>
  new FullScreen(defines.map((name) => `#define ${name}\n`).join('') + SHADER, {
    places: { value: null as Texture | null },
    face: { value: 0 },
    cameraFromFace: { value: new Matrix3() },
    ids: { value: null as Texture | null },
    depths: { value: null as Texture | null },
    normals: { value: null as Texture | null },
    fineNormals: { value: null as Texture | null },
  });

/** What is looked up, and where. */
type Drawn = Readonly<{
  /** [H, W, 4] of the image: column and row; of faces, the number of the face, and 1 where there is any. */
  places: Texture;
  labels: WebGLRenderTarget;
  /** Of faces: the one that `labels` are of. */
  face?: Readonly<{ number: number; look: FaceLook }>;
}>;

/** Labels of an image that is not drawn as it is, out of those of its source or its faces. Rows from the top, as there. */
export class LabelLookUp {
  readonly #renderer: WebGLRenderer;
  readonly #plain: ReturnType<typeof createProgram>;
  readonly #fine: ReturnType<typeof createProgram>;
  readonly #target = new KeptTarget(EXACT);

  constructor(renderer: WebGLRenderer, of: 'source' | 'faces') {
    const defines = of === 'faces' ? ['FACES'] : [];
    this.#renderer = renderer;
    this.#plain = createProgram(defines);
    this.#fine = createProgram([...defines, 'FINE']);
  }

  /** Its own target, without anything in it; the next call overwrites it. */
  begin(size: Size, normals: boolean): WebGLRenderTarget {
    const kind = { stencil: false, normals, depthBuffer: false };
    const target = this.#target.take(size, JSON.stringify(kind), (exact) =>
      createLabelTarget(exact, kind),
    );
    const gl = this.#renderer.getContext() as WebGL2RenderingContext;
    this.#renderer.setRenderTarget(target);
    gl.clearBufferuiv(gl.COLOR, 0, new Uint32Array(4));
    for (let index = 1; index < target.textures.length; index++)
      gl.clearBufferfv(gl.COLOR, index, new Float32Array(4));
    return target;
  }

  /** Adds to a target what pixels of it find in what was drawn. */
  add(target: WebGLRenderTarget, { places, labels, face }: Drawn): void {
    const [ids, depths, coarse, fine] = labels.textures;
    const program = target.textures.length > 3 ? this.#fine : this.#plain;
    const { uniforms } = program;
    uniforms.places.value = places;
    uniforms.ids.value = ids ?? null;
    uniforms.depths.value = depths ?? null;
    uniforms.normals.value = coarse ?? null;
    uniforms.fineNormals.value = fine ?? null;
    if (face) {
      uniforms.face.value = face.number;
      uniforms.cameraFromFace.value.set(...rotationOf(face.look.cameraFromFace));
    }
    program.draw(this.#renderer, target);
  }

  dispose(): void {
    this.#target.dispose();
  }
}
