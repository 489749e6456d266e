import type { DepthPixels } from './depth-pixels.ts';

/** Neighbours whose disparities differ by less belong to one surface, pixels. */
const SAME_SURFACE = 1;
/** What is nearer by less does not hide, pixels of disparity. */
const NEARER = 1;

/**
 * Pixels that a second camera or a projector on the same row does not reach, because a surface that the
 * image shows is before them there. Surfaces that the image does not show hide nothing.
 * @param focalBaseline disparity times depth: fx · b, pixels · metres.
 * @param side where it stands: a point at column x is at x − d from the right, at x + d from the left.
 * @returns [H, W] of 0 and 1.
 */
export function hiddenColumns(
  { width, height, depth }: Pick<DepthPixels, 'width' | 'height' | 'depth'>,
  focalBaseline: number,
  side: 'right' | 'left',
): Uint8Array {
  const hidden = new Uint8Array(width * height);
  const sign = side === 'right' ? -1 : 1;
  const nearest = new Map<number, number>();
  for (let row = 0; row < height; row++) {
    const start = row * width;
    const disparities = Float64Array.from({ length: width }, (_, x) => {
      const z = depth[start + x]!;
      return z > 0 ? focalBaseline / z : -1;
    });
    const columnOf = (x: number): number => Math.round(x + sign * disparities[x]!);
    nearest.clear();
    for (let x = 0; x < width; x++) {
      if (disparities[x]! < 0) continue;
      const next = disparities[x + 1] ?? -1;
      const joined = next >= 0 && Math.abs(next - disparities[x]!) < SAME_SURFACE;
      const [a, b] = [columnOf(x), joined ? columnOf(x + 1) : columnOf(x)];
      const disparity = joined ? Math.min(disparities[x]!, next) : disparities[x]!;
      for (let column = Math.min(a, b); column <= Math.max(a, b); column++) {
        if ((nearest.get(column) ?? -1) < disparity) nearest.set(column, disparity);
      }
    }
    for (let x = 0; x < width; x++) {
      if (disparities[x]! < 0) continue;
      if ((nearest.get(columnOf(x)) ?? -1) > disparities[x]! + NEARER) hidden[start + x] = 1;
    }
  }
  return hidden;
}
