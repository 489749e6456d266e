/**
 * How far a sample's distribution function strays from `cdf` at most (Kolmogorov and Smirnov), times
 * √n. By Massart (1990) it exceeds t with probability 2·exp(−2t²) at most: see {@link KS_LIMIT}.
 */
export function ksStatistic(sample: readonly number[], cdf: (x: number) => number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const n = sorted.length;
  const greatest = sorted.reduce((worst, x, i) => {
    const expected = cdf(x);
    return Math.max(worst, Math.abs((i + 1) / n - expected), Math.abs(expected - i / n));
  }, 0);
  return greatest * Math.sqrt(n);
}

/** A right sample exceeds this in one of 1000 cases: √(ln(2 / 0.001) / 2). */
export const KS_LIMIT = 1.9495;

/** Pearson's statistic of counts against what is expected of each. */
export function chiSquare(counts: readonly number[], expected: readonly number[]): number {
  return counts.reduce((sum, count, i) => {
    const wanted = expected[i] ?? NaN;
    return sum + (count - wanted) ** 2 / wanted;
  }, 0);
}

/** Chi-square quantiles of 0.999 by degrees of freedom (NIST/SEMATECH e-Handbook, table 1.3.6.7.4). */
export const CHI_SQUARE_LIMIT: Readonly<Record<number, number>> = {
  1: 10.828,
  2: 13.816,
  3: 16.266,
  5: 20.515,
  6: 22.458,
  9: 27.877,
  15: 37.697,
  19: 43.82,
};

/** How often each value of a list was drawn. */
export function countsOf<T>(drawn: readonly T[], values: readonly T[]): number[] {
  return values.map((value) => drawn.filter((each) => each === value).length);
}

/** Standard normal distribution function by Simpson's rule: another way than the code's. */
export function integratedNormal(x: number): number {
  const steps = 400;
  const end = Math.min(Math.abs(x), 9);
  const width = end / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp((-0.5 * i * i * end * end) / (steps * steps));
  }
  const half = (sum * width) / 3 / Math.sqrt(2 * Math.PI);
  return x < 0 ? 0.5 - half : 0.5 + half;
}
