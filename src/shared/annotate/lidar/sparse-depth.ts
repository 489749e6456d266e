import type { Intrinsics, Size } from '../../core/geometry.ts';
import { transformPoint } from '../../core/matrix.ts';
import { projectPoint } from '../../core/pinhole.ts';
import type { LidarSweep } from './sweep.ts';

/** Units of one metre in a 16-bit file (KITTI's depth benchmark). */
export const SPARSE_DEPTH_UNITS = 256;
const MOST_UNITS = 65535;

/**
 * The points of lidars on the image: the depth that it has of them (along the ray of a wide lens, else planar), in
 * the pixels that they fall into as measured, the nearest where several do. What the camera does not see of them is
 * there too, as in KITTI's raw scans.
 * @returns [H, W] metres, 0 = none.
 */
export function sparseDepth(
  sweeps: readonly LidarSweep[],
  intrinsics: Intrinsics,
  { width, height }: Size,
): Float32Array {
  const depth = new Float32Array(width * height);
  for (const { record, points } of sweeps) {
    const { points: xyz } = points;
    for (let i = 0; i < points.count; i++) {
      const [x, y, z] = [xyz[i * 3]!, xyz[i * 3 + 1]!, xyz[i * 3 + 2]!];
      const place = projectPoint(intrinsics, transformPoint(record.cameraFromLidar, [x, y, z]));
      if (place === null) continue;
      const [column, row] = [Math.floor(place.x), Math.floor(place.y)];
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      const cell = row * width + column;
      if (depth[cell] === 0 || place.depth < depth[cell]!) depth[cell] = place.depth;
    }
  }
  return depth;
}

/** As 16 bits hold it: 256 units a metre, 0 = none, or beyond 255.99 m. */
export function sparseDepthTo16Bit(depth: Float32Array): Uint16Array {
  return Uint16Array.from(depth, (meters) => {
    const units = Math.round(meters * SPARSE_DEPTH_UNITS);
    return units > MOST_UNITS ? 0 : meters > 0 ? Math.max(1, units) : 0;
  });
}
