import type { Intrinsics, Vec2, Vec3 } from './geometry.ts';
import { createPlace } from './lens-place.ts';
import { lensOf } from './lens.ts';

/** A point in the image: pixels from its top-left corner (labels.md §1), and planar depth in metres. */
export type ImagePoint = Readonly<{ x: number; y: number; depth: number }>;

const place = createPlace();

/**
 * Where a point of the camera's frame (OpenCV axes, metres) falls in the image, to a fraction of a pixel;
 * it may lie outside of it. Null where the point is not in front of the camera, or its lens does not show it.
 */
export function projectPoint(intrinsics: Intrinsics, [x, y, z]: Vec3): ImagePoint | null {
  const { fx, fy, cx, cy, distortion } = intrinsics;
  if (!(z > 0)) return null;
  if (distortion === undefined) return { x: (fx * x) / z + cx, y: (fy * y) / z + cy, depth: z };
  const seen = projectRay(intrinsics, x / z, y / z);
  return seen && { x: seen[0], y: seen[1], depth: z };
}

/** Where the ray to (x, y, 1) falls in the image, pixels; null where the lens does not show it. */
export function projectRay(intrinsics: Intrinsics, x: number, y: number): Vec2 | null {
  const { fx, fy, cx, cy, distortion } = intrinsics;
  if (distortion === undefined) return [x * fx + cx, y * fy + cy];
  place.x = x;
  place.y = y;
  return lensOf(distortion).bend(place) ? [place.bentX * fx + cx, place.bentY * fy + cy] : null;
}

/** The ray to (x, y, 1) that falls on a place of the image, pixels; null where the lens shows nothing there. */
export function rayAt(intrinsics: Intrinsics, x: number, y: number): Vec2 | null {
  const { fx, fy, cx, cy, distortion } = intrinsics;
  if (distortion === undefined) return [(x - cx) / fx, (y - cy) / fy];
  place.bentX = (x - cx) / fx;
  place.bentY = (y - cy) / fy;
  return lensOf(distortion).unbend(place) ? [place.x, place.y] : null;
}

/**
 * The point of the camera's frame at a place of the image: the inverse of {@link projectPoint}.
 * @throws RangeError where the lens shows nothing at the place.
 */
export function unprojectPoint(intrinsics: Intrinsics, { x, y, depth }: ImagePoint): Vec3 {
  const ray = rayAt(intrinsics, x, y);
  if (ray !== null) return [ray[0] * depth, ray[1] * depth, depth];
  throw new RangeError(`expected a place that the lens shows, found (${x}, ${y})`);
}
