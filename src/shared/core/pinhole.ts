import type { Intrinsics, Vec3 } from './geometry.ts';

/** A point in the image: pixels from its top-left corner (labels.md §1), and planar depth in metres. */
export type ImagePoint = Readonly<{ x: number; y: number; depth: number }>;

/**
 * Where a point of the camera's frame (OpenCV axes, metres) falls in the image, to a fraction of a pixel;
 * it may lie outside of it. Null where the point is not in front of the camera.
 */
export function projectPoint({ fx, fy, cx, cy }: Intrinsics, [x, y, z]: Vec3): ImagePoint | null {
  if (!(z > 0)) return null;
  return { x: (fx * x) / z + cx, y: (fy * y) / z + cy, depth: z };
}

/** The point of the camera's frame at a place of the image: the inverse of {@link projectPoint}. */
export function unprojectPoint({ fx, fy, cx, cy }: Intrinsics, { x, y, depth }: ImagePoint): Vec3 {
  return [((x - cx) / fx) * depth, ((y - cy) / fy) * depth, depth];
}
