import type { Bounds, Vec3 } from '../core/geometry.ts';
import { transformPoint } from '../core/matrix.ts';
import { unprojectPoint } from '../core/pinhole.ts';
import type { FramePlan } from './frame-plan.ts';

/** A box of the world, along its axes, that holds what the image shows up to a depth, metres. */
export function seenBounds(
  { camera, size: { width, height } }: Pick<FramePlan, 'camera' | 'size'>,
  depthMeters: number,
): Bounds {
  const corners = [0, depthMeters].flatMap((depth) =>
    [0, width].flatMap((x) =>
      [0, height].map((y) =>
        transformPoint(camera.worldFromCamera, unprojectPoint(camera.intrinsics, { x, y, depth })),
      ),
    ),
  );
  const extreme = (pick: (...values: number[]) => number): Vec3 => {
    const along = (axis: 0 | 1 | 2): number => pick(...corners.map((corner) => corner[axis]));
    return [along(0), along(1), along(2)];
  };
  return { min: extreme(Math.min), max: extreme(Math.max) };
}

/** Volume of what the image shows up to a depth of 1 m; it grows with the cube, cubic metres. */
export function seenVolumeAtOneMeter({
  camera: { intrinsics },
  size: { width, height },
}: Pick<FramePlan, 'camera' | 'size'>): number {
  return (width * height) / (3 * intrinsics.fx * intrinsics.fy);
}
