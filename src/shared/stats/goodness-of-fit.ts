import { log } from '../core/portable-math.ts';
import { chiSquareTail } from './incomplete-gamma.ts';

/**
 * How far a sample strays from the uniform distribution over 0..1 at most (Kolmogorov and Smirnov), times
 * √n. Values of any continuous distribution become such a sample by its distribution function.
 */
export function ksStatistic(uniform: readonly number[]): number {
  const sorted = [...uniform].sort((a, b) => a - b);
  const n = sorted.length;
  const greatest = sorted.reduce((worst, u, i) => Math.max(worst, (i + 1) / n - u, u - i / n), 0);
  return greatest * Math.sqrt(n);
}

/**
 * What {@link ksStatistic} exceeds with a probability of `alpha` at most, for any n: √(ln(2/α)/2), by
 * Massart (1990).
 */
export function ksLimit(alpha: number): number {
  return Math.sqrt(log(2 / alpha) / 2);
}

/** An outcome with how often it was drawn, and how often it was to be drawn. */
export type Tally = Readonly<{ count: number; expected: number }>;

/** Pearson's statistic; `tail` is the probability of such a one or a greater. */
export type ChiSquare = Readonly<{ statistic: number; degreesOfFreedom: number; tail: number }>;

/** Below this many expected, Pearson's statistic is far from its distribution (Cochran 1954). */
const LEAST_EXPECTED = 5;

/**
 * Pearson's test of counts. Neighbours are put together until each cell expects {@link LEAST_EXPECTED};
 * null where less than two cells are left.
 */
export function chiSquareTest(tallies: readonly Tally[]): ChiSquare | null {
  const cells = mergeRare(tallies);
  if (cells.length < 2) return null;
  const statistic = cells.reduce(
    (sum, { count, expected }) => sum + (count - expected) ** 2 / expected,
    0,
  );
  const degreesOfFreedom = cells.length - 1;
  return { statistic, degreesOfFreedom, tail: chiSquareTail(statistic, degreesOfFreedom) };
}

function mergeRare(tallies: readonly Tally[]): readonly Tally[] {
  const cells: Tally[] = [];
  let open: Tally = { count: 0, expected: 0 };
  for (const { count, expected } of tallies) {
    open = { count: open.count + count, expected: open.expected + expected };
    if (open.expected < LEAST_EXPECTED) continue;
    cells.push(open);
    open = { count: 0, expected: 0 };
  }
  const last = cells.at(-1);
  if (last === undefined || (open.expected === 0 && open.count === 0)) return cells;
  const merged = { count: last.count + open.count, expected: last.expected + open.expected };
  return [...cells.slice(0, -1), merged];
}
