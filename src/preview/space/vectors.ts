import type { Vec3 } from '#shared/core/geometry';

/** `a + k·b`. */
export const addScaled = (a: Vec3, b: Vec3, k: number): Vec3 => [
  a[0] + b[0] * k,
  a[1] + b[1] * k,
  a[2] + b[2] * k,
];
export const subtract = (a: Vec3, b: Vec3): Vec3 => addScaled(a, b, -1);
/** The point `t` of the way from `a` to `b`. */
export const between = (a: Vec3, b: Vec3, t: number): Vec3 => addScaled(a, subtract(b, a), t);
export const lengthOf = ([x, y, z]: Vec3): number => Math.sqrt(x * x + y * y + z * z);
export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Two unit vectors that stand at right angles to an axis and to each other. */
export function across(axis: Vec3): readonly [Vec3, Vec3] {
  const n = unit(axis);
  const helper: Vec3 = Math.abs(n[1]) < 0.9 ? [0, 1, 0] : [1, 0, 0];
  const first = unit(cross(helper, n));
  return [first, cross(n, first)];
}

/** The direction of a vector, which must not be 0. */
export function unit(v: Vec3): Vec3 {
  const length = lengthOf(v);
  return [v[0] / length, v[1] / length, v[2] / length];
}
