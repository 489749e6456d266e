import type { RoundValue } from '../config/value-types.ts';
import type { Quat, Vec3 } from '../core/geometry.ts';
import { acos, sin, TAU } from '../core/portable-math.ts';
import { rotationAngle } from '../core/rotation.ts';
import type { DrawnValue } from '../sampling/scene-sample.ts';
import { turnToAxis } from '../sampling/round-points.ts';
import type { SpreadForm } from './spread-form.ts';

/**
 * What is uniform of a point of a round shape, whatever its radius: of a sphere or ball the height of its
 * direction, of a hemisphere that along the axis (Archimedes), of a disc the angle to a line in it.
 */
export function roundForm(shape: RoundValue): SpreadForm {
  const share = shareOf(shape);
  return {
    range: null,
    transform: (value: DrawnValue) => {
      const [x, y, z] = value as Vec3;
      const { center } = shape;
      const away: Vec3 = [x - center[0], y - center[1], z - center[2]];
      const length = Math.sqrt(dot(away, away));
      if (length === 0) return null;
      return share([away[0] / length, away[1] / length, away[2] / length]);
    },
  };
}

/** What is uniform of a rotation that is uniform over SO(3): (θ − sin θ)/π of its angle θ (Miles 1965). */
export function rotationForm(): SpreadForm {
  return {
    range: null,
    transform: (value: DrawnValue) => {
      const angle = rotationAngle(value as Quat);
      return within((angle - sin(angle)) / (TAU / 2));
    },
  };
}

const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const within = (x: number): number => Math.min(1, Math.max(0, x));

function shareOf(shape: RoundValue): (direction: Vec3) => number {
  switch (shape.kind) {
    case 'sphere':
    case 'ball':
      return ([, y]) => within((y + 1) / 2);
    case 'hemisphere': {
      const axis = turnToAxis([0, 1, 0], shape.axis);
      return (direction) => within(dot(direction, axis));
    }
    case 'disc': {
      const line = turnToAxis([0, 0, 1], shape.axis);
      return (direction) => acos(Math.min(1, Math.max(-1, dot(direction, line)))) / (TAU / 2);
    }
  }
}
