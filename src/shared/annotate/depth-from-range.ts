import type { Intrinsics, Size } from '../core/geometry.ts';
import type { PointCloud } from './point-cloud.ts';

/** Planar depth of each pixel from the length of its ray: the way back from `rangeFromDepth`. [H, W], metres. */
export function depthFromRange(
  range: Float32Array,
  { width }: Size,
  { fx, fy, cx, cy }: Intrinsics,
): Float32Array {
  return range.map((length, at) => {
    const x = ((at % width) + 0.5 - cx) / fx;
    const y = (Math.floor(at / width) + 0.5 - cy) / fy;
    return length / Math.sqrt(1 + x * x + y * y);
  });
}

/** Planar depth of the pixels that points fall on: the way back from `pointCloud`. [H, W], metres, 0 elsewhere. */
export function depthFromCloud(
  { count, points }: PointCloud,
  { width, height }: Size,
  { fx, fy, cx, cy }: Intrinsics,
): Float32Array {
  const depth = new Float32Array(width * height);
  for (let i = 0; i < count; i++) {
    const [x, y, z] = [points[i * 3]!, points[i * 3 + 1]!, points[i * 3 + 2]!];
    const [u, v] = [Math.floor((x / z) * fx + cx), Math.floor((y / z) * fy + cy)];
    if (z > 0 && u >= 0 && v >= 0 && u < width && v < height) depth[v * width + u] = z;
  }
  return depth;
}
