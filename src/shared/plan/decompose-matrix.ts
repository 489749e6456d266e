import type { Mat4, Vec3 } from '../core/geometry.ts';

/** A pose without scale, and the scale beside it (labels.md §7). */
export type RigidAndScale = Readonly<{ rigid: Mat4; scale: Vec3 }>;

/**
 * Splits an affine row-major matrix into a rigid pose and a scale along the object's axes. A mirrored
 * matrix gets a negative x scale.
 * @throws RangeError where the axes are sheared or flat: no rigid pose exists.
 */
export function decomposeMatrix(matrix: Mat4): RigidAndScale {
  const at = (row: number, column: number): number => matrix[row * 4 + column] ?? 0;
  const axis = (column: number): Vec3 => [at(0, column), at(1, column), at(2, column)];
  const [x, y, z] = [axis(0), axis(1), axis(2)];
  const handedness =
    x[0] * (y[1] * z[2] - y[2] * z[1]) -
    y[0] * (x[1] * z[2] - x[2] * z[1]) +
    z[0] * (x[1] * y[2] - x[2] * y[1]);
  const scale: Vec3 = [(handedness < 0 ? -1 : 1) * lengthOf(x), lengthOf(y), lengthOf(z)];
  if (scale.some((s) => !(Math.abs(s) > 1e-12)))
    throw new RangeError('its axes are flat: a scale is 0');
  const [rx, ry, rz] = [divide(x, scale[0]), divide(y, scale[1]), divide(z, scale[2])];
  if ([dot(rx, ry), dot(ry, rz), dot(rz, rx)].some((cosine) => Math.abs(cosine) > 1e-5)) {
    throw new RangeError('its axes are sheared, so it has no rigid pose');
  }
  return {
    rigid: [
      ...[rx[0], ry[0], rz[0], at(0, 3)],
      ...[rx[1], ry[1], rz[1], at(1, 3)],
      ...[rx[2], ry[2], rz[2], at(2, 3)],
      ...[0, 0, 0, 1],
    ],
    scale,
  };
}

const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const lengthOf = (v: Vec3): number => Math.sqrt(dot(v, v));
const divide = (v: Vec3, by: number): Vec3 => [v[0] / by, v[1] / by, v[2] / by];
