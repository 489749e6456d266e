import { exp } from '../core/portable-math.ts';
import { normalQuantile } from './normal-quantile.ts';

/** From here on the normal distribution stands in: its greatest error is below 0.7 / √mean (Berry and Esseen). */
const LARGE = 400;

/** The number of rare events at a share 0..1 of their distribution, whose mean is given. */
export function poissonQuantile(share: number, mean: number): number {
  if (mean > LARGE) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normalQuantile(share)));
  let count = 0;
  let term = exp(-mean);
  // Rounding may keep the sum below a share next to 1: no count of this mean is beyond the limit.
  const limit = mean + 20 * Math.sqrt(mean) + 40;
  for (let sum = term; sum < share && count < limit; sum += term) {
    count += 1;
    term *= mean / count;
  }
  return count;
}
