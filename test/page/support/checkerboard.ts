import type { GBuffers } from '#shared/annotate/annotations';
import type { Vec2, Vec3 } from '#shared/core/geometry';
import type { MadeShape } from '../../makers/make-frame-plan.ts';
import { linearFromByte } from './read-color.ts';

const COLUMNS = 10;
const ROWS = 7;
const SQUARE_METERS = 0.04;
/** Half the side of the window in which a corner is looked for, pixels. */
const REACH = 4;
const ITERATIONS = 12;

const at = (column: number, row: number): Vec3 => [
  (column - COLUMNS / 2) * SQUARE_METERS,
  (row - ROWS / 2) * SQUARE_METERS,
  0,
];

/** White squares of a checkerboard in the plane z = 0 of the world; the dark ones are the background. */
export const CHECKERBOARD: readonly MadeShape[] = Array.from(
  { length: COLUMNS * ROWS },
  (_, i) => i,
)
  .map((i) => [i % COLUMNS, Math.floor(i / COLUMNS)] as const)
  .filter(([column, row]) => (column + row) % 2 === 0)
  .map(([column, row]) => ({
    shape: { kind: 'plane', size: [SQUARE_METERS, SQUARE_METERS] },
    position: at(column + 0.5, row + 0.5),
    orientation: [Math.SQRT1_2, Math.SQRT1_2, 0, 0],
  }));

/** Its inner corners, metres, in the world. */
export const BOARD_CORNERS: readonly Vec3[] = Array.from(
  { length: (COLUMNS - 1) * (ROWS - 1) },
  (_, i) => at(1 + (i % (COLUMNS - 1)), 1 + Math.floor(i / (COLUMNS - 1))),
);

/**
 * Where a corner is, to a fraction of a pixel, as the image alone has it: the place to which the gradients around are at
 * right angles (Förstner and Gülch 1987), from a place near it. Null where its window leaves the image.
 */
export function findCorner(image: GBuffers, near: Vec2): Vec2 | null {
  const light = (x: number, y: number): number =>
    linearFromByte(image.color[(y * image.width + x) * 4 + 1] ?? 0);
  let [x, y] = near;
  for (let i = 0; i < ITERATIONS; i++) {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const inside =
      column > REACH + 1 &&
      row > REACH + 1 &&
      column < image.width - REACH - 2 &&
      row < image.height - REACH - 2;
    if (!inside) return null;
    let [a, b, c, p, q] = [0, 0, 0, 0, 0];
    for (let v = row - REACH; v <= row + REACH; v++)
      for (let u = column - REACH; u <= column + REACH; u++) {
        const [gx, gy] = [
          (light(u + 1, v) - light(u - 1, v)) / 2,
          (light(u, v + 1) - light(u, v - 1)) / 2,
        ];
        const [px, py] = [u + 0.5, v + 0.5];
        const weight = Math.exp(-((px - x) ** 2 + (py - y) ** 2) / (2 * 2.2 ** 2));
        a += weight * gx * gx;
        b += weight * gx * gy;
        c += weight * gy * gy;
        p += weight * (gx * gx * px + gx * gy * py);
        q += weight * (gx * gy * px + gy * gy * py);
      }
    const det = a * c - b * b;
    [x, y] = [(c * p - b * q) / det, (a * q - b * p) / det];
  }
  return [x, y];
}
