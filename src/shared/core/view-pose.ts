import type { Mat4, Vec3 } from './geometry.ts';
import { cos, DEGREE, sin } from './portable-math.ts';

/** Where a view of a rig looks from, in the frame of the rig's camera (OpenCV axes). */
export type ViewPose = Readonly<{
  positionMeters: Vec3;
  /** To the right, then up, then clockwise as seen from behind. */
  yawDegrees: number;
  pitchDegrees: number;
  rollDegrees: number;
}>;

/** Maps a point of the view to the rig's camera: row-major, rigid; Ry(yaw) · Rx(pitch) · Rz(roll) and the position. */
export function cameraFromView({
  positionMeters: [x, y, z],
  yawDegrees,
  pitchDegrees,
  rollDegrees,
}: ViewPose): Mat4 {
  const [cy, sy] = [cos(yawDegrees * DEGREE), sin(yawDegrees * DEGREE)];
  const [cp, sp] = [cos(pitchDegrees * DEGREE), sin(pitchDegrees * DEGREE)];
  const [cr, sr] = [cos(rollDegrees * DEGREE), sin(rollDegrees * DEGREE)];
  return [
    ...[cy * cr + sy * sp * sr, sy * sp * cr - cy * sr, sy * cp, x],
    ...[cp * sr, cp * cr, -sp, y],
    ...[cy * sp * sr - sy * cr, sy * sr + cy * sp * cr, cy * cp, z],
    ...[0, 0, 0, 1],
  ];
}
