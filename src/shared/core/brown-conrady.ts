import { createPlace, type LensPlace } from './lens-place.ts';

/** Places where the radial part is looked at, from the axis to infinity. */
const RADIAL_STEPS = 4096;
const HALVINGS = 60;
/** Newton's method doubles its digits at each step; near a fold it is slower. */
const NEWTON_STEPS = 60;
/** Of a place in the image plane at distance 1: far below a billionth of a pixel. */
const CONVERGED = 1e-14;
const ACCEPTED = 1e-11;
/** Of a step that leads too far. */
const SMALLEST_SHARE = 1e-9;

/** A lens of the model of Brown and Conrady, ready to be computed with. */
export type BrownConrady = Readonly<{
  k1: number;
  k2: number;
  p1: number;
  p2: number;
  k3: number;
  k4: number;
  k5: number;
  k6: number;
  s1: number;
  s2: number;
  s3: number;
  s4: number;
  /** Where the radial part stops to grow, in the image plane at distance 1; Infinity where it never does. */
  foldRadius: number;
}>;

/** A lens by coefficients in OpenCV's order; those that are left out at the end are 0. */
export function brownConradyOf(coefficients: readonly number[]): BrownConrady {
  const [k1 = 0, k2 = 0, p1 = 0, p2 = 0, k3 = 0, k4 = 0, k5 = 0, k6 = 0] = coefficients;
  const [s1 = 0, s2 = 0, s3 = 0, s4 = 0] = coefficients.slice(8);
  const radial = { k1, k2, k3, k4, k5, k6 };
  const foldRadius = foldRadiusOf({ ...radial, p1: 0, p2: 0, s1: 0, s2: 0, s3: 0, s4: 0 });
  return { ...radial, p1, p2, s1, s2, s3, s4, foldRadius };
}

/**
 * Bends a place of the image plane at distance 1. With r² = x² + y² and
 * g = (1 + k1·r² + k2·r⁴ + k3·r⁶) / (1 + k4·r² + k5·r⁴ + k6·r⁶):
 * x·g + 2·p1·x·y + p2·(r² + 2x²) + s1·r² + s2·r⁴ and y·g + p1·(r² + 2y²) + 2·p2·x·y + s3·r² + s4·r⁴
 * (OpenCV, camera calibration and 3D reconstruction, “Detailed description”).
 */
export function distort(lens: Omit<BrownConrady, 'foldRadius'>, at: LensPlace): void {
  const { k1, k2, p1, p2, k3, k4, k5, k6, s1, s2, s3, s4 } = lens;
  const { x, y } = at;
  const r2 = x * x + y * y;
  const top = 1 + r2 * (k1 + r2 * (k2 + r2 * k3));
  const bottom = 1 + r2 * (k4 + r2 * (k5 + r2 * k6));
  const g = top / bottom;
  // Derivatives by r².
  const dTop = k1 + r2 * (2 * k2 + r2 * 3 * k3);
  const dBottom = k4 + r2 * (2 * k5 + r2 * 3 * k6);
  const dg = (dTop - g * dBottom) / bottom;
  const prismX = s1 + 2 * s2 * r2;
  const prismY = s3 + 2 * s4 * r2;
  const mixed = 2 * x * y * dg + 2 * p1 * x + 2 * p2 * y;
  at.bentX = x * g + 2 * p1 * x * y + p2 * (r2 + 2 * x * x) + r2 * (s1 + s2 * r2);
  at.bentY = y * g + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y + r2 * (s3 + s4 * r2);
  at.xByX = g + 2 * x * x * dg + 2 * p1 * y + 6 * p2 * x + 2 * x * prismX;
  at.xByY = mixed + 2 * y * prismX;
  at.yByX = mixed + 2 * x * prismY;
  at.yByY = g + 2 * y * y * dg + 6 * p1 * y + 2 * p2 * x + 2 * y * prismY;
}

/** Whether a lens shows a place that it has bent: before the fold, and not turned inside out. */
export function isShown({ foldRadius }: BrownConrady, at: LensPlace): boolean {
  if (!(at.x * at.x + at.y * at.y < foldRadius * foldRadius)) return false;
  return Number.isFinite(at.bentX) && Number.isFinite(at.bentY) && determinantOf(at) > 0;
}

/**
 * Finds the place that is bent to `bentX`, `bentY`, by Newton's method; it never leaves the part before the fold.
 * @returns false where there is none, or it was not found.
 */
export function undistort(lens: BrownConrady, at: LensPlace): boolean {
  const { bentX, bentY } = at;
  const { foldRadius } = lens;
  const radius = Math.sqrt(bentX * bentX + bentY * bentY);
  // Drawn in where it lies behind the fold.
  const start = radius < foldRadius * 0.9 ? 1 : (foldRadius * 0.9) / radius;
  at.x = bentX * start;
  at.y = bentY * start;
  distort(lens, at);
  let error = Math.abs(at.bentX - bentX) + Math.abs(at.bentY - bentY);
  for (let step = 0; step < NEWTON_STEPS && error > CONVERGED; step++) {
    const det = determinantOf(at);
    if (!(det > 0)) return false;
    const { x, y } = at;
    const [missingX, missingY] = [bentX - at.bentX, bentY - at.bentY];
    const stepX = (at.yByY * missingX - at.xByY * missingY) / det;
    const stepY = (at.xByX * missingY - at.yByX * missingX) / det;
    let next = error;
    let share = 1;
    for (; share > SMALLEST_SHARE; share /= 2) {
      at.x = x + share * stepX;
      at.y = y + share * stepY;
      distort(lens, at);
      next = Math.abs(at.bentX - bentX) + Math.abs(at.bentY - bentY);
      if (next < error && isShown(lens, at)) break;
    }
    if (share > SMALLEST_SHARE) {
      error = next;
      continue;
    }
    // No step is better: what is left is rounding, or there is no such place.
    at.x = x;
    at.y = y;
    distort(lens, at);
    break;
  }
  return error <= ACCEPTED * (1 + Math.abs(bentX) + Math.abs(bentY)) && isShown(lens, at);
}

const determinantOf = (at: LensPlace): number => at.xByX * at.yByY - at.xByY * at.yByX;

/**
 * The radius at which r·g(r²) stops to grow, or its denominator vanishes: the derivative has the sign of
 * g + 2·r²·g', which is looked at from the axis outwards.
 */
function foldRadiusOf(radial: Omit<BrownConrady, 'foldRadius'>): number {
  const { k4, k5, k6 } = radial;
  const at = (step: number): number => step / (RADIAL_STEPS - step);
  const place = createPlace();
  const grows = (r: number): boolean => {
    place.x = r;
    distort(radial, place);
    return 1 + r * r * (k4 + r * r * (k5 + r * r * k6)) > 0 && place.xByX > 0;
  };
  for (let i = 1; i < RADIAL_STEPS; i++) {
    if (grows(at(i))) continue;
    let [low, high] = [at(i - 1), at(i)];
    for (let k = 0; k < HALVINGS; k++) {
      const middle = (low + high) / 2;
      if (grows(middle)) low = middle;
      else high = middle;
    }
    return low;
  }
  return Infinity;
}
