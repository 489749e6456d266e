import type { Intrinsics, Size } from '../core/geometry.ts';
import { pixelRays } from '../core/pixel-rays.ts';
import { projectRay, rayAt, unprojectPoint } from '../core/pinhole.ts';

/** What a source pixel holds in place of a ray where no pixel of the image looks through it. */
export const NO_RAY = 1e30;
/** Pixels of the source around what the image shows: a filter at its edge reaches so far. */
const MARGIN = 3;
const LARGEST_SIDE = 16384;
const ATTEMPTS = 12;
const GROWTH = 1.1;

/**
 * The pinhole's picture in which a bent image is looked up. It is so fine that no two pixels of the image look
 * through one of its pixels: each of those is drawn along the very ray of the pixel that looks through it
 * (docs/adr/0026-one-lens-for-colour-and-labels.md).
 */
export type SourceView = Readonly<{
  /** Of the image. */
  intrinsics: Intrinsics;
  /** Of the source: a pinhole. */
  sourceIntrinsics: Intrinsics;
  sourceSize: Size;
  /** [H, W, 4] of the image: where each ray falls in the source (pixels from its top left), cosine to the axis, 0. */
  places: Float32Array;
  /** [h, w, 2] of the source: x, y at depth 1 of the ray that is asked for, or {@link NO_RAY}. */
  rays: Float32Array;
}>;

/**
 * @throws RangeError where the lens does not fill the image, or the source would be too large.
 */
export function sourceViewOf(intrinsics: Intrinsics, size: Size): SourceView {
  const rays = pixelRays(intrinsics, size);
  const at = (u: number, v: number): readonly [number, number] => [
    rays.x(u, v) * intrinsics.fx,
    rays.y(u, v) * intrinsics.fy,
  ];
  let scale = Math.SQRT2 / leastStretch(at, size);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++, scale *= GROWTH) {
    const source = sourceOf({ intrinsics, size }, scale);
    const filled = fill({ intrinsics, size }, source);
    if (filled === null) continue;
    return { intrinsics, ...source, ...filled };
  }
  throw new RangeError(
    `expected a lens whose pixels part at ${scale.toFixed(1)} times their number, found two that look the same way`,
  );
}

/**
 * Where a place of the image, which may lie beside it, is in the source; null where the lens shows nothing there.
 */
export function placeInSource(
  { intrinsics, sourceIntrinsics }: SourceView,
  x: number,
  y: number,
): readonly [number, number] | null {
  const ray = rayAt(intrinsics, x, y);
  return ray && projectRay(sourceIntrinsics, ray);
}

type Image = Readonly<{ intrinsics: Intrinsics; size: Size }>;

/** How near the rays of neighbours come to each other, in pixels of a pinhole of the same focal length. */
function leastStretch(
  at: (u: number, v: number) => readonly [number, number],
  { width, height }: Size,
): number {
  let least = Infinity;
  for (let v = 0; v + 1 < height; v++)
    for (let u = 0; u + 1 < width; u++) {
      const [[x, y], [rightX, rightY], [downX, downY]] = [at(u, v), at(u + 1, v), at(u, v + 1)];
      const [a, b, c, d] = [rightX - x, downX - x, rightY - y, downY - y];
      // Singular values of [a b; c d].
      const sum = a * a + b * b + c * c + d * d;
      const area = a * d - b * c;
      const root = Math.sqrt(Math.max(0, sum * sum - 4 * area * area));
      least = Math.min(least, Math.sqrt(Math.max(0, (sum - root) / 2)));
    }
  return least === Infinity ? 1 : least;
}

/** x and y at depth 1 between which all rays of an image's edge lie; y down. */
export type RayBounds = Readonly<Record<'left' | 'top' | 'right' | 'bottom', number>>;

export function rayBounds({ intrinsics, size: { width, height } }: Image): RayBounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const include = (x: number, y: number): void => {
    const [rayX, rayY] = unprojectPoint(intrinsics, { x, y, depth: 1 });
    [left, right] = [Math.min(left, rayX), Math.max(right, rayX)];
    [top, bottom] = [Math.min(top, rayY), Math.max(bottom, rayY)];
  };
  for (let x = 0; x <= width; x++) for (const y of [0, height]) include(x, y);
  for (let y = 0; y <= height; y++) for (const x of [0, width]) include(x, y);
  return { left, top, right, bottom };
}

/** The source that holds all rays of the image's edge, and so all of the image. */
function sourceOf(
  { intrinsics, size }: Image,
  scale: number,
): Pick<SourceView, 'sourceIntrinsics' | 'sourceSize'> {
  const [fx, fy] = [intrinsics.fx * scale, intrinsics.fy * scale];
  const rays = rayBounds({ intrinsics, size });
  const [left, right] = [rays.left * fx, rays.right * fx];
  const [top, bottom] = [rays.top * fy, rays.bottom * fy];
  const sourceSize = {
    width: Math.ceil(right - left) + 2 * MARGIN,
    height: Math.ceil(bottom - top) + 2 * MARGIN,
  };
  if (Math.max(sourceSize.width, sourceSize.height) > LARGEST_SIDE)
    throw new RangeError(
      `expected a lens whose source takes at most ${LARGEST_SIDE} pixels a side, found ${sourceSize.width}×${sourceSize.height}: weaken its distortion, or make the image smaller`,
    );
  return { sourceIntrinsics: { fx, fy, cx: MARGIN - left, cy: MARGIN - top }, sourceSize };
}

/** Null where two pixels of the image look through one of the source. */
function fill(
  { intrinsics, size }: Image,
  { sourceIntrinsics, sourceSize }: Pick<SourceView, 'sourceIntrinsics' | 'sourceSize'>,
): Pick<SourceView, 'places' | 'rays'> | null {
  const { fx, fy, cx, cy } = sourceIntrinsics;
  const asked = pixelRays(intrinsics, size);
  const places = new Float32Array(size.width * size.height * 4);
  const rays = new Float32Array(sourceSize.width * sourceSize.height * 2).fill(NO_RAY);
  for (let v = 0, to = 0; v < size.height; v++)
    for (let u = 0; u < size.width; u++, to += 4) {
      const [x, y] = [asked.x(u, v), asked.y(u, v)];
      const [placeX, placeY] = [Math.fround(x * fx + cx), Math.fround(y * fy + cy)];
      places[to] = placeX;
      places[to + 1] = placeY;
      places[to + 2] = 1 / Math.sqrt(1 + x * x + y * y);
      const cell = (Math.floor(placeY) * sourceSize.width + Math.floor(placeX)) * 2;
      if ((rays[cell] ?? 0) < NO_RAY / 2) return null;
      rays[cell] = x;
      rays[cell + 1] = y;
    }
  return { places, rays };
}
