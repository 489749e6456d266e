import type { GBuffers } from '#shared/annotate/annotations';
import { linearFromByte, pixelAt } from './read-color.ts';

/** Kernels of Malvar, He and Cutler (2004), figure 2, in eighths; rows from two above to two below. */
const KERNELS = {
  greenAtOther: [
    [0, 0, -1, 0, 0],
    [0, 0, 2, 0, 0],
    [-1, 2, 4, 2, -1],
    [0, 0, 2, 0, 0],
    [0, 0, -1, 0, 0],
  ],
  inItsRow: [
    [0, 0, 0.5, 0, 0],
    [0, -1, 0, -1, 0],
    [-1, 4, 5, 4, -1],
    [0, -1, 0, -1, 0],
    [0, 0, 0.5, 0, 0],
  ],
  inItsColumn: [
    [0, 0, -1, 0, 0],
    [0, -1, 4, -1, 0],
    [0.5, 0, 5, 0, 0.5],
    [0, -1, 4, -1, 0],
    [0, 0, -1, 0, 0],
  ],
  acrossCorners: [
    [0, 0, -1.5, 0, 0],
    [0, 2, 0, 2, 0],
    [-1.5, 0, 6, 0, -1.5],
    [0, 2, 0, 2, 0],
    [0, 0, -1.5, 0, 0],
  ],
} as const;

/** Linear light after mosaic and demosaic of an image of bytes, at least two pixels from its edges. */
export function demosaicMalvar(
  image: GBuffers,
  pattern: string,
): (x: number, y: number, channel: 0 | 1 | 2) => number {
  const filterAt = (x: number, y: number): number =>
    'rgb'.indexOf(pattern[(y & 1) * 2 + (x & 1)] ?? '');
  const raw = (x: number, y: number): number =>
    linearFromByte(pixelAt(image, x, y)[filterAt(x, y)] ?? 0);
  return (x, y, channel) => {
    const own = filterAt(x, y);
    if (own === channel) return Math.max(0, raw(x, y));
    const kernel =
      channel === 1
        ? KERNELS.greenAtOther
        : own !== 1
          ? KERNELS.acrossCorners
          : filterAt(x + 1, y) === channel
            ? KERNELS.inItsRow
            : KERNELS.inItsColumn;
    let sum = 0;
    for (const [j, row] of kernel.entries())
      for (const [i, weight] of row.entries()) sum += (weight / 8) * raw(x + i - 2, y + j - 2);
    return Math.max(0, sum);
  };
}
