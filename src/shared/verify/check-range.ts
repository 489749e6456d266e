import type { GBuffers } from '../annotate/annotations.ts';
import type { Intrinsics } from '../core/geometry.ts';
import { pixelRays } from '../core/pixel-rays.ts';

/** What float32 makes of a range, as a share of it, with room for one more rounding. */
const ROUNDING_SHARE = 3e-7;

/**
 * What contradicts between a range and a depth: the ray of each pixel, followed for its range, must end at the
 * pixel's depth (labels.md §6). Null where nothing does.
 * @param range [H, W], metres.
 * @param stepMeters what the depth was rounded to; where it is not 0, a depth of 0 may be one beyond its file's reach.
 */
export function rangeFault(
  range: Float32Array,
  { width, height, depth }: Pick<GBuffers, 'width' | 'height' | 'depth'>,
  { intrinsics, stepMeters }: Readonly<{ intrinsics: Intrinsics; stepMeters: number }>,
): string | null {
  const rays = pixelRays(intrinsics, { width, height });
  for (let v = 0, at = 0; v < height; v++) {
    for (let u = 0; u < width; u++, at++) {
      const meters = depth[at] ?? NaN;
      const length = range[at] ?? NaN;
      const reached = length / rays.length(u, v);
      if (stepMeters > 0 && meters === 0 && length >= 0 && length < Infinity) continue;
      if (Math.abs(reached - meters) <= stepMeters / 2 + ROUNDING_SHARE * meters) continue;
      return `pixel (${u}, ${v}): expected a ray that ends at depth ${meters} m, found the range ${length} m, which ends at ${reached} m`;
    }
  }
  return null;
}
