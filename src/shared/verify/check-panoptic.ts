import type { PanopticSegment } from '../annotate/panoptic.ts';

/**
 * What contradicts between a panoptic image and its segments: every segment has its area and its box, their
 * ids are their own, and no pixel belongs to another (labels.md §5). Null where nothing does.
 * @param rgb [H, W, 3] R + 256·G + 65536·B.
 */
export function panopticFault(
  rgb: Uint8Array,
  width: number,
  segments: readonly PanopticSegment[],
): string | null {
  const found = measure(rgb, width);
  found.delete(0);
  for (const { id, area, bbox } of segments) {
    const one = found.get(id);
    if (!found.delete(id) || one === undefined) {
      return `segment ${id}: expected ${area} pixels of its own, found none`;
    }
    const { left, top, right, bottom } = one;
    const box = [left, top, right - left + 1, bottom - top + 1];
    if (one.area !== area || box.some((value, i) => value !== bbox[i])) {
      return `segment ${id}: expected ${area} pixels in [${bbox.join(', ')}], found ${one.area} in [${box.join(', ')}]`;
    }
  }
  const [foreign] = found;
  return foreign === undefined
    ? null
    : `expected the ids of ${segments.length} segments, found ${foreign[0]} on ${foreign[1].area} pixels`;
}

type Extent = { area: number; left: number; top: number; right: number; bottom: number };

function measure(rgb: Uint8Array, width: number): Map<number, Extent> {
  const extents = new Map<number, Extent>();
  let [current, extent]: [number, Extent | undefined] = [-1, undefined];
  for (let at = 0, from = 0; from < rgb.length; at++, from += 3) {
    const id = (rgb[from] ?? 0) + 256 * (rgb[from + 1] ?? 0) + 65536 * (rgb[from + 2] ?? 0);
    const [x, y] = [at % width, Math.floor(at / width)];
    if (id !== current || extent === undefined) {
      current = id;
      extent = extents.get(id) ?? { area: 0, left: x, top: y, right: x, bottom: y };
      extents.set(id, extent);
    }
    extent.area++;
    extent.left = Math.min(extent.left, x);
    extent.right = Math.max(extent.right, x);
    extent.bottom = y;
  }
  return extents;
}
