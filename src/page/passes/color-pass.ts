import {
  DepthTexture,
  FloatType,
  HalfFloatType,
  LinearFilter,
  NearestFilter,
  Vector2,
  WebGLRenderTarget,
  type Texture,
  type WebGLRenderer,
} from 'three';
import type { Size } from '#shared/core/geometry';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { PinholeCamera } from '../scene/pinhole-camera.ts';
import type { BuiltScene } from '../scene/scene-builder.ts';
import { FullScreen } from './full-screen.ts';
import { EXACT, KeptTarget } from './kept-target.ts';
import { Room } from './room.ts';
import { castDepthAlone } from './shadow-material.ts';
import { shadowsMove } from './shadows-move.ts';

const ADD_SHADER = /* glsl */ `
out vec4 outSum;
uniform sampler2D before;
uniform sampler2D frame;
uniform float weight;
void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  outSum = texelFetch(before, pixel, 0) + weight * texelFetch(frame, pixel, 0);
}
`;

/**
 * A row has of a sub-frame what their times share. Times are shares of that from the beginning of the first
 * row's exposure to the end of the last one's; rows are GL's.
 */
const ADD_ROWS_SHADER = /* glsl */ `
out vec4 outSum;
uniform sampler2D before;
uniform sampler2D frame;
uniform vec2 time;       // of the sub-frame: from, to
uniform float openShare; // of a row
void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  int rows = textureSize(frame, 0).y;
  float from = (1.0 - openShare) * float(rows - 1 - pixel.y) / float(max(rows - 1, 1));
  float shared = max(0.0, min(time.y, from + openShare) - max(time.x, from));
  outSum = texelFetch(before, pixel, 0) + shared / openShare * texelFetch(frame, pixel, 0);
}
`;

type Targets = Readonly<{
  frame: WebGLRenderTarget;
  sums: readonly [WebGLRenderTarget, WebGLRenderTarget] | null;
}>;

/** What a sub-frame becomes before it is added, and how large that is. */
export type Finish = Readonly<{ size: Size; apply: (subframe: Texture) => Texture }>;

/** How a frame's colour is seen. */
export type ColorEye = Readonly<{
  camera: PinholeCamera;
  finish?: Finish | undefined;
  hasShadows?: boolean;
}>;

/**
 * Linear radiance of the frame, multisampled, in GL rows. With sub-frames, the mean of jittered renders:
 * the camera moves within the pixel (anti-aliasing) and over its lens (depth of field), each light over its
 * disc (soft shadows), and what moves over the exposure (motion blur), of which each row has its own part
 * where the shutter rolls.
 */
export class ColorPass {
  readonly #renderer: WebGLRenderer;
  readonly #add = new FullScreen(ADD_SHADER, {
    before: { value: null as Texture | null },
    frame: { value: null as Texture | null },
    weight: { value: 1 },
  });
  readonly #addRows = new FullScreen(ADD_ROWS_SHADER, {
    before: { value: null as Texture | null },
    frame: { value: null as Texture | null },
    time: { value: new Vector2() },
    openShare: { value: 1 },
  });
  readonly #frame: KeptTarget;
  readonly #sums: readonly [KeptTarget, KeptTarget];

  /** @param fit `roomy`: what reads the texture does not go by its size, and pictures of several sizes share it. */
  constructor(renderer: WebGLRenderer, fit: 'exact' | 'roomy') {
    this.#renderer = renderer;
    const kept = (): KeptTarget =>
      new KeptTarget(fit === 'exact' ? EXACT : new Room(renderer.capabilities.maxTextureSize));
    this.#frame = kept();
    this.#sums = [kept(), kept()];
  }

  /**
   * Renders into the pass's own targets; the texture is valid until the next call.
   * @param finish Of each sub-frame, where the sum has to know the rows of the image; else of the texture.
   * @param hasShadows The lights' shadow maps are those of this frame already.
   */
  render(
    plan: FramePlan,
    built: BuiltScene,
    { camera, finish, hasShadows = false }: ColorEye,
  ): Texture {
    castDepthAlone(built.scene);
    const byRow = plan.shutter?.rolling && finish;
    const { frame, sums } = this.#targetsOf(plan, byRow ? byRow.size : plan.size);
    this.#renderer.shadowMap.needsUpdate = !hasShadows;
    const mean = this.#mean(plan, built, { camera, frame, sums, finish: byRow });
    return finish && !byRow ? finish.apply(mean) : mean;
  }

  dispose(): void {
    for (const kept of [this.#frame, ...this.#sums]) kept.dispose();
  }

  #mean(plan: FramePlan, built: BuiltScene, { camera, frame, sums, finish }: Drawing): Texture {
    const { subframes } = plan.render;
    if (subframes === 1 || sums === null) {
      this.#draw(built, camera, frame);
      return frame.texture;
    }
    let [from, to] = sums;
    this.#renderer.setRenderTarget(from);
    this.#renderer.setClearColor(0, 0);
    this.#renderer.clear(true, false, false);
    for (let index = 1; index <= subframes; index++) {
      const instant = atInstant(plan, index - 1);
      camera.setPlan(instant, pixelPoint(plan, index), lensPoint(plan, index));
      built.moveTo(index - 1);
      built.lights.apply(
        instant,
        built.scene,
        discPoint(radicalInverse(index, 5), radicalInverse(index, 7)),
      );
      if (index > 1 && shadowsMove(plan)) this.#renderer.shadowMap.needsUpdate = true;
      this.#draw(built, camera, frame);
      const seen = finish ? finish.apply(frame.texture) : frame.texture;
      this.#sum(plan, { index, seen, from, to });
      [from, to] = [to, from];
    }
    camera.setPlan(plan);
    return from.texture;
  }

  #sum(plan: FramePlan, { index, seen, from, to }: Sum): void {
    const { subframes } = plan.render;
    const rolling = plan.shutter?.rolling;
    const pass = rolling ? this.#addRows : this.#add;
    pass.uniforms.before.value = from.texture;
    pass.uniforms.frame.value = seen;
    this.#add.uniforms.weight.value = 1 / subframes;
    this.#addRows.uniforms.time.value.set((index - 1) / subframes, index / subframes);
    this.#addRows.uniforms.openShare.value = rolling?.openShare ?? 1;
    pass.draw(this.#renderer, to);
  }

  #draw({ scene }: BuiltScene, camera: PinholeCamera, target: WebGLRenderTarget): void {
    const renderer = this.#renderer;
    renderer.autoClear = true;
    renderer.setClearColor(0, 0);
    renderer.setRenderTarget(target);
    renderer.render(scene, camera);
  }

  #targetsOf({ size, render, shutter }: FramePlan, sumSize: Size): Targets {
    const summed = render.subframes > 1;
    // A pixel of a streak, or a row of a rolling shutter, may have few sub-frames.
    const samples = summed && !shutter ? 0 : render.samples;
    const frame = this.#frame.take(size, `samples: ${samples}`, (room) =>
      createFrame(room, samples),
    );
    if (!summed) {
      for (const kept of this.#sums) kept.dispose();
      return { frame, sums: null };
    }
    const [first, second] = this.#sums;
    const sum = (kept: KeptTarget): WebGLRenderTarget => kept.take(sumSize, 'sum', createSum);
    return { frame, sums: [sum(first), sum(second)] };
  }
}

function createFrame({ width, height }: Size, samples: number): WebGLRenderTarget {
  return new WebGLRenderTarget(width, height, {
    type: HalfFloatType,
    samples,
    minFilter: LinearFilter,
    magFilter: LinearFilter,
    depthTexture: new DepthTexture(width, height, FloatType),
    resolveDepthBuffer: false,
  });
}

function createSum({ width, height }: Size): WebGLRenderTarget {
  return new WebGLRenderTarget(width, height, {
    type: FloatType,
    depthBuffer: false,
    minFilter: NearestFilter,
    magFilter: NearestFilter,
  });
}

type Drawing = Targets & Readonly<{ camera: PinholeCamera; finish: Finish | undefined }>;
type Sum = Readonly<{
  /** Of the sub-frame, from 1. */
  index: number;
  seen: Texture;
  from: WebGLRenderTarget;
  to: WebGLRenderTarget;
}>;

/** The plan with its camera where it is, and its lights as strong as they are, in a sub-frame, counted from 0. */
function atInstant(plan: FramePlan, subframe: number): FramePlan {
  const worldFromCamera = plan.shutter?.worldFromCamera?.[subframe];
  const flickering = new Map(
    plan.shutter?.lights?.map(({ index, intensities }) => [index, intensities[subframe]]),
  );
  return {
    ...plan,
    ...(worldFromCamera && { camera: { ...plan.camera, worldFromCamera } }),
    lights: plan.lights.map((light, index) => ({
      ...light,
      intensity: flickering.get(index) ?? light.intensity,
    })),
  };
}

/**
 * Where in the pixel a sub-frame looks, pixels [right, down] of its middle. What moves by a simple fraction of a
 * pixel from one sub-frame to the next falls in step with the digits of a Halton sequence: with a shutter, steps
 * are by the powers of the plastic number, no fractions, of which any run is spread evenly (M. Roberts' R₂).
 */
function pixelPoint({ shutter }: FramePlan, index: number): readonly [number, number] {
  if (!shutter) return [radicalInverse(index, 2) - 0.5, radicalInverse(index, 3) - 0.5];
  const part = (step: number): number => index * step - Math.floor(index * step) - 0.5;
  return [part(1 / PLASTIC), part(1 / (PLASTIC * PLASTIC))];
}

/** The real root of x³ = x + 1. */
const PLASTIC = 1.324717957244746;

/** Sunflower over the lens, each point of it standing for the same area (Vogel 1979); metres [right, down]. */
function lensPoint(
  { camera, render, shutter }: FramePlan,
  index: number,
): readonly [number, number] {
  if (camera.focus === undefined) return [0, 0];
  // Sub-frames are in order of time: from the middle of the lens outwards, blur would depend on the instant.
  const share = shutter ? radicalInverse(index, 11) : (index - 0.5) / render.subframes;
  const radius = camera.focus.lensRadiusMeters * Math.sqrt(share);
  const angle = index * Math.PI * (3 - Math.sqrt(5));
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** Halton sequence: digits of the index mirrored about the point (Halton 1960). */
function radicalInverse(index: number, base: number): number {
  let value = 0;
  let weight = 1 / base;
  for (let rest = index; rest > 0; rest = Math.floor(rest / base)) {
    value += (rest % base) * weight;
    weight /= base;
  }
  return value;
}

function discPoint(u: number, v: number): readonly [number, number] {
  const radius = Math.sqrt(u);
  return [radius * Math.cos(2 * Math.PI * v), radius * Math.sin(2 * Math.PI * v)];
}
