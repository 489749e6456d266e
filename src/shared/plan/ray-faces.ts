import type { Intrinsics, Mat4, Size } from '../core/geometry.ts';
import {
  cameraFromSide,
  directionIn,
  type Places,
  placesIn,
  raysBySide,
  type Side,
  SIDES,
} from './sides-of-cube.ts';

/** Pixels of a face around what is looked at. */
const MARGIN = 1;
const LARGEST_SIDE = 4096;
const MOST_FACES = 64;
/** Pixels for each ray that a face may have, and those that it may have whatever it holds. */
const PIXELS_PER_RAY = 64;
const FREE_PIXELS = 512 * 512;
/** By how much the scale grows from one attempt to the next. */
const GROWTH = 1.25;
/** Pixels at depth 1: as float32 has directions, they then are a 64th of a pixel apart. */
const FINEST_SCALE = 2 ** 18;

/**
 * A pinhole's picture that is drawn along given rays: a part of the face of a cube around the camera. Its camera
 * stands where that of the rays does, turned by `cameraFromFace`.
 */
export type RayFace = FaceLook &
  Readonly<{
    /** [h, w, 4]: unit direction, in the face's frame, of the ray that a pixel is drawn along, and 1; 0 where there is none. */
    rays: Float32Array;
    /** [h, w]: the number of that ray, −1 where there is none. */
    owners: Int32Array;
  }>;

/** What a face is a picture of. */
export type FaceLook = Readonly<{
  /** A rotation, of axes onto axes. */
  cameraFromFace: Mat4;
  /** Of a pinhole. */
  sourceIntrinsics: Intrinsics;
  sourceSize: Size;
}>;

/** Faces that hold rays, each in a pixel of its own. */
export type RayFaces = Readonly<{
  faces: readonly RayFace[];
  /** [N]: the face that a ray is in; {@link NO_FACE} where it has no direction. */
  faceOf: Uint8Array;
  /** [N]: its pixel there, counted row by row. */
  cellOf: Int32Array;
}>;

/** The face of what has no direction. */
export const NO_FACE = 255;

/**
 * The faces in which rays are drawn, those of a cube that any of them looks through, each cropped to what it holds
 * and so fine that no two rays share a pixel. Where rays crowd, as about the pole of a globe, those that find their
 * pixel taken have another, finer face to themselves.
 * @param directions [N, 3], unit vectors in the camera's frame (OpenCV's axes); NaN where there is no ray.
 * @throws RangeError where rays lie too close to be told apart.
 */
export function rayFacesOf(directions: Float64Array): RayFaces {
  const count = directions.length / 3;
  const faceOf = new Uint8Array(count).fill(NO_FACE);
  const cellOf = new Int32Array(count).fill(-1);
  const faces: RayFace[] = [];
  for (const [side, rays] of raysBySide(directions).entries()) {
    const cube = SIDES[side];
    for (let rest = rays; cube && rest.length > 0;) {
      if (faces.length === MOST_FACES) throw new RangeError(tooClose(`${MOST_FACES} faces`));
      const { face, left } = faceOfRays({ cube, rays: rest, directions });
      for (const [cell, ray] of face.owners.entries()) {
        if (ray < 0) continue;
        faceOf[ray] = faces.length;
        cellOf[ray] = cell;
      }
      faces.push(face);
      rest = left;
    }
  }
  return { faces, faceOf, cellOf };
}

const tooClose = (found: string): string =>
  `expected rays that fall into pixels of their own, found some too close together for ${found}: ask for fewer rays, or for none that look the same way`;

type Asked = Readonly<{ cube: Side; rays: Int32Array; directions: Float64Array }>;

/** A face that holds at least half of some rays, and those that it does not hold. */
function faceOfRays({
  cube,
  rays,
  directions,
}: Asked): Readonly<{ face: RayFace; left: Int32Array }> {
  const places = placesIn(cube, directions, rays);
  const { scale, sourceSize } = scaleOf(places);
  const [cx, cy] = [MARGIN - places.left * scale, MARGIN - places.top * scale];
  const pixels = sourceSize.width * sourceSize.height;
  const owners = new Int32Array(pixels).fill(-1);
  const asked = new Float32Array(pixels * 4);
  const left: number[] = [];
  for (const [i, ray] of rays.entries()) {
    const cell = cellAt(places, i, { scale, sourceSize });
    if ((owners[cell] ?? 0) >= 0) {
      left.push(ray);
      continue;
    }
    owners[cell] = ray;
    asked.set([...directionIn(cube, directions, ray), 1], cell * 4);
  }
  const sourceIntrinsics = { fx: scale, fy: scale, cx, cy };
  const cameraFromFace = cameraFromSide(cube);
  return {
    face: { cameraFromFace, sourceIntrinsics, sourceSize, rays: asked, owners },
    left: Int32Array.from(left),
  };
}

type Scale = Readonly<{ scale: number; sourceSize: Size }>;

/**
 * The least scale at which no two places share a pixel; where that would take too many pixels, one at which half of
 * them have theirs.
 */
function scaleOf(places: Places): Scale {
  const count = places.at.length / 2;
  const area = Math.max(places.across, 1e-9) * Math.max(places.down, 1e-9);
  const budget = Math.max(FREE_PIXELS, PIXELS_PER_RAY * count);
  let enough: Scale | null = null;
  // Two pixels for each, as a square grid has them at √2 pixels a step.
  const first = Math.min(Math.sqrt((2 * count) / area), FINEST_SCALE);
  for (let scale = first; ; scale *= GROWTH) {
    const sourceSize = sizeAt(places, scale);
    const { width, height } = sourceSize;
    const isTooLarge = Math.max(width, height) > LARGEST_SIDE || scale > FINEST_SCALE;
    if (enough !== null && (isTooLarge || width * height > budget)) return enough;
    if (isTooLarge) throw new RangeError(tooClose(`${width}×${height} pixels`));
    const held = countHeld(places, { scale, sourceSize });
    if (held === count) return { scale, sourceSize };
    if (held * 2 >= count) enough ??= { scale, sourceSize };
  }
}

const sizeAt = ({ across, down }: Places, scale: number): Size => ({
  width: Math.floor(across * scale) + 1 + 2 * MARGIN,
  height: Math.floor(down * scale) + 1 + 2 * MARGIN,
});

/** How many places find a pixel that none before them has. */
function countHeld(places: Places, { scale, sourceSize }: Scale): number {
  const taken = new Uint8Array(sourceSize.width * sourceSize.height);
  let held = 0;
  for (let i = 0; i * 2 < places.at.length; i++) {
    const cell = cellAt(places, i, { scale, sourceSize });
    if (taken[cell] === 0) held++;
    taken[cell] = 1;
  }
  return held;
}

/** The pixel that a place falls into. */
function cellAt({ at, left, top }: Places, i: number, { scale, sourceSize }: Scale): number {
  const column = MARGIN + Math.floor(((at[i * 2] ?? NaN) - left) * scale);
  const row = MARGIN + Math.floor(((at[i * 2 + 1] ?? NaN) - top) * scale);
  return row * sourceSize.width + column;
}
