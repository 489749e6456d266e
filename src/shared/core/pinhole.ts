import type { Intrinsics, Vec2, Vec3 } from './geometry.ts';
import { createPlace } from './lens-place.ts';
import { lensOf } from './lens.ts';

/**
 * A point in the image: pixels from its top-left corner (labels.md §1), and planar depth in metres; through a wide
 * lens the distance along the ray.
 */
export type ImagePoint = Readonly<{ x: number; y: number; depth: number }>;

const place = createPlace();

/** Whether a lens is wide, so that what is called depth is the distance along the ray. */
export const isWide = ({ distortion }: Intrinsics): boolean => distortion?.wide === true;

/** What is called depth of a point of the camera's frame: its z, or its distance through a wide lens; metres. */
export function depthOf(intrinsics: Intrinsics, [x, y, z]: Vec3): number {
  return isWide(intrinsics) ? Math.sqrt(x * x + y * y + z * z) : z;
}

/**
 * Where a point of the camera's frame (OpenCV axes, metres) falls in the image, to a fraction of a pixel;
 * it may lie outside of it. Null where the point is not in front of the camera, or its lens does not show it; a wide
 * lens may show what is behind.
 */
export function projectPoint(intrinsics: Intrinsics, point: Vec3): ImagePoint | null {
  const [x, y, z] = point;
  const { fx, fy, cx, cy, distortion } = intrinsics;
  if (distortion === undefined)
    return z > 0 ? { x: (fx * x) / z + cx, y: (fy * y) / z + cy, depth: z } : null;
  const seen = projectRay(intrinsics, point);
  return seen && { x: seen[0], y: seen[1], depth: depthOf(intrinsics, point) };
}

/** Where the ray through a point of the camera's frame falls in the image, pixels; null as {@link projectPoint}. */
export function projectRay(intrinsics: Intrinsics, [x, y, z]: Vec3): Vec2 | null {
  const { fx, fy, cx, cy, distortion } = intrinsics;
  if (distortion?.wide) [place.x, place.y, place.z] = [x, y, z];
  else if (z > 0) [place.x, place.y, place.z] = [x / z, y / z, 1];
  else return null;
  if (distortion === undefined) return [place.x * fx + cx, place.y * fy + cy];
  return lensOf(distortion).bend(place) ? [place.bentX * fx + cx, place.bentY * fy + cy] : null;
}

/**
 * The ray that falls on a place of the image, pixels: its point at depth 1, so that z is 1, or of a wide lens a unit
 * vector; null where the lens shows nothing there.
 */
export function rayAt(intrinsics: Intrinsics, x: number, y: number): Vec3 | null {
  const { fx, fy, cx, cy, distortion } = intrinsics;
  if (distortion === undefined) return [(x - cx) / fx, (y - cy) / fy, 1];
  place.bentX = (x - cx) / fx;
  place.bentY = (y - cy) / fy;
  place.z = 1;
  return lensOf(distortion).unbend(place) ? [place.x, place.y, place.z] : null;
}

/**
 * The point of the camera's frame at a place of the image: the inverse of {@link projectPoint}.
 * @throws RangeError where the lens shows nothing at the place.
 */
export function unprojectPoint(intrinsics: Intrinsics, { x, y, depth }: ImagePoint): Vec3 {
  const ray = rayAt(intrinsics, x, y);
  if (ray !== null) return [ray[0] * depth, ray[1] * depth, ray[2] * depth];
  throw new RangeError(`expected a place that the lens shows, found (${x}, ${y})`);
}
