import type { NumberDraw } from '../config/number-draws.ts';
import { SamplingError } from '../core/errors.ts';
import { exp, log } from '../core/portable-math.ts';
import { betaQuantile } from './beta-quantile.ts';
import { normalQuantile, truncatedNormalQuantile } from './normal-quantile.ts';

/** u = 0 has probability 2⁻³² (Alea's resolution); half a step keeps its quantile finite. */
const HALF_STEP = 1.1641532182693481e-10;

type Kind<K extends NumberDraw['kind']> = Extract<NumberDraw, { kind: K }>;

/** The value of a distribution at the quantile u in [0, 1); rounding never leaves its range. */
export function drawNumber(distribution: NumberDraw, u: number, path: string): number {
  switch (distribution.kind) {
    case 'uniform':
      return distribution.min + u * (distribution.max - distribution.min);
    case 'log-uniform': {
      const { min, max } = distribution;
      const low = log(min);
      return clip(exp(low + u * (log(max) - low)), distribution);
    }
    case 'normal':
      return drawNormal(distribution, u);
    case 'triangular':
      return drawTriangular(distribution, u);
    case 'beta': {
      const { alpha, beta, min, max } = distribution;
      return clip(
        min + betaQuantile(Math.max(u, HALF_STEP), alpha, beta) * (max - min),
        distribution,
      );
    }
    case 'histogram':
      return drawHistogram(distribution, u);
    case 'empirical':
      return drawEmpirical(distribution, u, path);
    case 'choice':
      return chooseAt(distribution, u, path);
  }
}

/** Takes off what rounding adds at the ends. */
const clip = (x: number, { min, max }: Readonly<{ min: number; max: number }>): number =>
  Math.min(max, Math.max(min, x));

function drawNormal({ mean, std, min = -Infinity, max = Infinity }: Kind<'normal'>, u: number) {
  const p = Math.max(u, HALF_STEP);
  if (std === 0) return mean;
  if (min === -Infinity && max === Infinity) return mean + std * normalQuantile(p);
  const quantile = truncatedNormalQuantile(p, (min - mean) / std, (max - mean) / std);
  return clip(mean + std * quantile, { min, max });
}

/** The distribution function is a parabola on either side of the mode. */
function drawTriangular({ min, mode, max }: Kind<'triangular'>, u: number): number {
  if (min === max) return min;
  const below = (mode - min) / (max - min);
  const value =
    u < below
      ? min + Math.sqrt(u * (max - min) * (mode - min))
      : max - Math.sqrt((1 - u) * (max - min) * (max - mode));
  return clip(value, { min, max });
}

function drawHistogram({ edges, weights }: Kind<'histogram'>, u: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let rest = u * total;
  let end = edges[0] ?? 0;
  for (const [bin, weight] of weights.entries()) {
    if (weight === 0) continue;
    const [low = 0, high = 0] = edges.slice(bin, bin + 2);
    if (rest < weight) return clip(low + (rest / weight) * (high - low), { min: low, max: high });
    rest -= weight;
    end = high;
  }
  // Rounding left a crumb behind the last bin.
  return end;
}

/** Sorted lists by the distribution that holds them: sorting is dear, and lists do not change. */
const SORTED = new WeakMap<object, readonly number[]>();

function drawEmpirical(distribution: Kind<'empirical'>, u: number, path: string): number {
  const { values, interpolation } = distribution;
  if (distribution.weights !== undefined) return chooseAt(distribution, u, path);
  if (interpolation === 'none') return values[Math.floor(u * values.length)] ?? 0;
  const sorted = SORTED.get(distribution) ?? [...values].sort((a, b) => a - b);
  SORTED.set(distribution, sorted);
  const at = u * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] ?? 0;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}

type Choice<T> = Readonly<{ values: readonly T[]; weights?: readonly number[] | undefined }>;

/** The value of a choice at the quantile u in [0, 1). @throws SamplingError where every weight is 0. */
export function chooseAt<T>({ values, weights }: Choice<T>, u: number, path: string): T {
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? values.length;
  let rest = u * total;
  let last: T | undefined;
  for (const [index, value] of values.entries()) {
    const weight = weights?.[index] ?? 1;
    if (weight <= 0) continue;
    last = value;
    rest -= weight;
    if (rest < 0) return value;
  }
  if (last === undefined)
    throw new SamplingError(`${path}: nothing to choose from: every weight is 0`);
  return last;
}
