import { exp, log } from '../core/portable-math.ts';
import { logGamma } from '../sampling/beta-quantile.ts';

const MAX_TERMS = 10_000;
const PRECISION = 1e-15;
const TINY = 1e-300;

/**
 * Upper regularised incomplete gamma function Q(a, x), a > 0, x ≥ 0: by the series of DLMF 8.7.1 below a + 1,
 * by the continued fraction of DLMF 8.9.2 above, where each converges fast.
 */
export function gammaQ(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = exp(a * log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - front * seriesP(a, x) : front * fractionQ(a, x);
}

/** Σ xⁿ / (a (a + 1) … (a + n)). */
function seriesP(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MAX_TERMS && term > sum * PRECISION; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** By the method of Lentz (1976). */
function fractionQ(a: number, x: number): number {
  const apart = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / apart(b);
  let fraction = d;
  for (let n = 1; n < MAX_TERMS; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / apart(an * d + b);
    c = apart(b + an / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < PRECISION) break;
  }
  return fraction;
}

/** Probability that a chi-square variable of so many degrees of freedom exceeds x. */
export function chiSquareTail(x: number, degreesOfFreedom: number): number {
  return gammaQ(degreesOfFreedom / 2, x / 2);
}
