import type { Intrinsics } from '../core/geometry.ts';
import { pixelRays } from '../core/pixel-rays.ts';
import type { GBuffers, InstanceAnnotation } from './annotations.ts';

/** Points of a frame's surfaces, one for each pixel with a depth, in rows from the top. */
export type PointCloud = Readonly<{
  count: number;
  /** [N, 3] camera frame, metres. */
  points: Float32Array;
  /** [N, 3] sRGB. */
  colors: Uint8Array;
  /** [N], 0 = geometry without a label. */
  instanceIds: Uint16Array;
  /** [N], 0 = geometry without a label. */
  categoryIds: Uint16Array;
}>;

/**
 * Lifts every pixel with a depth into the camera's frame along the ray of its centre (labels.md §7):
 * ((u+0.5−cx)/fx·z, (v+0.5−cy)/fy·z, z) at pixel (u, v) of a pinhole.
 * @param pixels an id image without dropped instances, its depth and its colour.
 */
export function pointCloud(
  pixels: Pick<GBuffers, 'width' | 'height' | 'instanceId' | 'depth' | 'color'>,
  intrinsics: Intrinsics,
  instances: readonly InstanceAnnotation[],
): PointCloud {
  const { width, height, instanceId, depth, color } = pixels;
  const categoryOf = new Uint16Array(65536);
  for (const instance of instances) categoryOf[instance.instanceId] = instance.categoryId;
  const count = depth.reduce((sum, z) => sum + (z > 0 ? 1 : 0), 0);
  const rays = pixelRays(intrinsics, { width, height });
  const cloud = {
    count,
    points: new Float32Array(count * 3),
    colors: new Uint8Array(count * 3),
    instanceIds: new Uint16Array(count),
    categoryIds: new Uint16Array(count),
  };
  for (let v = 0, at = 0, n = 0; v < height; v++) {
    for (let u = 0; u < width; u++, at++) {
      const z = depth[at]!;
      if (z === 0) continue;
      cloud.points.set([rays.x(u, v) * z, rays.y(u, v) * z, rays.z(u, v) * z], n * 3);
      cloud.colors.set(color.subarray(at * 4, at * 4 + 3), n * 3);
      cloud.instanceIds[n] = instanceId[at]!;
      cloud.categoryIds[n++] = categoryOf[instanceId[at]!]!;
    }
  }
  return cloud;
}
