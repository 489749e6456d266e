import type { MountSpec } from '../config/mount-schema.ts';
import { SamplingError } from '../core/errors.ts';
import type { Mat4, Vec3 } from '../core/geometry.ts';
import { worldFromLookAt } from '../core/look-at.ts';
import { transformPoint } from '../core/matrix.ts';
import { atan2, DEGREE } from '../core/portable-math.ts';
import { requireRange } from './require-range.ts';
import { directionFromAngles } from './sample-place.ts';
import type { Sampler } from './sampler.ts';

/** A view as its mount holds it; the roll is that of the mount, degrees. */
export type MountedView = Readonly<{ position: Vec3; target: Vec3; rollDegrees: number }>;

const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** A view from a node: its target lies 1 m ahead, and its roll is what keeps the node’s up in the image. */
export function mountCamera(
  sampler: Sampler,
  spec: MountSpec,
  { worldFromNode, attempt }: Readonly<{ worldFromNode: Mat4; attempt: number }>,
): MountedView {
  const path = 'camera.pose';
  const drawn = (name: 'yawDegrees' | 'pitchDegrees'): number =>
    sampler.number(spec[name], `${path}.${name}`, attempt);
  const [yaw, pitch] = [drawn('yawDegrees'), drawn('pitchDegrees')];
  requireRange(pitch, `${path}.pitchDegrees`, [-90, 90]);
  const place = sampler.vec3(spec.positionMeters, `${path}.positionMeters`, attempt);
  const position = transformPoint(worldFromNode, place);
  const forward = turned(worldFromNode, directionFromAngles(yaw, pitch), path);
  const up = turned(worldFromNode, directionFromAngles(yaw, pitch + 90), path);
  const target: Vec3 = [
    position[0] + forward[0],
    position[1] + forward[1],
    position[2] + forward[2],
  ];
  return { position, target, rollDegrees: rollOf({ position, target, forward, up }) };
}

/** A direction of the node in the world, a unit vector. */
function turned(matrix: Mat4, direction: Vec3, path: string): Vec3 {
  const origin = transformPoint(matrix, [0, 0, 0]);
  const end = transformPoint(matrix, direction);
  const way: Vec3 = [end[0] - origin[0], end[1] - origin[1], end[2] - origin[2]];
  const length = Math.sqrt(dot(way, way));
  if (length > 1e-12) return [way[0] / length, way[1] / length, way[2] / length];
  throw new SamplingError(`${path}.node: its scale is 0, so that it has no front`);
}

/** What turns a level camera until `up` is up in its image (clockwise as seen from behind it), degrees. */
function rollOf({
  position,
  target,
  forward,
  up,
}: Readonly<Record<'position' | 'target' | 'forward' | 'up', Vec3>>): number {
  const level = worldFromLookAt(position, target, 0);
  const column = (k: 0 | 1): Vec3 => [level[k] ?? NaN, level[k + 4] ?? NaN, level[k + 8] ?? NaN];
  const right: Vec3 = [
    forward[1] * up[2] - forward[2] * up[1],
    forward[2] * up[0] - forward[0] * up[2],
    forward[0] * up[1] - forward[1] * up[0],
  ];
  return atan2(dot(right, column(1)), dot(right, column(0))) / DEGREE;
}
