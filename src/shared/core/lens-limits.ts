import type { Distortion, Intrinsics, Size } from './geometry.ts';
import { kannalaBrandtOf } from './kannala-brandt.ts';
import { lensOf } from './lens.ts';
import { rayAt } from './pinhole.ts';
import { cos, DEGREE } from './portable-math.ts';

/** A picture of a plane cannot show more: tan 80°. Wider lenses look through the faces of a cube. */
export const WIDEST_TANGENT = 5.671281819617709;
const WIDEST_COSINE = cos(80 * DEGREE);

/**
 * Intrinsics that say whether their lens is wide: a fisheye whose image shows rays beyond 80° from the axis, or that
 * has an image circle.
 */
export function sayWhetherWide(intrinsics: Intrinsics, size: Size): Intrinsics {
  const { distortion } = intrinsics;
  if (distortion?.model !== 'kannala-brandt') return intrinsics;
  const wide = { ...intrinsics, distortion: { ...distortion, wide: true as const } };
  const isWide =
    distortion.imageCircleDegrees !== undefined ||
    [...edgeOf(size)].some(([x, y]) => (rayAt(wide, x, y)?.[2] ?? 1) < WIDEST_COSINE);
  return isWide ? wide : intrinsics;
}

/**
 * What is wrong with a lens for an image: it folds inside of it, so that places would show two rays or none, or
 * its rays are too wide for it. What holds for the edge of the image holds inside. Null where nothing is.
 */
export function lensFault(intrinsics: Intrinsics, size: Size): string | null {
  const { distortion } = intrinsics;
  if (distortion === undefined) return null;
  if (distortion.imageCircleDegrees !== undefined) return circleFault(distortion);
  for (const [x, y] of edgeOf(size)) {
    const ray = rayAt(intrinsics, x, y);
    if (ray === null) return foldFault({ ...intrinsics, distortion }, [x, y]);
    if (distortion.wide) continue;
    if (Math.sqrt(ray[0] * ray[0] + ray[1] * ray[1]) > WIDEST_TANGENT)
      return `expected rays within 80° of the axis, found a wider one at (${x.toFixed(1)}, ${y.toFixed(1)})`;
  }
  return null;
}

/** An image circle ends where the lens folds, or before. */
function circleFault({ coefficients, imageCircleDegrees }: Distortion): string | null {
  const most = (2 * kannalaBrandtOf(coefficients, Math.PI).foldAngle) / DEGREE;
  if (imageCircleDegrees === undefined || imageCircleDegrees <= most + 1e-9) return null;
  return `expected an image circle of at most ${most.toFixed(2)}°, where the lens folds, found ${imageCircleDegrees}°`;
}

type Bent = Required<Pick<Intrinsics, 'fx' | 'cx' | 'cy'>> & Readonly<{ distortion: Distortion }>;

function foldFault({ fx, cx, cy, distortion }: Bent, [x, y]: readonly [number, number]): string {
  const away = Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)).toFixed(1);
  const place = `the image reaches to ${away} pixels from the principal point at (${x.toFixed(1)}, ${y.toFixed(1)})`;
  if (distortion.model === 'equirectangular')
    return `expected at most 360° across and 180° down, found more; ${place}`;
  const circle =
    distortion.model === 'kannala-brandt'
      ? '; where the image circle of the lens is smaller than the image, say so by camera.lens.distortion.imageCircle'
      : '';
  if (distortion.wide) {
    const { foldAngle } = kannalaBrandtOf(distortion.coefficients, Math.PI);
    return `expected a lens that shows a ray at each place, found one that ends ${(foldAngle / DEGREE).toFixed(2)}° from the axis; ${place}${circle}`;
  }
  const { foldRadius, foldBentRadius } = lensOf(distortion);
  return foldRadius === Infinity
    ? `expected a lens that shows a ray within 90° of the axis at each place, found one that does not; ${place}${circle}`
    : `expected a lens that does not fold inside the image, found one that folds at radius ${foldRadius.toPrecision(4)} (of the image plane at distance 1), ${(fx * foldBentRadius).toFixed(1)} pixels from the principal point; ${place}${circle}`;
}

/** Points along the edge of an image, a pixel from each other. */
function* edgeOf({ width, height }: Size): Generator<readonly [number, number]> {
  for (let x = 0; x <= width; x++) for (const y of [0, height]) yield [x, y];
  for (let y = 0; y <= height; y++) for (const x of [0, width]) yield [x, y];
}
