import type { LinearRgb } from '../core/geometry.ts';

/** A camera with colour filters, led back to linear sRGB. Matrices are 3×3, row by row. */
export type BalancedFilters = Readonly<{
  /** Camera from linear sRGB; green sees white as 1. */
  camera: readonly number[];
  /** White balance in the camera's own colours, green = 1. */
  gains: LinearRgb;
  /** Linear sRGB from balanced camera colours; grey stays grey, as its rows sum to 1. */
  develop: readonly number[];
}>;

/**
 * White balance as raw converters do it: gains make the camera's answer to the light it takes for white
 * equal in all three channels, then a matrix, made for neutral light, leads to linear sRGB.
 *
 * @param filters Camera from linear sRGB, of any scale.
 * @param gains Of linear sRGB: what would make the light white (`whiteBalanceGains`).
 */
export function balanceFilters(filters: readonly number[], gains: LinearRgb): BalancedFilters {
  const [red, green, blue] = [rowOf(filters, 0), rowOf(filters, 1), rowOf(filters, 2)];
  const scale = 1 / sumOf(green);
  const light: LinearRgb = [1 / gains[0], 1 / gains[1], 1 / gains[2]];
  const answers = [red, green, blue].map((row) => dot(row, light));
  const [r = 1, g = 1, b = 1] = answers;
  const neutral = [red, green, blue].flatMap((row) => row.map((value) => value / sumOf(row)));
  return {
    camera: filters.map((value) => value * scale),
    gains: [g / r, 1, g / b],
    develop: invert(neutral),
  };
}

const rowOf = (matrix: readonly number[], row: number): LinearRgb => [
  matrix[3 * row] ?? 0,
  matrix[3 * row + 1] ?? 0,
  matrix[3 * row + 2] ?? 0,
];
const sumOf = (row: LinearRgb): number => row[0] + row[1] + row[2];
const dot = (a: LinearRgb, b: LinearRgb): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** By cofactors. */
function invert(matrix: readonly number[]): readonly number[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = matrix;
  const cofactors = [e * i - f * h, c * h - b * i, b * f - c * e];
  const more = [f * g - d * i, a * i - c * g, c * d - a * f, d * h - e * g, b * g - a * h];
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [...cofactors, ...more, a * e - b * d].map((value) => value / determinant);
}
