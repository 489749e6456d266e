import type { Bounds, Mat4, Quat, Vec3 } from './geometry.ts';

/*
 * Small affine algebra on plain arrays, for code that makes or reads JSON. Row-major throughout
 * (labels.md §2). Only +, −, ×, ÷ and √, so that every machine agrees to the last bit.
 */

/** Row-major 4×4 identity. */
export const IDENTITY: Mat4 = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

type Row = readonly [number, number, number, number];

function rowOf(m: Mat4, row: number): Row {
  const [a, b, c, d] = m.slice(row * 4, row * 4 + 4);
  if (a === undefined || b === undefined || c === undefined || d === undefined) {
    return refuseShort(m);
  }
  return [a, b, c, d];
}

/** a · b: the map that applies b first. Throws RangeError unless both have 16 numbers. */
export function multiply(a: Mat4, b: Mat4): Mat4 {
  const rows = [rowOf(b, 0), rowOf(b, 1), rowOf(b, 2), rowOf(b, 3)] as const;
  const result: number[] = [];
  for (let r = 0; r < 4; r++) {
    const [x, y, z, w] = rowOf(a, r);
    for (const c of [0, 1, 2, 3] as const) {
      result.push(x * rows[0][c] + y * rows[1][c] + z * rows[2][c] + w * rows[3][c]);
    }
  }
  return result;
}

/**
 * Translation · rotation · scale. `rotation` is a unit quaternion [w, x, y, z]; `scale` is by axis.
 * Formula: rotation matrix of a unit quaternion, as in the glTF 2.0 specification §3.5.2.
 */
export function compose(position: Vec3, rotation: Quat, scale: Vec3): Mat4 {
  const [w, x, y, z] = rotation;
  const [sx, sy, sz] = scale;
  // prettier-ignore
  return [
    (1 - 2 * (y * y + z * z)) * sx, 2 * (x * y - w * z) * sy, 2 * (x * z + w * y) * sz, position[0],
    2 * (x * y + w * z) * sx, (1 - 2 * (x * x + z * z)) * sy, 2 * (y * z - w * x) * sz, position[1],
    2 * (x * z - w * y) * sx, 2 * (y * z + w * x) * sy, (1 - 2 * (x * x + y * y)) * sz, position[2],
    0, 0, 0, 1,
  ];
}

/**
 * Inverse of an affine map (last row 0 0 0 1), by cofactors. Throws RangeError where the map is
 * singular or not finite, as with a scale of 0.
 */
export function invertAffine(m: Mat4): Mat4 {
  const [a, b, c, tx] = rowOf(m, 0);
  const [d, e, f, ty] = rowOf(m, 1);
  const [g, h, i, tz] = rowOf(m, 2);
  const cofactors = [e * i - f * h, f * g - d * i, d * h - e * g] as const;
  const determinant = a * cofactors[0] + b * cofactors[1] + c * cofactors[2];
  if (determinant === 0 || !Number.isFinite(determinant)) {
    throw new RangeError(`expected an invertible matrix, got determinant ${determinant}`);
  }
  const rows: Row[] = [
    [cofactors[0], c * h - b * i, b * f - c * e, 0],
    [cofactors[1], a * i - c * g, c * d - a * f, 0],
    [cofactors[2], b * g - a * h, a * e - b * d, 0],
  ];
  const result: number[] = [];
  for (const row of rows) {
    const [x, y, z] = [row[0] / determinant, row[1] / determinant, row[2] / determinant];
    result.push(x, y, z, -(x * tx + y * ty + z * tz));
  }
  return [...result, 0, 0, 0, 1];
}

/** A point through an affine map. */
export function transformPoint(m: Mat4, [x, y, z]: Vec3): Vec3 {
  // By place, and not by rows cut out: bounds of a scene are made of millions of points.
  const at = (i: number): number => m[i] ?? refuseShort(m);
  return [
    at(0) * x + at(1) * y + at(2) * z + at(3),
    at(4) * x + at(5) * y + at(6) * z + at(7),
    at(8) * x + at(9) * y + at(10) * z + at(11),
  ];
}

function refuseShort(m: Mat4): never {
  throw new RangeError(`expected a 4×4 matrix of 16 numbers, got ${m.length}`);
}

/**
 * The axis-aligned box around a transformed box: exact for the box's corners, so looser than the box
 * around what it holds. Method: J. Arvo, Transforming Axis-Aligned Bounding Boxes, Graphics Gems (1990).
 */
export function transformBounds(m: Mat4, bounds: Bounds): Bounds {
  const along = (r: number, from: Vec3, to: Vec3): number => {
    const row = rowOf(m, r);
    const least = ([0, 1, 2] as const).map((k) => row[k] * (row[k] >= 0 ? from[k] : to[k]));
    return least.reduce((sum, term) => sum + term, 0) + row[3];
  };
  const corner = (from: Vec3, to: Vec3): Vec3 => [
    along(0, from, to),
    along(1, from, to),
    along(2, from, to),
  ];
  return { min: corner(bounds.min, bounds.max), max: corner(bounds.max, bounds.min) };
}

/** glTF and three.js keep 16 numbers column by column; Diorama's {@link Mat4} is row by row. */
export function rowMajorFromColumnMajor(columns: ArrayLike<number>): Mat4 {
  if (columns.length !== 16) throw new RangeError(`expected 16 numbers, got ${columns.length}`);
  return Array.from({ length: 16 }, (_, i) => columns[(i % 4) * 4 + Math.floor(i / 4)] ?? NaN);
}

/** The upper left 3×3 of a 4×4, row by row. */
export function rotationOf(m: Mat4): readonly [...Vec3, ...Vec3, ...Vec3] {
  const [a, b, c] = [rowOf(m, 0), rowOf(m, 1), rowOf(m, 2)];
  return [a[0], a[1], a[2], b[0], b[1], b[2], c[0], c[1], c[2]];
}
