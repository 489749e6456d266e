import { linearFromByte } from './read-color.ts';

type Lab = readonly [number, number, number];

/** Cells to a side of the descriptor's thumbnail. */
const CELLS = 8;
/** Directions of gradients, over half a turn. */
const DIRECTIONS = 8;
const STEPS = [1, 3] as const;

/**
 * What a texture of `side` × `side` RGB bytes looks like, as numbers: a thumbnail in OKLab (Ottosson, "A
 * perceptual color space for image processing", 2020) and a histogram of lightness
 * gradients by direction, near and farther. Distances are Euclidean; 0.02 of OKLab is a difference that one
 * can just see.
 */
export function describeTexture(rgb: Uint8Array, side: number): Float32Array {
  const lab = Array.from({ length: side * side }, (_, i) =>
    oklabOf([
      linearFromByte(rgb[3 * i] ?? 0),
      linearFromByte(rgb[3 * i + 1] ?? 0),
      linearFromByte(rgb[3 * i + 2] ?? 0),
    ]),
  );
  const lightness = Float32Array.from(lab, ([l]) => l);
  const numbers = [
    ...cellMeans(lab, side).map((value) => value / CELLS),
    ...STEPS.flatMap((step) => gradientHistogram(lightness, side, step)),
  ];
  return Float32Array.from(numbers);
}

/** Distance of two descriptors. */
export function textureDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return Math.sqrt(sum);
}

function oklabOf([r, g, b]: Lab): Lab {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function cellMeans(lab: readonly Lab[], side: number): number[] {
  const sums = new Float64Array(CELLS * CELLS * 3);
  const share = (CELLS / side) ** 2;
  for (const [i, color] of lab.entries()) {
    const x = Math.floor(((i % side) * CELLS) / side);
    const y = Math.floor((Math.floor(i / side) * CELLS) / side);
    for (const [c, value] of color.entries()) {
      const at = 3 * (y * CELLS + x) + c;
      sums[at] = (sums[at] ?? 0) + value * share;
    }
  }
  return [...sums];
}

/** Mean strength of gradients in each direction. */
function gradientHistogram(lightness: Float32Array, side: number, step: number): number[] {
  const bins = new Float64Array(DIRECTIONS);
  const at = (x: number, y: number): number => lightness[y * side + x] ?? 0;
  for (let y = step; y < side - step; y++) {
    for (let x = step; x < side - step; x++) {
      const dx = at(x + step, y) - at(x - step, y);
      const dy = at(x, y + step) - at(x, y - step);
      const turn = (Math.atan2(dy, dx) / Math.PI + 1) % 1;
      const bin = Math.min(DIRECTIONS - 1, Math.floor(turn * DIRECTIONS));
      bins[bin] = (bins[bin] ?? 0) + Math.hypot(dx, dy) / (side - 2 * step) ** 2;
    }
  }
  return [...bins];
}
