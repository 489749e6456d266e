import type { MaskCrop } from './decode-crop.ts';
import type { MaskPolygon, Ring } from './trace-polygons.ts';

/** Where a mask is to be filled. */
export type FillArea = Omit<MaskCrop, 'mask'>;

/**
 * The pixels whose centres lie inside polygons by the even-odd rule; rings need not be whole numbers.
 * @returns [height, width]: 0 or 1.
 */
export function fillPolygons(polygons: readonly MaskPolygon[], area: FillArea): Uint8Array {
  const crossings: number[][] = Array.from({ length: area.height }, () => []);
  for (const { outer, holes } of polygons) {
    for (const ring of [outer, ...holes]) addCrossings(ring, area, crossings);
  }
  const mask = new Uint8Array(area.width * area.height);
  for (const [row, xs] of crossings.entries()) {
    xs.sort((a, b) => a - b);
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const from = Math.max(0, Math.ceil(xs[i]! - 0.5) - area.x);
      const to = Math.min(area.width, Math.ceil(xs[i + 1]! - 0.5) - area.x);
      if (from < to) mask.fill(1, row * area.width + from, row * area.width + to);
    }
  }
  return mask;
}

/** Where the edges of a ring cross the line through the centres of each row. */
function addCrossings(ring: Ring, { y: top, height }: FillArea, crossings: number[][]): void {
  let [x0, y0] = [ring.at(-2) ?? 0, ring.at(-1) ?? 0];
  for (let i = 0; i < ring.length; i += 2) {
    const [x1, y1] = [ring[i]!, ring[i + 1]!];
    const first = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5) - top);
    const end = Math.min(height, Math.ceil(Math.max(y0, y1) - 0.5) - top);
    for (let row = first; row < end; row++) {
      const share = (top + row + 0.5 - y0) / (y1 - y0);
      crossings[row]!.push(x0 + share * (x1 - x0));
    }
    [x0, y0] = [x1, y1];
  }
}
