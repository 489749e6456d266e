import type { NumberDraw } from '../config/number-draws.ts';
import { betaCdf } from '../sampling/beta-quantile.ts';
import { exp, log } from '../core/portable-math.ts';
import { normalCdf } from '../sampling/normal-quantile.ts';

/** A continuous distribution over numbers in closed form. */
export type ContinuousForm = Readonly<{
  min: number;
  max: number;
  mean: number;
  /** Distribution function. */
  cdf(x: number): number;
}>;

/** Distributions of the grammar that have a density. */
export type ContinuousDraw =
  | Exclude<NumberDraw, { kind: 'choice' | 'empirical' }>
  | (Extract<NumberDraw, { kind: 'empirical' }> & Readonly<{ interpolation: 'linear' }>);

const CONTINUOUS_KINDS: readonly string[] = [
  'uniform',
  'log-uniform',
  'normal',
  'triangular',
  'beta',
  'histogram',
  'empirical',
] satisfies readonly ContinuousDraw['kind'][];

/** Whether something that a config states has a density. */
export const isContinuous = (draw: Readonly<{ kind: string }>): draw is ContinuousDraw =>
  CONTINUOUS_KINDS.includes(draw.kind);

const clip = (p: number): number => Math.min(1, Math.max(0, p));
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/**
 * The closed form of a distribution, from its definition and not from how it is drawn; null where its range
 * is one point.
 */
export function continuousForm(draw: ContinuousDraw): ContinuousForm | null {
  switch (draw.kind) {
    case 'uniform':
      return spanning(draw, {
        mean: (draw.min + draw.max) / 2,
        cdf: (x) => (x - draw.min) / (draw.max - draw.min),
      });
    case 'log-uniform': {
      const width = log(draw.max / draw.min);
      return spanning(draw, {
        mean: (draw.max - draw.min) / width,
        cdf: (x) => log(x / draw.min) / width,
      });
    }
    case 'normal':
      return normalForm(draw);
    case 'triangular':
      return triangularForm(draw);
    case 'beta': {
      const { alpha, beta, min, max } = draw;
      return spanning(draw, {
        mean: min + ((max - min) * alpha) / (alpha + beta),
        cdf: (x) => betaCdf((x - min) / (max - min), alpha, beta),
      });
    }
    case 'histogram':
      return histogramForm(draw);
    case 'empirical':
      return polygonForm([...draw.values].sort((a, b) => a - b));
  }
}

/** 0 below the range, 1 above; null where the range has no width. */
function spanning(
  { min, max }: Readonly<{ min: number; max: number }>,
  { mean, cdf }: Pick<ContinuousForm, 'mean' | 'cdf'>,
): ContinuousForm | null {
  if (min >= max) return null;
  return { min, max, mean, cdf: (x) => (x <= min ? 0 : x >= max ? 1 : clip(cdf(x))) };
}

const INVERSE_SQRT_TAU = 0.3989422804014327;

function normalForm({
  mean,
  std,
  min = -Infinity,
  max = Infinity,
}: Extract<ContinuousDraw, { kind: 'normal' }>): ContinuousForm | null {
  if (std === 0) return null;
  // The lower tail alone has digits far out: what is cut above the mean is mirrored.
  if (min > mean) {
    const mirrored = normalForm({ kind: 'normal', mean: -mean, std, min: -max, max: -min });
    if (mirrored === null) return null;
    return { min, max, mean: -mirrored.mean, cdf: (x) => 1 - mirrored.cdf(-x) };
  }
  const [low, high] = [(min - mean) / std, (max - mean) / std];
  const below = normalCdf(low);
  const share = normalCdf(high) - below;
  const density = (z: number): number =>
    Number.isFinite(z) ? INVERSE_SQRT_TAU * exp(-0.5 * z * z) : 0;
  return spanning(
    { min, max },
    {
      mean: mean + (std * (density(low) - density(high))) / share,
      cdf: (x) => (normalCdf((x - mean) / std) - below) / share,
    },
  );
}

function triangularForm({
  min,
  mode,
  max,
}: Extract<ContinuousDraw, { kind: 'triangular' }>): ContinuousForm | null {
  const width = max - min;
  return spanning(
    { min, max },
    {
      mean: (min + mode + max) / 3,
      cdf: (x) =>
        x < mode
          ? (x - min) ** 2 / (width * (mode - min))
          : 1 - (max - x) ** 2 / (width * (max - mode)),
    },
  );
}

function histogramForm({
  edges,
  weights,
}: Extract<ContinuousDraw, { kind: 'histogram' }>): ContinuousForm | null {
  const total = sum(weights);
  const bins = weights.map((weight, i) => ({
    share: weight / total,
    low: edges[i] ?? NaN,
    high: edges[i + 1] ?? NaN,
  }));
  const filled = bins.filter(({ share }) => share > 0);
  return spanning(
    { min: filled[0]?.low ?? NaN, max: filled.at(-1)?.high ?? NaN },
    {
      mean: sum(bins.map(({ share, low, high }) => (share * (low + high)) / 2)),
      cdf: (x) => sum(bins.map(({ share, low, high }) => share * clip((x - low) / (high - low)))),
    },
  );
}

/** What lies between neighbours of a sorted list that differ, each gap equally likely (quantiles of type 7). */
function polygonForm(sorted: readonly number[]): ContinuousForm | null {
  const all = sorted.slice(1).map((high, i) => ({ low: sorted[i] ?? NaN, high }));
  const gaps = all.filter(({ low, high }) => low < high);
  return spanning(
    { min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN },
    {
      mean: sum(gaps.map(({ low, high }) => (low + high) / 2)) / gaps.length,
      cdf: (x) => sum(gaps.map(({ low, high }) => clip((x - low) / (high - low)))) / gaps.length,
    },
  );
}
