import {
  DepthTexture,
  FloatType,
  HalfFloatType,
  LinearFilter,
  NearestFilter,
  WebGLRenderTarget,
  type Texture,
  type WebGLRenderer,
} from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { PinholeCamera } from '../scene/pinhole-camera.ts';
import type { BuiltScene } from '../scene/scene-builder.ts';
import { FullScreen } from './full-screen.ts';
import { castDepthAlone } from './shadow-material.ts';

const ADD_SHADER = /* glsl */ `
precision highp float;
out vec4 outSum;
uniform sampler2D before;
uniform sampler2D frame;
uniform float weight;
void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  outSum = texelFetch(before, pixel, 0) + weight * texelFetch(frame, pixel, 0);
}
`;

type Targets = Readonly<{
  key: string;
  frame: WebGLRenderTarget;
  sums: readonly [WebGLRenderTarget, WebGLRenderTarget] | null;
}>;

/**
 * Linear radiance of the frame, multisampled, in GL rows. With sub-frames, the mean of jittered renders:
 * the camera moves within the pixel (anti-aliasing) and over its lens (depth of field), each light over its
 * disc (soft shadows).
 */
export class ColorPass {
  readonly #renderer: WebGLRenderer;
  readonly #add = new FullScreen(ADD_SHADER, {
    before: { value: null as Texture | null },
    frame: { value: null as Texture | null },
    weight: { value: 1 },
  });
  #targets: Targets | null = null;

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
  }

  /** Renders into the pass's own targets; the texture is valid until the next call. */
  render(plan: FramePlan, built: BuiltScene, camera: PinholeCamera): Texture {
    const { frame, sums } = this.#targetsOf(plan);
    castDepthAlone(built.scene);
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
      camera.setPlan(
        plan,
        [radicalInverse(index, 2) - 0.5, radicalInverse(index, 3) - 0.5],
        lensPoint(plan, index),
      );
      built.lights.apply(
        plan,
        built.scene,
        discPoint(radicalInverse(index, 5), radicalInverse(index, 7)),
      );
      this.#draw(built, camera, frame);
      const { before, frame: added, weight } = this.#add.uniforms;
      before.value = from.texture;
      added.value = frame.texture;
      weight.value = 1 / subframes;
      this.#add.draw(this.#renderer, to);
      [from, to] = [to, from];
    }
    camera.setPlan(plan);
    return from.texture;
  }

  #draw({ scene }: BuiltScene, camera: PinholeCamera, target: WebGLRenderTarget): void {
    const renderer = this.#renderer;
    renderer.autoClear = true;
    renderer.setClearColor(0, 0);
    renderer.setRenderTarget(target);
    renderer.shadowMap.needsUpdate = true;
    renderer.render(scene, camera);
  }

  #targetsOf({ size: { width, height }, render }: FramePlan): Targets {
    const summed = render.subframes > 1;
    const samples = summed ? 0 : render.samples;
    const key = JSON.stringify([width, height, samples, summed]);
    if (this.#targets?.key === key) return this.#targets;
    this.#targets?.frame.dispose();
    for (const sum of this.#targets?.sums ?? []) sum.dispose();
    const sum = (): WebGLRenderTarget =>
      new WebGLRenderTarget(width, height, {
        type: FloatType,
        depthBuffer: false,
        minFilter: NearestFilter,
        magFilter: NearestFilter,
      });
    const frame = new WebGLRenderTarget(width, height, {
      type: HalfFloatType,
      samples,
      minFilter: LinearFilter,
      magFilter: LinearFilter,
      depthTexture: new DepthTexture(width, height, FloatType),
      resolveDepthBuffer: false,
    });
    this.#targets = { key, frame, sums: summed ? [sum(), sum()] : null };
    return this.#targets;
  }
}

/** Sunflower over the lens, each point of it standing for the same area (Vogel 1979); metres [right, down]. */
function lensPoint({ camera, render }: FramePlan, index: number): readonly [number, number] {
  if (camera.focus === undefined) return [0, 0];
  const radius = camera.focus.lensRadiusMeters * Math.sqrt((index - 0.5) / render.subframes);
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
