import type { Vec3 } from './geometry.ts';
import { atan2, TAU } from './portable-math.ts';

const length = (x: number, y: number, z: number): number => Math.sqrt(x * x + y * y + z * z);

/**
 * How often triangles go round a point: 1 inside of a closed mesh that faces outwards, 0 outside, between
 * them for one with holes (A. Jacobson et al., Robust Inside-Outside Segmentation, SIGGRAPH 2013), by the
 * solid angles of the triangles (A. van Oosterom and J. Strackee, IEEE Trans. Biomed. Eng. 30, 1983).
 *
 * @param corners Nine numbers a triangle, anticlockwise seen from outside.
 */
export function windingNumber(corners: Float64Array, [px, py, pz]: Vec3): number {
  let halfAngles = 0;
  const at = (i: number, from: number): number => (corners[i] ?? NaN) - from;
  for (let i = 0; i < corners.length; i += 9) {
    const [ax, ay, az] = [at(i, px), at(i + 1, py), at(i + 2, pz)];
    const [bx, by, bz] = [at(i + 3, px), at(i + 4, py), at(i + 5, pz)];
    const [cx, cy, cz] = [at(i + 6, px), at(i + 7, py), at(i + 8, pz)];
    const [a, b, c] = [length(ax, ay, az), length(bx, by, bz), length(cx, cy, cz)];
    const triple = ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
    const sum =
      a * b * c +
      (ax * bx + ay * by + az * bz) * c +
      (bx * cx + by * cy + bz * cz) * a +
      (cx * ax + cy * ay + cz * az) * b;
    halfAngles += atan2(triple, sum);
  }
  return halfAngles / TAU;
}
