import { brownConradyOf, distort, isShown, undistort } from './brown-conrady.ts';
import { bendToGlobe, unbendFromGlobe } from './equirectangular.ts';
import type { Distortion } from './geometry.ts';
import {
  bendFisheye,
  bendWideFisheye,
  kannalaBrandtOf,
  unbendFisheye,
  unbendWideFisheye,
} from './kannala-brandt.ts';
import { createPlace, type LensPlace } from './lens-place.ts';
import { DEGREE, tan } from './portable-math.ts';

/** A lens that bends, ready to be computed with. */
export type Lens = Readonly<{
  /** From `x`, `y` (of a wide lens `z` too) to `bentX`, `bentY`; false where the lens does not show the place. */
  bend: (at: LensPlace) => boolean;
  /** From `bentX`, `bentY` to `x`, `y` (of a wide lens `z` too); false where nothing is seen there. */
  unbend: (at: LensPlace) => boolean;
  /** Where it ends to show: in the image plane at distance 1, and at focal length 1 in the image; Infinity: nowhere. */
  foldRadius: number;
  foldBentRadius: number;
}>;

const known = new WeakMap<Distortion, Lens>();

/** The lens of some coefficients; made once for them. */
export function lensOf(distortion: Distortion): Lens {
  const found = known.get(distortion);
  if (found) return found;
  const made = makeLens(distortion);
  known.set(distortion, made);
  return made;
}

function makeLens(distortion: Distortion): Lens {
  const { model, coefficients, wide } = distortion;
  if (model === 'brown-conrady') return planeLens(coefficients);
  if (model === 'equirectangular') return GLOBE;
  return wide ? wideFisheyeLens(distortion) : fisheyeLens(coefficients);
}

const GLOBE: Lens = {
  bend: bendToGlobe,
  unbend: unbendFromGlobe,
  foldRadius: Infinity,
  foldBentRadius: Infinity,
};

/** Of which nothing is seen outside of the image circle, where there is one. */
function wideFisheyeLens({ coefficients, imageCircleDegrees }: Distortion): Lens {
  const whole = kannalaBrandtOf(coefficients, Math.PI);
  const circle = imageCircleDegrees === undefined ? Infinity : (imageCircleDegrees / 2) * DEGREE;
  const lens = { ...whole, foldAngle: Math.min(whole.foldAngle, circle) };
  return {
    bend: (at) => bendWideFisheye(lens, at),
    unbend: (at) => unbendWideFisheye(lens, at),
    foldRadius: Infinity,
    foldBentRadius: Infinity,
  };
}

function planeLens(coefficients: readonly number[]): Lens {
  const lens = brownConradyOf(coefficients);
  const { foldRadius } = lens;
  const fold = createPlace();
  fold.x = foldRadius;
  if (foldRadius < Infinity) distort(lens, fold);
  return {
    bend: (at) => {
      distort(lens, at);
      return isShown(lens, at);
    },
    unbend: (at) => undistort(lens, at),
    foldRadius,
    foldBentRadius: foldRadius < Infinity ? Math.abs(fold.bentX) : Infinity,
  };
}

function fisheyeLens(coefficients: readonly number[]): Lens {
  const lens = kannalaBrandtOf(coefficients);
  const foldRadius = lens.foldAngle < WIDEST ? tan(lens.foldAngle) : Infinity;
  const fold = createPlace();
  fold.x = foldRadius;
  if (foldRadius < Infinity) bendFisheye(lens, fold);
  return {
    bend: (at) => bendFisheye(lens, at),
    unbend: (at) => unbendFisheye(lens, at),
    foldRadius,
    foldBentRadius: foldRadius < Infinity ? fold.bentX : Infinity,
  };
}

/** Radians: rays at a right angle to the axis are in no plane before the camera. */
const WIDEST = 1.57;
