import type { Quat, Vec3 } from '../core/geometry.ts';
import type { DrawnValue } from '../sampling/scene-sample.ts';

/** Numbers in short. Plain JSON. */
export type NumberSummary = Readonly<{
  n: number;
  min: number;
  max: number;
  mean: number;
  /** Of a sample: divided by n − 1; 0 for one number. */
  std: number;
  /** Quantiles of type 7. */
  quantiles: Readonly<{ p05: number; p25: number; p50: number; p75: number; p95: number }>;
  /** Counts in bins of equal width over `from`..`to`; what lies at `to` is in the last. */
  histogram: Readonly<{ from: number; to: number; counts: readonly number[] }>;
}>;

/** How often each outcome came up, beside how often it was to, which is null where that is not known. */
export type OutcomeCount = Readonly<{ value: DrawnValue; count: number; expected: number | null }>;

const HISTOGRAM_BINS = 24;

/** The quantile of a sorted list, of type 7: between neighbours by straight lines. */
export function quantileOf(sorted: readonly number[], p: number): number {
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] ?? NaN;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}

/**
 * Sums up numbers, of which there must be one at least.
 *
 * @param range Over which to count; that of the numbers where it is left out or not finite.
 */
export function summariseNumbers(
  values: readonly number[],
  range?: Readonly<{ min: number; max: number }> | null,
): NumberSummary {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const [min, max] = [sorted[0] ?? NaN, sorted[n - 1] ?? NaN];
  const mean = sorted.reduce((sum, x) => sum + x, 0) / n;
  const squares = sorted.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const quantile = (p: number): number => quantileOf(sorted, p);
  const end = (stated: number | undefined, found: number): number =>
    stated !== undefined && Number.isFinite(stated) ? stated : found;
  return {
    n,
    min,
    max,
    mean,
    std: n > 1 ? Math.sqrt(squares / (n - 1)) : 0,
    quantiles: {
      p05: quantile(0.05),
      p25: quantile(0.25),
      p50: quantile(0.5),
      p75: quantile(0.75),
      p95: quantile(0.95),
    },
    histogram: countBins(sorted, { from: end(range?.min, min), to: end(range?.max, max) }),
  };
}

function countBins(
  values: readonly number[],
  { from, to }: Readonly<{ from: number; to: number }>,
): NumberSummary['histogram'] {
  const counts = Array.from({ length: HISTOGRAM_BINS }, () => 0);
  for (const x of values) {
    if (x < from || x > to) continue;
    const share = to > from ? (x - from) / (to - from) : 0;
    const bin = Math.min(HISTOGRAM_BINS - 1, Math.floor(share * HISTOGRAM_BINS));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { from, to, counts };
}

export const isVector = (value: DrawnValue): value is Vec3 | Quat => typeof value === 'object';
