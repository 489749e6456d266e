import type { LensPlace } from './lens-place.ts';
import { atan, atan2, cos, sin, tan } from './portable-math.ts';

/** Angles at which the polynomial is looked at, from the axis to the widest. */
const ANGLE_STEPS = 4096;
const HALVINGS = 60;
const NEWTON_STEPS = 100;
const RIGHT_ANGLE = 1.5707963267948966;

/** A fisheye of the model of Kannala and Brandt as OpenCV has it, ready to be computed with. */
export type KannalaBrandt = Readonly<{
  k1: number;
  k2: number;
  k3: number;
  k4: number;
  /** Where the radius in the image stops to grow with the angle to the axis, radians; at most `widest`. */
  foldAngle: number;
}>;

/** A lens by k1..k4 in OpenCV's order. `widest`: the angle to the axis beyond which it is not looked at, radians. */
export function kannalaBrandtOf(
  coefficients: readonly number[],
  widest = RIGHT_ANGLE,
): KannalaBrandt {
  const [k1 = 0, k2 = 0, k3 = 0, k4 = 0] = coefficients;
  return { k1, k2, k3, k4, foldAngle: foldAngleOf({ k1, k2, k3, k4 }, widest) };
}

type Polynomial = Omit<KannalaBrandt, 'foldAngle'>;

/** θ_d = θ·(1 + k1·θ² + k2·θ⁴ + k3·θ⁶ + k4·θ⁸), the radius in the image at focal length 1. */
function radiusAt({ k1, k2, k3, k4 }: Polynomial, angle: number): number {
  const t = angle * angle;
  return angle * (1 + t * (k1 + t * (k2 + t * (k3 + t * k4))));
}

function slopeAt({ k1, k2, k3, k4 }: Polynomial, angle: number): number {
  const t = angle * angle;
  return 1 + t * (3 * k1 + t * (5 * k2 + t * (7 * k3 + t * 9 * k4)));
}

/** Bends a place of the image plane at distance 1. @returns false where the lens does not show it. */
export function bendFisheye(lens: KannalaBrandt, at: LensPlace): boolean {
  const radius = Math.sqrt(at.x * at.x + at.y * at.y);
  const angle = atan(radius);
  const share = radius === 0 ? 1 : radiusAt(lens, angle) / radius;
  at.bentX = at.x * share;
  at.bentY = at.y * share;
  return angle < lens.foldAngle;
}

/**
 * Finds the place of the image plane at distance 1 that is bent to `bentX`, `bentY`: Newton's method, kept between angles that are
 * too small and too large.
 * @returns false where there is none.
 */
export function unbendFisheye(lens: KannalaBrandt, at: LensPlace): boolean {
  const radius = Math.sqrt(at.bentX * at.bentX + at.bentY * at.bentY);
  if (!(radius < radiusAt(lens, lens.foldAngle))) return false;
  const angle = angleAt(lens, radius);
  const share = radius === 0 ? 1 : tan(angle) / radius;
  at.x = at.bentX * share;
  at.y = at.bentY * share;
  return angle < lens.foldAngle;
}

/** As {@link bendFisheye}, of a ray into any direction: x, y and z of it. */
export function bendWideFisheye(lens: KannalaBrandt, at: LensPlace): boolean {
  const across = Math.sqrt(at.x * at.x + at.y * at.y);
  const angle = atan2(across, at.z);
  // Straight behind there is no side to which the ray would be bent.
  if (across === 0 && at.z <= 0) return false;
  const share = across === 0 ? 1 : radiusAt(lens, angle) / across;
  at.bentX = at.x * share;
  at.bentY = at.y * share;
  return angle < lens.foldAngle;
}

/** As {@link unbendFisheye}, of a ray into any direction; x, y and z become a unit vector. */
export function unbendWideFisheye(lens: KannalaBrandt, at: LensPlace): boolean {
  const radius = Math.sqrt(at.bentX * at.bentX + at.bentY * at.bentY);
  if (!(radius < radiusAt(lens, lens.foldAngle))) return false;
  const angle = angleAt(lens, radius);
  const share = radius === 0 ? 1 : sin(angle) / radius;
  at.x = at.bentX * share;
  at.y = at.bentY * share;
  at.z = cos(angle);
  return angle < lens.foldAngle;
}

/** The angle to the axis at a radius of the image, which is below that of the fold. */
function angleAt(lens: KannalaBrandt, radius: number): number {
  let low = 0;
  let high = lens.foldAngle;
  let angle = Math.min(radius, high);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const error = radiusAt(lens, angle) - radius;
    if (error === 0) break;
    if (error > 0) high = angle;
    else low = angle;
    const next = angle - error / slopeAt(lens, angle);
    const kept = next > low && next < high ? next : (low + high) / 2;
    if (kept === angle) break;
    angle = kept;
  }
  return angle;
}

function foldAngleOf(lens: Polynomial, widest: number): number {
  for (let i = 1; i <= ANGLE_STEPS; i++) {
    if (slopeAt(lens, (i * widest) / ANGLE_STEPS) > 0) continue;
    let [low, high] = [((i - 1) * widest) / ANGLE_STEPS, (i * widest) / ANGLE_STEPS];
    for (let k = 0; k < HALVINGS; k++) {
      const middle = (low + high) / 2;
      if (slopeAt(lens, middle) > 0) low = middle;
      else high = middle;
    }
    return low;
  }
  return widest;
}
