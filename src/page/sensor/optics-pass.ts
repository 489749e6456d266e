import { HalfFloatType, Vector2, type Texture, type WebGLRenderer } from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import { FullScreen } from '../passes/full-screen.ts';
import type { BlurPass } from './blur-pass.ts';
import {
  ABERRATION_FRAGMENT_SHADER,
  GLARE_FRAGMENT_SHADER,
  SHRINK_FRAGMENT_SHADER,
} from './optics-shader.ts';
import type { TargetShelf } from './target-shelf.ts';

/** The blur reaches so far; wider light is blurred in a smaller image. */
const WIDEST_SIGMA = 8;

/** What the lens does to light before the sensor has it: chromatic aberration, blur, glare. Linear, GL rows. */
export class OpticsPass {
  readonly #renderer: WebGLRenderer;
  readonly #shelf: TargetShelf;
  readonly #blur: BlurPass;
  readonly #aberration = new FullScreen(ABERRATION_FRAGMENT_SHADER, {
    radiance: { value: null as Texture | null },
    centre: { value: new Vector2() },
    scales: { value: new Vector2() },
  });
  readonly #shrink = new FullScreen(SHRINK_FRAGMENT_SHADER, {
    radiance: { value: null as Texture | null },
  });
  readonly #glare = new FullScreen(GLARE_FRAGMENT_SHADER, {
    radiance: { value: null as Texture | null },
    scattered: { value: null as Texture | null },
    shrunk: { value: 1 },
    share: { value: 0 },
  });

  constructor(renderer: WebGLRenderer, shelf: TargetShelf, blur: BlurPass) {
    this.#renderer = renderer;
    this.#shelf = shelf;
    this.#blur = blur;
  }

  render(plan: FramePlan, radiance: Texture): Texture {
    const { size, sensor } = plan;
    const split = sensor.chromaticAberration ? this.#aberrated(plan, radiance) : radiance;
    const sigma = sensor.blurSigmaPixels;
    const blur = { name: 'lens', size, sigma, type: HalfFloatType };
    const blurred = sigma === 0 ? split : this.#blur.render(split, blur);
    return sensor.glare ? this.#glared(plan, blurred) : blurred;
  }

  #aberrated({ size, camera, sensor }: FramePlan, radiance: Texture): Texture {
    const { cx, cy } = camera.intrinsics;
    const { redScale = 1, blueScale = 1 } = sensor.chromaticAberration ?? {};
    const { uniforms } = this.#aberration;
    uniforms.radiance.value = radiance;
    uniforms.centre.value.set(cx, size.height - cy);
    uniforms.scales.value.set(redScale, blueScale);
    const target = this.#shelf.take('aberration', { ...size, type: HalfFloatType });
    this.#aberration.draw(this.#renderer, target);
    return target.texture;
  }

  #glared({ size, sensor }: FramePlan, radiance: Texture): Texture {
    const { share = 0, sigmaPixels = 1 } = sensor.glare ?? {};
    let { width, height } = size;
    let shrunk = 1;
    let source = radiance;
    while (sigmaPixels / shrunk > WIDEST_SIGMA && Math.max(width, height) > 1) {
      [width, height, shrunk] = [Math.ceil(width / 2), Math.ceil(height / 2), shrunk * 2];
      const half = this.#shelf.take(`glare-${shrunk}`, { width, height, type: HalfFloatType });
      this.#shrink.uniforms.radiance.value = source;
      this.#shrink.draw(this.#renderer, half);
      source = half.texture;
    }
    const sigma = Math.min(WIDEST_SIGMA, sigmaPixels / shrunk);
    const blur = { name: 'glare', size: { width, height }, sigma, type: HalfFloatType };
    const { uniforms } = this.#glare;
    uniforms.scattered.value = this.#blur.render(source, blur);
    uniforms.radiance.value = radiance;
    uniforms.shrunk.value = shrunk;
    uniforms.share.value = share;
    const target = this.#shelf.take('glared', { ...size, type: HalfFloatType });
    this.#glare.draw(this.#renderer, target);
    return target.texture;
  }
}
