import type { LidarPoints } from '#shared/annotate/lidar/sweep';

/** x, y, z, reflectance of each point, float32 little-endian (KITTI raw data, `velodyne_points`). */
export function encodeKittiBin({ count, points, intensities }: LidarPoints): Uint8Array {
  const bytes = Buffer.alloc(count * 16);
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < 3; axis++) {
      bytes.writeFloatLE(points[i * 3 + axis] ?? NaN, i * 16 + axis * 4);
    }
    bytes.writeFloatLE(intensities[i] ?? NaN, i * 16 + 12);
  }
  return bytes;
}

/** Of each point the category in the lower 16 bits and the instance in the upper ones, little-endian (SemanticKITTI). */
export function encodeKittiLabel({ count, categoryIds, instanceIds }: LidarPoints): Uint8Array {
  const bytes = Buffer.alloc(count * 4);
  for (let i = 0; i < count; i++) {
    bytes.writeUInt16LE(categoryIds[i] ?? 0, i * 4);
    bytes.writeUInt16LE(instanceIds[i] ?? 0, i * 4 + 2);
  }
  return bytes;
}
