import type { Stream } from '../core/stream.ts';

const PRIMES: readonly number[] = [
  2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
  101, 103, 107, 109, 113, 127, 131,
];

/** Digits finer than this cannot be told apart. */
const FINEST = 1 / 2 ** 40;

/**
 * Point `index` (0-based) of one dimension (1, 2, …) of the Halton sequence with its digits permuted at
 * random, in [0, 1): a permutation of its own for each place (Owen 2017, “A randomized Halton algorithm
 * in R”). Leading zeros are digits too, down to a resolution of 2⁻⁴⁰.
 *
 * @param digits The stream that shuffles the digits of a place.
 */
export function haltonPoint(
  index: number,
  dimension: number,
  digits: (place: number) => Stream,
): number {
  const base = PRIMES[dimension - 1];
  if (base === undefined) throw new RangeError(`no prime for dimension ${dimension}`);
  let point = 0;
  let size = 1;
  let rest = index;
  for (let place = 0; size > FINEST; place++) {
    size /= base;
    point += (shuffled(base, digits(place))[rest % base] ?? 0) * size;
    rest = Math.floor(rest / base);
  }
  return point;
}

/** The numbers 0..n−1 in an order that is equally likely to be any (Fisher and Yates). */
export function shuffled(n: number, stream: Stream): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(stream() * (i + 1));
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return order;
}
