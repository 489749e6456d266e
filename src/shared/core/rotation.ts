import { multiplyQuaternions } from './clip.ts';
import type { Quat, Vec3 } from './geometry.ts';
import { atan2, cos, DEGREE, sin, TAU } from './portable-math.ts';

/** Turns about x, then the new y, then the new z: degrees in, [w, x, y, z] out. */
export function eulerQuaternion([x, y, z]: Vec3): Quat {
  const half = (degrees: number): readonly [number, number] => [
    cos((degrees * DEGREE) / 2),
    sin((degrees * DEGREE) / 2),
  ];
  const [[cx, sx], [cy, sy], [cz, sz]] = [half(x), half(y), half(z)];
  return multiplyQuaternions(multiplyQuaternions([cx, sx, 0, 0], [cy, 0, sy, 0]), [cz, 0, 0, sz]);
}

/**
 * The rotation that three numbers in [0, 1) stand for: uniform over SO(3) where they are uniform and
 * independent (Shoemake, “Uniform random rotations”, Graphics Gems III, 1992). Unit quaternion [w, x, y, z].
 */
export function rotationAt([u1, u2, u3]: Vec3): Quat {
  const [a, b] = [Math.sqrt(1 - u1), Math.sqrt(u1)];
  const [t2, t3] = [u2 * TAU, u3 * TAU];
  return [b * cos(t3), a * sin(t2), a * cos(t2), b * sin(t3)];
}

/** The angle of a rotation, whichever of its two quaternions stands for it: radians, 0..π. */
export function rotationAngle([w, x, y, z]: Quat): number {
  return 2 * atan2(Math.sqrt(x * x + y * y + z * z), Math.abs(w));
}

/**
 * A rotation as configs write one: turns in degrees, or a quaternion, which is brought to length 1 unless
 * it has that to the last digits.
 */
export function quaternionFrom(q: Vec3 | Quat): Quat {
  if (q.length === 3) return eulerQuaternion(q);
  const length = Math.sqrt(q.reduce((sum, x) => sum + x * x, 0));
  if (Math.abs(length - 1) < 1e-12) return q;
  const [w, x, y, z] = q;
  return [w / length, x / length, y / length, z / length];
}
