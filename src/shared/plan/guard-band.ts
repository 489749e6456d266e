import type { Size } from '../core/geometry.ts';

/** A box of whole pixels, [x, y, width, height]. */
export type PixelRect = readonly [x: number, y: number, width: number, height: number];

/**
 * The image with its guard band: where silhouettes are followed (labels.md §4).
 * @param sizes width of the band on each side, in image sizes.
 */
export function guardBandOf({ width, height }: Size, sizes: number): PixelRect {
  const [across, down] = [Math.ceil(width * sizes), Math.ceil(height * sizes)];
  return [-across, -down, width + 2 * across, height + 2 * down];
}
