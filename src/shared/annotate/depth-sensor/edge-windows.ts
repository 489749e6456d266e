import type { DepthPixels } from './depth-pixels.ts';

/**
 * Pixels whose window holds an edge of depth: the farthest surface in it is more than `stepShare` farther than
 * the nearest; where nothing is counts as far away.
 * @returns [H, W] of 0 and 1.
 */
export function edgeWindows(
  { width, height, depth }: Pick<DepthPixels, 'width' | 'height' | 'depth'>,
  { radiusPixels, stepShare }: Readonly<{ radiusPixels: number; stepShare: number }>,
): Uint8Array {
  const metres = Float64Array.from(depth, (z) => (z > 0 ? z : Infinity));
  const nearest = windowMinima(metres, { width, height }, radiusPixels);
  const farthest = windowMinima(
    metres.map((z) => -z),
    { width, height },
    radiusPixels,
  );
  return Uint8Array.from(nearest, (near, i) => (-farthest[i]! > near * (1 + stepShare) ? 1 : 0));
}

/** The least value of each pixel's window, which ends at the image: rows first, then columns. */
function windowMinima(
  values: Float64Array,
  { width, height }: Readonly<{ width: number; height: number }>,
  radius: number,
): Float64Array {
  const along = (from: Float64Array, count: number, step: number): Float64Array => {
    const least = new Float64Array(from.length);
    for (let i = 0; i < from.length; i++) {
      const place = Math.floor(i / step) % count;
      const last = i + Math.min(radius, count - 1 - place) * step;
      let value = from[i]!;
      for (let j = i - Math.min(radius, place) * step; j <= last; j += step) {
        if (from[j]! < value) value = from[j]!;
      }
      least[i] = value;
    }
    return least;
  };
  return along(along(values, width, 1), height, width);
}
