import type { Intrinsics, Size } from '../core/geometry.ts';
import { rayAt } from '../core/pinhole.ts';
import type { PixelRect } from './guard-band.ts';
import type { FaceLook } from './ray-faces.ts';
import { cameraFromSide, placesIn, raysBySide, SIDES } from './sides-of-cube.ts';

/** Pixels of a face that its image may reach over its edge: a filter's, and half of a pixel of the image. */
const MARGIN = 8;
const LARGEST_SIDE = 16384;

/** Unit directions of the centres of a rectangle's pixels through a wide lens, [h, w, 3]; NaN where it shows nothing. */
export function wideDirections(
  intrinsics: Intrinsics,
  [left, top, width, height]: PixelRect,
): Float64Array {
  const directions = new Float64Array(width * height * 3).fill(NaN);
  for (let i = 0; i < width * height; i++) {
    const [u, v] = [left + (i % width), top + Math.floor(i / width)];
    const ray = rayAt(intrinsics, u + 0.5, v + 0.5);
    if (ray) directions.set(ray, i * 3);
  }
  return directions;
}

/**
 * The pictures in which the colour of an image is looked up: those sides of a cube that its pixels look through,
 * √2 pixels for each of the image where it is finest.
 * @param directions [H, W, 3] of the image's pixels.
 * @throws RangeError where one would be too large.
 */
export function colorFaces(directions: Float64Array, size: Size): readonly FaceLook[] {
  const scale = Math.SQRT2 / leastStep(directions, size);
  return raysBySide(directions).flatMap((rays, number) => {
    const side = SIDES[number];
    if (side === undefined || rays.length === 0) return [];
    const { left, top, across, down } = placesIn(side, directions, rays);
    const sourceSize = {
      width: Math.ceil(across * scale) + 2 * MARGIN,
      height: Math.ceil(down * scale) + 2 * MARGIN,
    };
    if (Math.max(sourceSize.width, sourceSize.height) > LARGEST_SIDE)
      throw new RangeError(
        `expected faces of at most ${LARGEST_SIDE} pixels a side, found ${sourceSize.width}×${sourceSize.height}: make the image smaller`,
      );
    const [cx, cy] = [MARGIN - left * scale, MARGIN - top * scale];
    const sourceIntrinsics = { fx: scale, fy: scale, cx, cy };
    return [{ cameraFromFace: cameraFromSide(side), sourceIntrinsics, sourceSize }];
  });
}

/** The least angle, radians, of the larger of a pixel's two steps: about the pole of a globe one of them is none. */
function leastStep(directions: Float64Array, { width, height }: Size): number {
  let least = Infinity;
  const step = (from: number, to: number): number => {
    let sum = 0;
    for (let axis = 0; axis < 3; axis++) {
      const part = (directions[to * 3 + axis] ?? NaN) - (directions[from * 3 + axis] ?? NaN);
      sum += part * part;
    }
    return Math.sqrt(sum);
  };
  for (let v = 0; v + 1 < height; v++)
    for (let u = 0; u + 1 < width; u++) {
      const at = v * width + u;
      const larger = Math.max(step(at, at + 1), step(at, at + width));
      if (larger < least) least = larger;
    }
  return least === Infinity ? 1 : least;
}
