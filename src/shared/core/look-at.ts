import type { Mat4, Vec3 } from './geometry.ts';
import { cos, DEGREE, sin } from './portable-math.ts';

const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const lengthOf = (v: Vec3): number => Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
const unit = (v: Vec3): Vec3 => {
  const length = lengthOf(v);
  return [v[0] / length, v[1] / length, v[2] / length];
};

/**
 * Pose of a camera at `position` that looks at `target`: row-major, rigid, OpenCV axes (x right,
 * y down, z forward; labels.md §2). Roll turns the camera clockwise as seen from behind it.
 * Looking straight up or down, the image's top points to −Z.
 * @throws RangeError where position and target coincide.
 */
export function worldFromLookAt(position: Vec3, target: Vec3, rollDegrees: number): Mat4 {
  const sight = subtract(target, position);
  if (!(lengthOf(sight) > 1e-9)) {
    throw new RangeError(
      'the camera stands on its target; move one of them by more than a nanometre',
    );
  }
  const forward = unit(sight);
  const sideways = cross(forward, [0, 1, 0]);
  const level = lengthOf(sideways) > 1e-9 ? unit(sideways) : unit(cross(forward, [0, 0, -1]));
  const below = cross(forward, level);
  const [c, s] = [cos(rollDegrees * DEGREE), sin(rollDegrees * DEGREE)];
  const right: Vec3 = [
    level[0] * c + below[0] * s,
    level[1] * c + below[1] * s,
    level[2] * c + below[2] * s,
  ];
  const down = cross(forward, right);
  return [
    ...[right[0], down[0], forward[0], position[0]],
    ...[right[1], down[1], forward[1], position[1]],
    ...[right[2], down[2], forward[2], position[2]],
    ...[0, 0, 0, 1],
  ];
}
