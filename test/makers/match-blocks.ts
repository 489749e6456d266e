import type { Size } from '#shared/core/geometry';

/** Half the side of a block, pixels. */
const RADIUS = 3;

/** A picture as grey numbers, [H, W], from [H, W, 4] sRGB. */
export function greyOf(color: Uint8Array): Float64Array {
  return Float64Array.from(
    { length: color.length / 4 },
    (_, i) => (color[i * 4] ?? 0) + (color[i * 4 + 1] ?? 0) + (color[i * 4 + 2] ?? 0),
  );
}

/** What the best block along the row says of a pixel. */
export type Match = Readonly<{
  /** Pixels to the left in the right picture, to a fraction. */
  disparity: number;
  /** Standard deviation of the block itself: how much there is to match. */
  texture: number;
}>;

/**
 * Matches a block of the left picture along the same row of the right one: least sum of squared differences,
 * then the vertex of the parabola through its neighbours (Scharstein and Szeliski, IJCV 47, 2002, §3).
 * @param most Largest disparity that is tried.
 * @returns null where blocks would leave the picture.
 */
export function matchBlock(
  [left, right]: readonly [Float64Array, Float64Array],
  { width, height }: Size,
  { x, y, most }: Readonly<{ x: number; y: number; most: number }>,
): Match | null {
  if (y < RADIUS || y >= height - RADIUS || x + RADIUS >= width || x - RADIUS < most + 1)
    return null;
  const costs = Array.from({ length: most + 2 }, (_, d) => {
    let cost = 0;
    for (let row = y - RADIUS; row <= y + RADIUS; row++) {
      for (let column = x - RADIUS; column <= x + RADIUS; column++) {
        const at = row * width + column;
        cost += ((left[at] ?? NaN) - (right[at - d] ?? NaN)) ** 2;
      }
    }
    return cost;
  });
  const inner = costs.slice(1, -1);
  const best = 1 + inner.indexOf(Math.min(...inner));
  const [before = NaN, at = NaN, after = NaN] = costs.slice(best - 1, best + 2);
  const curve = before - 2 * at + after;
  const shift = curve > 0 ? (before - after) / (2 * curve) : 0;
  return { disparity: best + shift, texture: deviationOf(left, width, [x, y]) };
}

function deviationOf(grey: Float64Array, width: number, [x, y]: readonly [number, number]): number {
  const values: number[] = [];
  for (let row = y - RADIUS; row <= y + RADIUS; row++)
    for (let column = x - RADIUS; column <= x + RADIUS; column++)
      values.push(grey[row * width + column] ?? NaN);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
