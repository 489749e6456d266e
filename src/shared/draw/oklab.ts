import { linearFromSrgb, srgbFromLinear } from '../core/color.ts';

/** sRGB, whole numbers of 0..255. */
export type Rgb = readonly [r: number, g: number, b: number];

/** Oklab: lightness 0..1, then green–red and blue–yellow; equal distances look equally far apart. */
export type Oklab = readonly [lightness: number, a: number, b: number];

type Row = readonly [number, number, number];

/*
 * Matrices of B. Ottosson, A perceptual color space for image processing (2020),
 * https://bottosson.github.io/posts/oklab/: linear sRGB → cone responses → Oklab, and back.
 */
const LMS_FROM_LINEAR: readonly [Row, Row, Row] = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const LAB_FROM_LMS: readonly [Row, Row, Row] = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];
const LMS_FROM_LAB: readonly [Row, Row, Row] = [
  [1, 0.3963377774, 0.2158037573],
  [1, -0.1055613458, -0.0638541728],
  [1, -0.0894841775, -1.291485548],
];
const LINEAR_FROM_LMS: readonly [Row, Row, Row] = [
  [4.0767416621, -3.3077115913, 0.2309699292],
  [-1.2684380046, 2.6097574011, -0.3413193965],
  [-0.0041960863, -0.7034186147, 1.707614701],
];

function apply(rows: readonly [Row, Row, Row], [x, y, z]: Row): Row {
  const along = ([a, b, c]: Row): number => a * x + b * y + c * z;
  return [along(rows[0]), along(rows[1]), along(rows[2])];
}

/** sRGB bytes to Oklab. */
export function oklabFromRgb([r, g, b]: Rgb): Oklab {
  const linear: Row = [linearFromSrgb(r / 255), linearFromSrgb(g / 255), linearFromSrgb(b / 255)];
  const [l, m, s] = apply(LMS_FROM_LINEAR, linear);
  return apply(LAB_FROM_LMS, [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)]);
}

/** Oklab to sRGB bytes; null where the screen cannot show it. */
export function rgbFromOklab(lab: Oklab): Rgb | null {
  const [l, m, s] = apply(LMS_FROM_LAB, lab);
  const linear = apply(LINEAR_FROM_LMS, [l * l * l, m * m * m, s * s * s]);
  // A shade beyond the ends is rounding of the matrices, not another colour.
  if (linear.some((channel) => channel < -1e-6 || channel > 1 + 1e-6)) return null;
  const byte = (value: number): number =>
    Math.round(255 * srgbFromLinear(Math.min(1, Math.max(0, value))));
  return [byte(linear[0]), byte(linear[1]), byte(linear[2])];
}

/** How different two colours look: 0 for equal ones, 1 from black to white. */
export function oklabDistance(p: Oklab, q: Oklab): number {
  return Math.sqrt((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 + (p[2] - q[2]) ** 2);
}

/** `#rrggbb`. */
export function hexFromRgb([r, g, b]: Rgb): string {
  return `#${[r, g, b].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
