import type { Distortion, Intrinsics, Size } from './geometry.ts';
import { createPlace } from './lens-place.ts';
import { lensOf } from './lens.ts';

/**
 * The rays of the centres of an image's pixels at depth 1, by column and row: a pixel's point is
 * (x·depth, y·depth, depth) in the camera's frame (labels.md §1, §8).
 */
export type PixelRays = Readonly<{
  x: (u: number, v: number) => number;
  y: (u: number, v: number) => number;
}>;

type Bent = Intrinsics & Readonly<{ distortion: Distortion }>;

/** Rays through a lens are found by iteration, so those of the last camera are kept. */
let last: Readonly<{ key: string; rays: PixelRays }> | null = null;

/**
 * The rays of an image.
 * @throws RangeError where the lens does not fill the image.
 */
export function pixelRays(intrinsics: Intrinsics, size: Size): PixelRays {
  const { fx, fy, cx, cy, distortion } = intrinsics;
  if (distortion === undefined)
    return { x: (u) => (u + 0.5 - cx) / fx, y: (_, v) => (v + 0.5 - cy) / fy };
  const key = JSON.stringify([intrinsics, size.width, size.height]);
  if (last?.key === key) return last.rays;
  const { width } = size;
  const table = rayTable({ ...intrinsics, distortion }, size);
  const rays: PixelRays = {
    x: (u, v) => table[(v * width + u) * 2] ?? NaN,
    y: (u, v) => table[(v * width + u) * 2 + 1] ?? NaN,
  };
  last = { key, rays };
  return rays;
}

function rayTable({ distortion, fx, fy, cx, cy }: Bent, { width, height }: Size): Float64Array {
  const lens = lensOf(distortion);
  const table = new Float64Array(width * height * 2);
  const place = createPlace();
  for (let v = 0, at = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      place.bentX = (u + 0.5 - cx) / fx;
      place.bentY = (v + 0.5 - cy) / fy;
      if (!lens.unbend(place)) {
        const expected = 'expected a lens that fills the image';
        throw new RangeError(`${expected}, found no ray of pixel (${u}, ${v})`);
      }
      table[at++] = place.x;
      table[at++] = place.y;
    }
  }
  return table;
}
