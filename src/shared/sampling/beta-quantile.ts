import { exp, log } from '../core/portable-math.ts';

// Lanczos (1964) with g = 7 and nine terms (P. Godfrey, 2001): relative error about 1e-15.
const LANCZOS: readonly number[] = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];
const HALF_LOG_TAU = 0.9189385332046728;

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  // Γ(x) = Γ(x + 1) / x keeps the series where it is accurate.
  if (x < 0.5) return logGamma(x + 1) - log(x);
  const t = x + 6.5;
  const series = LANCZOS.reduce((sum, c, i) => sum + (i === 0 ? c : c / (x - 1 + i)), 0);
  return HALF_LOG_TAU + (x - 0.5) * log(t) - t + log(series);
}

const MAX_TERMS = 2000;
const TINY = 1e-300;

/** Distribution function of the beta distribution at x in 0..1: the regularised incomplete beta function. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast below the mean; above it, by symmetry.
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(1 - x, b, a);
  const front = exp(a * log(x) + b * log(1 - x) - logBeta(a, b)) / a;
  return front * betaFraction(x, a, b);
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** Continued fraction of DLMF 8.17.22, by the method of Lentz (1976). */
function betaFraction(x: number, a: number, b: number): number {
  const apart = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / apart(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / apart(1 + even * d);
    c = apart(1 + even / c);
    fraction *= d * c;
    d = 1 / apart(1 + odd * d);
    c = apart(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) return fraction;
  }
  return fraction;
}

/** Quantile of the beta distribution, u in (0, 1): Newton's method, halving where it would leave the bracket. */
export function betaQuantile(u: number, a: number, b: number): number {
  const normalisation = logBeta(a, b);
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let i = 0; i < 200 && high - low > 1e-17; i++) {
    const excess = betaCdf(x, a, b) - u;
    if (excess === 0) return x;
    if (excess > 0) high = x;
    else low = x;
    const density = exp((a - 1) * log(x) + (b - 1) * log(1 - x) - normalisation);
    const step = x - excess / density;
    const next = step > low && step < high ? step : (low + high) / 2;
    if (next === x || next <= 0 || next >= 1) return x;
    x = next;
  }
  return x;
}
