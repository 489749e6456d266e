import { normalQuantile } from '../sampling/normal-quantile.ts';
import type { GroundSample } from '../sampling/weather-sample.ts';
import type { PlanGround } from './weather-plan.ts';

/** Of the noise of ground-shader.ts, measured over a million cells; the deviation is fitted to shares of 0.05 to 0.5. */
const [MEAN, DEVIATION] = [0.5, 0.138];

/** What weather leaves on surfaces; a share of puddles becomes the height of the noise that they fill. */
export function planGround({ wetness, puddles, snowCover, seed }: GroundSample): PlanGround {
  return {
    wetness,
    puddles: puddles ? { threshold: thresholdOf(puddles.share), meters: puddles.meters } : null,
    snowCover,
    seed,
  };
}

function thresholdOf(share: number): number {
  // Neither end of a normal distribution is reached; the noise has both.
  if (share >= 1) return -1;
  return MEAN + DEVIATION * normalQuantile(1 - share);
}
