import type { Scene, Texture } from 'three';
import type { LinearRgb } from '#shared/core/geometry';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { PlanGlow } from '#shared/plan/weather-plan';
import { meanRadiance } from './mean-radiance.ts';
import { Precipitation } from './precipitation.ts';
import { Veil } from './veil.ts';

/** What is in the air of a frame, in its scene for colour. None of it is among the things that have labels. */
export class Weather {
  readonly #veil = new Veil();
  readonly #falls = { rain: new Precipitation(), snow: new Precipitation() };

  /** Adds the weather of a plan to its scene. `map`: the equirectangular map that lights it. */
  apply(scene: Scene, plan: FramePlan, map: Texture): void {
    const { medium, precipitation = [] } = plan.weather ?? {};
    if (medium) this.#veil.apply(scene, medium, radianceOf(medium, map));
    for (const falls of precipitation)
      this.#falls[falls.kind].apply(scene, plan, { falls, radiance: radianceOf(falls.glow, map) });
  }
}

function radianceOf({ airlight, environmentShare }: PlanGlow, map: Texture): LinearRgb {
  if (environmentShare.every((share) => share === 0)) return airlight;
  const mean = meanRadiance(map);
  const channel = (c: 0 | 1 | 2): number => airlight[c] + environmentShare[c] * mean[c];
  return [channel(0), channel(1), channel(2)];
}
