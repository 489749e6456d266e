import type { Intrinsics } from '../core/geometry.ts';
import type { GBuffers } from './annotations.ts';

/**
 * Length of the ray from the camera to the surface, metres, 0 = nothing there: planar depth times
 * √(1 + ((u+0.5−cx)/fx)² + ((v+0.5−cy)/fy)²) at pixel (u, v) (labels.md §6).
 * @returns [H, W].
 */
export function rangeFromDepth(
  { width, height, depth }: Pick<GBuffers, 'width' | 'height' | 'depth'>,
  { fx, fy, cx, cy }: Intrinsics,
): Float32Array {
  const range = new Float32Array(depth.length);
  for (let v = 0, at = 0; v < height; v++) {
    const y = (v + 0.5 - cy) / fy;
    for (let u = 0; u < width; u++, at++) {
      const x = (u + 0.5 - cx) / fx;
      range[at] = depth[at]! * Math.sqrt(1 + x * x + y * y);
    }
  }
  return range;
}
