import { exp, log } from '../core/portable-math.ts';

type Coefficients = readonly number[];

// Wichura (1988), Algorithm AS 241, PPND16: relative error about 1e-16. Highest power first.
const A: Coefficients = [
  2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
  13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
];
const B: Coefficients = [
  5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
  5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1,
];
const C: Coefficients = [
  7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
  1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959,
  1.42343711074968357734,
];
const D: Coefficients = [
  1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966,
  0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1,
];
const E: Coefficients = [
  2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
  0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699,
  6.6579046435011037772,
];
const F: Coefficients = [
  2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
  7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769,
  1,
];

function horner(coefficients: Coefficients, x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

/** Standard normal quantile of p in (0, 1). */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * horner(A, r)) / horner(B, r);
  }
  const tail = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const magnitude =
    tail <= 5
      ? horner(C, tail - 1.6) / horner(D, tail - 1.6)
      : horner(E, tail - 5) / horner(F, tail - 5);
  return q < 0 ? -magnitude : magnitude;
}

const INVERSE_SQRT_TAU = 0.3989422804014327;

/** Standard normal distribution function. Series of Marsaglia (2004) inside ±3, continued fraction outside. */
export function normalCdf(x: number): number {
  if (x === Infinity) return 1;
  if (x === -Infinity) return 0;
  const density = INVERSE_SQRT_TAU * exp(-0.5 * x * x);
  if (Math.abs(x) < 3) {
    let term = x;
    let sum = x;
    for (let n = 3; n < 81; n += 2) {
      term *= (x * x) / n;
      sum += term;
    }
    return 0.5 + sum * density;
  }
  const tail = density / densityPerTail(Math.abs(x));
  return x < 0 ? tail : 1 - tail;
}

/** Density over upper tail probability (inverse Mills ratio) at x ≥ 3, by Laplace's continued fraction. */
function densityPerTail(x: number): number {
  let fraction = x;
  for (let n = 60; n >= 1; n--) fraction = x + n / fraction;
  return fraction;
}

/** Where the density nears the least double, so that tails are compared by their logarithms instead. */
const FAR = 37;

/**
 * Quantile of the standard normal truncated to [low, high], u in (0, 1), by mapping u: no rejection,
 * no clamping but of rounding errors. Mirrors the upper tail, where the distribution function has no
 * digits left.
 */
export function truncatedNormalQuantile(u: number, low: number, high: number): number {
  if (low > 0) return -truncatedNormalQuantile(1 - u, -high, -low);
  if (high < -FAR) return Math.min(high, Math.max(low, -farTailQuantile(1 - u, -high, -low)));
  const below = normalCdf(low);
  const x = normalQuantile(below + u * (normalCdf(high) - below));
  return Math.min(high, Math.max(low, x));
}

/**
 * The same far out, for FAR < near < far: solves Q(x) = (1 − u) · Q(near) + u · Q(far), where Q is the
 * upper tail probability, by Newton's method on ln Q from the exponential that the tail is close to.
 */
function farTailQuantile(u: number, near: number, far: number): number {
  /** ln (Q(x) / Q(near)). */
  const decay = (x: number): number =>
    ((near - x) * (near + x)) / 2 - log(densityPerTail(x) / densityPerTail(near));
  const beyond = far === Infinity ? 0 : exp(decay(far));
  const wanted = log(1 - u + u * beyond);
  let x = near - wanted / near;
  for (let i = 0; i < 4; i++) x += (decay(x) - wanted) / densityPerTail(x);
  return x;
}
