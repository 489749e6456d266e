import type { Intrinsics } from '../core/geometry.ts';
import { pixelRays } from '../core/pixel-rays.ts';
import type { GBuffers } from './annotations.ts';

/**
 * Length of the ray from the camera to the surface, metres, 0 = nothing there: planar depth times
 * √(1 + x² + y²), x and y being where the pixel's ray is at depth 1 (labels.md §6); what a wide lens calls depth
 * already is the range.
 * @returns [H, W].
 */
export function rangeFromDepth(
  { width, height, depth }: Pick<GBuffers, 'width' | 'height' | 'depth'>,
  intrinsics: Intrinsics,
): Float32Array {
  const rays = pixelRays(intrinsics, { width, height });
  const range = new Float32Array(depth.length);
  for (let v = 0, at = 0; v < height; v++) {
    for (let u = 0; u < width; u++, at++) {
      range[at] = depth[at]! * rays.length(u, v);
    }
  }
  return range;
}
