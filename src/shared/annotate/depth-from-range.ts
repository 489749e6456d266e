import type { Intrinsics, Size } from '../core/geometry.ts';
import { depthOf, projectRay } from '../core/pinhole.ts';
import { pixelRays } from '../core/pixel-rays.ts';
import type { PointCloud } from './point-cloud.ts';

/** Planar depth of each pixel from the length of its ray: the way back from `rangeFromDepth`. [H, W], metres. */
export function depthFromRange(
  range: Float32Array,
  size: Size,
  intrinsics: Intrinsics,
): Float32Array {
  const rays = pixelRays(intrinsics, size);
  return range.map((length, at) => {
    const [u, v] = [at % size.width, Math.floor(at / size.width)];
    return length / rays.length(u, v);
  });
}

/** Planar depth of the pixels that points fall on: the way back from `pointCloud`. [H, W], metres, 0 elsewhere. */
export function depthFromCloud(
  { count, points }: PointCloud,
  { width, height }: Size,
  intrinsics: Intrinsics,
): Float32Array {
  const depth = new Float32Array(width * height);
  for (let i = 0; i < count; i++) {
    const point = [points[i * 3]!, points[i * 3 + 1]!, points[i * 3 + 2]!] as const;
    const place = projectRay(intrinsics, point);
    if (place === null) continue;
    const [u, v] = [Math.floor(place[0]), Math.floor(place[1])];
    if (u >= 0 && v >= 0 && u < width && v < height)
      depth[v * width + u] = depthOf(intrinsics, point);
  }
  return depth;
}
