import {
  FloatType,
  Vector3,
  type Texture,
  type WebGLRenderer,
  type WebGLRenderTarget,
} from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import { FullScreen } from '../passes/full-screen.ts';
import {
  FACTOR_FRAGMENT_SHADER,
  LUMINANCE_FRAGMENT_SHADER,
  SUM_FRAGMENT_SHADER,
} from './meter-shader.ts';
import type { TargetShelf } from './target-shelf.ts';

/** Side of the tiles that a step sums up. */
const TILE = 8;

/** The exposure meter: a texture of one pixel with the factor that the frame's own light asks for. */
export class MeterPass {
  readonly #renderer: WebGLRenderer;
  readonly #shelf: TargetShelf;
  readonly #luminance = new FullScreen(LUMINANCE_FRAGMENT_SHADER, {
    radiance: { value: null as Texture | null },
    sigma: { value: 0 },
  });
  readonly #sum = new FullScreen(SUM_FRAGMENT_SHADER, { sums: { value: null as Texture | null } });
  readonly #factor = new FullScreen(FACTOR_FRAGMENT_SHADER, {
    sums: { value: null as Texture | null },
    wanted: { value: new Vector3() },
  });

  constructor(renderer: WebGLRenderer, shelf: TargetShelf) {
    this.#renderer = renderer;
    this.#shelf = shelf;
  }

  render({ size, sensor }: FramePlan, radiance: Texture): WebGLRenderTarget | null {
    const { meter } = sensor;
    if (meter === undefined) return null;
    const { uniforms } = this.#luminance;
    uniforms.radiance.value = radiance;
    uniforms.sigma.value = meter.metering === 'centre' ? size.height / 4 : 0;
    let extent = tilesOf(size);
    let step = 0;
    let sums = this.#shelf.take(`meter-${step}`, { ...extent, type: FloatType });
    this.#luminance.draw(this.#renderer, sums);
    while (extent.width > 1 || extent.height > 1) {
      extent = tilesOf(extent);
      step += 1;
      const next = this.#shelf.take(`meter-${step}`, { ...extent, type: FloatType });
      this.#sum.uniforms.sums.value = sums.texture;
      this.#sum.draw(this.#renderer, next);
      sums = next;
    }
    this.#factor.uniforms.sums.value = sums.texture;
    this.#factor.uniforms.wanted.value.set(meter.grey, meter.least, meter.most);
    const factor = this.#shelf.take('meter-factor', { width: 1, height: 1, type: FloatType });
    this.#factor.draw(this.#renderer, factor);
    return factor;
  }
}

function tilesOf({ width, height }: FramePlan['size']): FramePlan['size'] {
  return { width: Math.ceil(width / TILE), height: Math.ceil(height / TILE) };
}
