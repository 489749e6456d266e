import { mixPair } from './mix-bits.ts';
import { SOBOL_DIRECTIONS } from './sobol-directions.ts';

const BITS = 32;

/**
 * Point `index` of one dimension (1, 2, …) of the Sobol sequence as 32 binary digits, not scrambled: in the
 * order of the index's own digits, not of Gray's code, so that every point stands alone.
 */
export function sobolBits(index: number, dimension: number): number {
  let bits = 0;
  for (let k = 0, rest = index; rest > 0; k++, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) bits ^= directionNumber(k, dimension);
  }
  return bits >>> 0;
}

/** The k-th direction number, from k = 0, by the recurrence of Bratley and Fox (1988, algorithm 659). */
function directionNumber(k: number, dimension: number): number {
  if (dimension === 1) return (1 << (BITS - 1 - k)) >>> 0;
  const row = SOBOL_DIRECTIONS[dimension - 2];
  if (row === undefined) throw new RangeError(`no direction numbers for dimension ${dimension}`);
  const [polynomial = 1, ...initial] = row;
  const degree = initial.length;
  const m = [...initial];
  for (let i = degree; i <= k; i++) {
    let next = 0;
    // 2^degree · m[i − degree] ⊕ m[i − degree] ⊕ the terms of the polynomial between.
    for (let j = 1; j <= degree; j++) {
      const coefficient = (polynomial >>> (degree - j)) & 1;
      if (coefficient === 1) next ^= (m[i - j] ?? 0) << j;
    }
    m.push((next ^ (m[i - degree] ?? 0)) >>> 0);
  }
  return ((m[k] ?? 0) << (BITS - 1 - k)) >>> 0;
}

/**
 * Nested uniform scrambling (Owen 1995): each digit is flipped or not by a hash of the digits before it, so
 * that all the even coverage of a net stays while the point becomes uniform.
 */
export function owenScramble(bits: number, key: number): number {
  let scrambled = 0;
  for (let k = 0; k < BITS; k++) {
    const shift = BITS - 1 - k;
    const before = k === 0 ? 0 : bits >>> (shift + 1);
    const flip = mixPair(key, mixPair(k, before)) & 1;
    scrambled = (scrambled << 1) | (((bits >>> shift) & 1) ^ flip);
  }
  return scrambled >>> 0;
}

/** Point `index` (0-based) of one dimension of the scrambled sequence, in [0, 1). */
export function sobolPoint(index: number, dimension: number, key: number): number {
  return owenScramble(sobolBits(index, dimension), key) / 2 ** 32;
}
