import type { Intrinsics, Size } from './geometry.ts';
import { lensOf } from './lens.ts';
import { rayAt } from './pinhole.ts';

/** A picture of a plane cannot show more: tan 80°. Wider lenses would need rays that it has no place for. */
export const WIDEST_TANGENT = 5.671281819617709;

/**
 * What is wrong with a lens for an image: it folds inside of it, so that places would show two rays or none, or
 * its rays are too wide. What holds for the edge of the image holds inside. Null where nothing is.
 */
export function lensFault(intrinsics: Intrinsics, size: Size): string | null {
  const { distortion } = intrinsics;
  if (distortion === undefined) return null;
  for (const [x, y] of edgeOf(size)) {
    const ray = rayAt(intrinsics, x, y);
    if (ray === null) return foldFault({ ...intrinsics, distortion }, [x, y]);
    if (Math.sqrt(ray[0] * ray[0] + ray[1] * ray[1]) > WIDEST_TANGENT)
      return `expected rays within 80° of the axis, found a wider one at (${x.toFixed(1)}, ${y.toFixed(1)})`;
  }
  return null;
}

function foldFault(
  { fx, cx, cy, distortion }: Required<Pick<Intrinsics, 'fx' | 'cx' | 'cy' | 'distortion'>>,
  [x, y]: readonly [number, number],
): string {
  const away = Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)).toFixed(1);
  const place = `the image reaches to ${away} pixels from the principal point at (${x.toFixed(1)}, ${y.toFixed(1)})`;
  if (distortion === undefined) return place;
  const { foldRadius, foldBentRadius } = lensOf(distortion);
  return foldRadius === Infinity
    ? `expected a lens that shows a ray within 90° of the axis at each place, found one that does not; ${place}`
    : `expected a lens that does not fold inside the image, found one that folds at radius ${foldRadius.toPrecision(4)} (of the image plane at distance 1), ${(fx * foldBentRadius).toFixed(1)} pixels from the principal point; ${place}`;
}

/** Points along the edge of an image, a pixel from each other. */
function* edgeOf({ width, height }: Size): Generator<readonly [number, number]> {
  for (let x = 0; x <= width; x++) for (const y of [0, height]) yield [x, y];
  for (let y = 0; y <= height; y++) for (const x of [0, width]) yield [x, y];
}
