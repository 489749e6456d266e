import type { LensPlace } from './lens-place.ts';
import { atan2, cos, sin } from './portable-math.ts';

/** Halves of the way round and of the way over, radians, with room for the rounding of a picture's very edge. */
const SEAM = Math.PI * (1 + 1e-12);
const POLE = SEAM / 2;

/** From a ray, x, y and z, to its longitude (to the right of the axis) and latitude (below it), radians. */
export function bendToGlobe(at: LensPlace): boolean {
  at.bentX = atan2(at.x, at.z);
  at.bentY = atan2(at.y, Math.sqrt(at.x * at.x + at.z * at.z));
  return true;
}

/** The way back, to a unit vector. @returns false beyond the seam and beyond the poles. */
export function unbendFromGlobe(at: LensPlace): boolean {
  const { bentX: longitude, bentY: latitude } = at;
  if (!(Math.abs(longitude) <= SEAM && Math.abs(latitude) <= POLE)) return false;
  at.x = sin(longitude) * cos(latitude);
  at.y = sin(latitude);
  at.z = cos(longitude) * cos(latitude);
  return true;
}
