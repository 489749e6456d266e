import type { Bounds, Intrinsics, Mat4, Vec3 } from '../core/geometry.ts';
import { transformPoint } from '../core/matrix.ts';
import { projectRay } from '../core/pinhole.ts';
import type { Box3d, PlacedBounds } from './annotations.ts';

/** The oriented box of an object in its own frame, and its corners on the image (labels.md §7). */
export function box3dOf(
  { cameraFromObject, scale, bounds }: PlacedBounds & Readonly<{ bounds: Bounds }>,
  intrinsics: Intrinsics,
): Box3d {
  const { min, max } = bounds;
  const each = (value: (axis: 0 | 1 | 2) => number): Vec3 => [value(0), value(1), value(2)];
  // Adding 0 turns −0, which JSON cannot hold, into 0.
  const center = each((axis) => ((min[axis] + max[axis]) / 2) * scale[axis] + 0);
  const size = each((axis) => (max[axis] - min[axis]) * Math.abs(scale[axis]));
  const corners = Array.from({ length: 8 }, (_, corner) => {
    const side = (axis: 0 | 1 | 2): number => ((corner >> axis) & 1) - 0.5;
    const point = each((axis) => center[axis] + side(axis) * size[axis]);
    return project(cameraFromObject, point, intrinsics);
  });
  return { center, size, corners };
}

/** Pixel coordinates of a point of the object; null where the camera does not look there. */
function project(
  cameraFromObject: Mat4,
  point: Vec3,
  intrinsics: Intrinsics,
): readonly [number, number] | null {
  return projectRay(intrinsics, transformPoint(cameraFromObject, point));
}
