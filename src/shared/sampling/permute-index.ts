import type { Stream } from '../core/stream.ts';
import { shuffled } from './halton.ts';
import { mixPair } from './mix-bits.ts';

/** Up to here the whole order is drawn, every order equally likely; beyond, it is enciphered. */
const MAX_SHUFFLED = 1024;
const ROUNDS = 6;

/**
 * Where place `index` of 0..n−1 goes in the permutation that the stream stands for. Large n take a Feistel
 * cipher over the next even number of bits, walked until it lands below n (Black and Rogaway 2002), so
 * that no list is made.
 */
export function permuteIndex(index: number, n: number, stream: Stream): number {
  if (n <= MAX_SHUFFLED) return shuffled(n, stream)[index] ?? 0;
  const keys = Array.from({ length: ROUNDS }, () => Math.floor(stream() * 2 ** 32));
  let half = 1;
  while (half * half < n) half *= 2;
  let place = index;
  do {
    let [left, right] = [Math.floor(place / half), place % half];
    for (const key of keys) [left, right] = [right, (left ^ mixPair(key, right)) & (half - 1)];
    place = left * half + right;
  } while (place >= n);
  return place;
}
