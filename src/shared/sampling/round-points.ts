import type { RoundValue } from '../config/value-types.ts';
import type { Vec3 } from '../core/geometry.ts';
import { cos, pow, sin, TAU } from '../core/portable-math.ts';

/** The point of a round shape that three numbers in [0, 1) stand for: even ones give even points. */
export function pointInRound(
  shape: RoundValue,
  radius: number,
  [u, v, w]: readonly [number, number, number],
): Vec3 {
  const [x, y, z] = unitPoint(shape, [u, v, w]);
  const { center } = shape;
  return [center[0] + radius * x, center[1] + radius * y, center[2] + radius * z];
}

function unitPoint(shape: RoundValue, [u, v, w]: readonly [number, number, number]): Vec3 {
  switch (shape.kind) {
    case 'sphere':
      return onSphere(2 * u - 1, v);
    case 'hemisphere':
      return turnToAxis(onSphere(u, v), shape.axis);
    case 'ball': {
      // The volume inside of a radius grows with its cube.
      const r = pow(w, 1 / 3);
      const [x, y, z] = onSphere(2 * u - 1, v);
      return [r * x, r * y, r * z];
    }
    case 'disc': {
      // The area inside of a radius grows with its square.
      const r = Math.sqrt(u);
      return turnToAxis([r * sin(v * TAU), 0, r * cos(v * TAU)], shape.axis);
    }
  }
}

/** The point of the unit sphere at height y: even heights give even points (Archimedes). */
function onSphere(y: number, v: number): Vec3 {
  const r = Math.sqrt((1 - y) * (1 + y));
  return [r * sin(v * TAU), y, r * cos(v * TAU)];
}

/** Turns +Y to the axis, the shortest way; −Y takes half a turn about X. */
export function turnToAxis([x, y, z]: Vec3, axis: Vec3): Vec3 {
  const length = Math.sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
  const [ax, ay, az] = [axis[0] / length, axis[1] / length, axis[2] / length];
  if (ay <= -1) return [x, -y, -z];
  // Rodrigues' formula about (az, 0, −ax), whose length is the sine of the angle and ay its cosine.
  const k = (az * x - ax * z) / (1 + ay);
  return [ay * x + ax * y + az * k, ay * y - ax * x - az * z, ay * z + az * y - ax * k];
}
