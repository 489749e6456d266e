import type { Mat4 } from '../core/geometry.ts';

/** How far a number of a pose may be from what it is reckoned to be: metres, or a share of a unit axis. */
const POSE_TOLERANCE = 1e-9;

/** Whether numbers agree up to what products of poses do to them. */
export function areNear(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((v, i) => Math.abs(v - (b[i] ?? NaN)) <= POSE_TOLERANCE);
}

/** The entry of a matrix that is furthest from what it should be. */
export function difference(expected: Mat4, found: Mat4): string {
  let worst = 0;
  const distance = (i: number): number => Math.abs((expected[i] ?? NaN) - (found[i] ?? NaN));
  for (let i = 1; i < expected.length; i++) if (distance(i) > distance(worst)) worst = i;
  const place = `row ${Math.floor(worst / 4)}, column ${worst % 4}`;
  return `${place}: expected ${expected[worst]} as in the sample, found ${found[worst]}`;
}
