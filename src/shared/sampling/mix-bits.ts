/** A bijection of 32-bit whole numbers that spreads every bit over all (C. Wellons, “lowbias32”, 2018). */
export function mixBits(bits: number): number {
  let x = bits >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A number in (0, 1) of a key. */
export const hashShare = (key: number, which: number): number =>
  (mixPair(key, which) + 0.5) / 2 ** 32;

/** One 32-bit hash of two. */
export const mixPair = (a: number, b: number): number => mixBits((mixBits(a) + b) | 0);
