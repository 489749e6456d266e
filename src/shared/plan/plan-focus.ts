import type { Intrinsics } from '../core/geometry.ts';
import type { CameraSample } from '../sampling/scene-sample.ts';
import type { FramePlan } from './frame-plan.ts';

/**
 * The lens of a camera that is focused at a distance. Its image lies v = fx · pixel pitch behind it, so that
 * its focal length is f = v·s / (v + s) by the thin lens's 1/f = 1/v + 1/s, and its radius f / (2 N). A point
 * at depth d is then a disc of 2 · radius · fx · |1/d − 1/s| pixels across.
 */
export function planFocus(
  { distanceMeters, sensorWidthMillimeters, aperture }: NonNullable<CameraSample['focus']>,
  { intrinsics, widthPixels }: Readonly<{ intrinsics: Intrinsics; widthPixels: number }>,
): NonNullable<FramePlan['camera']['focus']> {
  const imageDistance = (intrinsics.fx * sensorWidthMillimeters) / 1000 / widthPixels;
  const focalLength = (imageDistance * distanceMeters) / (imageDistance + distanceMeters);
  return { distanceMeters, lensRadiusMeters: focalLength / (2 * aperture) };
}
