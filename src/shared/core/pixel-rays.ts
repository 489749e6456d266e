import type { Distortion, Intrinsics, Size } from './geometry.ts';
import { createPlace } from './lens-place.ts';
import { lensOf } from './lens.ts';

/**
 * The rays of the centres of an image's pixels at depth 1, by column and row: a pixel's point is
 * (x·depth, y·depth, z·depth) in the camera's frame (labels.md §1, §8). z is 1; through a wide lens, whose depth is
 * along the ray, the three are a unit vector, and NaN outside of its image circle.
 */
export type PixelRays = Readonly<{
  x: (u: number, v: number) => number;
  y: (u: number, v: number) => number;
  z: (u: number, v: number) => number;
  /** Metres of range for each metre of depth. */
  length: (u: number, v: number) => number;
}>;

type Bent = Intrinsics & Readonly<{ distortion: Distortion }>;

/** Rays through a lens are found by iteration, so those of the last camera are kept. */
let last: Readonly<{ key: string; rays: PixelRays }> | null = null;

/**
 * The rays of an image.
 * @throws RangeError where the lens does not fill the image, nor is said to have an image circle.
 */
export function pixelRays(intrinsics: Intrinsics, size: Size): PixelRays {
  const { fx, fy, cx, cy, distortion } = intrinsics;
  const planar = (x: PixelRays['x'], y: PixelRays['y']): PixelRays => {
    const length = (u: number, v: number): number => {
      const [rayX, rayY] = [x(u, v), y(u, v)];
      return Math.sqrt(1 + rayX * rayX + rayY * rayY);
    };
    return { x, y, z: () => 1, length };
  };
  if (distortion === undefined)
    return planar(
      (u) => (u + 0.5 - cx) / fx,
      (_, v) => (v + 0.5 - cy) / fy,
    );
  const key = JSON.stringify([intrinsics, size.width, size.height]);
  if (last?.key === key) return last.rays;
  const { width } = size;
  const table = rayTable({ ...intrinsics, distortion }, size);
  const at = (axis: 0 | 1 | 2) => (u: number, v: number) =>
    table[(v * width + u) * 3 + axis] ?? NaN;
  const rays: PixelRays = distortion.wide
    ? { x: at(0), y: at(1), z: at(2), length: () => 1 }
    : planar(at(0), at(1));
  last = { key, rays };
  return rays;
}

function rayTable({ distortion, fx, fy, cx, cy }: Bent, { width, height }: Size): Float64Array {
  const lens = lensOf(distortion);
  const table = new Float64Array(width * height * 3).fill(NaN);
  const place = createPlace();
  for (let v = 0, at = 0; v < height; v++) {
    for (let u = 0; u < width; u++, at += 3) {
      place.bentX = (u + 0.5 - cx) / fx;
      place.bentY = (v + 0.5 - cy) / fy;
      if (!lens.unbend(place)) {
        if (distortion.imageCircleDegrees !== undefined) continue;
        const expected = 'expected a lens that fills the image';
        throw new RangeError(`${expected}, found no ray of pixel (${u}, ${v})`);
      }
      table[at] = place.x;
      table[at + 1] = place.y;
      table[at + 2] = place.z;
    }
  }
  return table;
}
