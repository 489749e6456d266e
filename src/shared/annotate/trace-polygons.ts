import type { CocoRle } from './annotations.ts';
import { decodeCrop, type MaskCrop } from './decode-crop.ts';

/** Vertices of a closed line, [x0, y0, x1, y1, …] in pixels; the last is joined to the first. */
export type Ring = readonly number[];

/**
 * A connected piece of a mask: its outline, clockwise as seen on the image, and the outlines of its holes,
 * counter-clockwise. Filled by the even-odd rule at pixel centres, all pieces together are the mask.
 */
export type MaskPolygon = Readonly<{ outer: Ring; holes: readonly Ring[] }>;

/** Steps right, down, left, up. */
const STEP_X = [1, 0, -1, 0] as const;
const STEP_Y = [0, 1, 0, -1] as const;
/** From a vertex to the pixel ahead on the right of a heading; the one ahead on its left is that of the turn to the left. */
const AHEAD_X = [0, -1, -1, 0] as const;
const AHEAD_Y = [0, 0, -1, -1] as const;

/**
 * Polygons along the pixel edges of a mask (labels.md §5), from its top row down. Pieces hang together by
 * the sides of their pixels; where two pixels touch at a corner alone, outlines touch but never cross, and no
 * outline touches itself.
 */
export function tracePolygons(rle: CocoRle): readonly MaskPolygon[] {
  const crop = decodeCrop(rle);
  return crop === null ? [] : tracePieces(crop);
}

/** {@link tracePolygons} of a mask that is decoded. */
export function tracePieces(crop: MaskCrop): readonly MaskPolygon[] {
  const grid = padded(crop);
  const pieces: { outer: Ring; holes: Ring[] }[] = [];
  for (let start = grid.width; start < grid.inside.length - grid.width; start++) {
    if (grid.inside[start] === 0 || grid.inside[start - grid.width] !== 0) continue;
    if (grid.traced[start] !== 0) continue;
    if (grid.piece[start] === 0) {
      pieces.push({ outer: [], holes: [] });
      markPiece(grid, start, pieces.length);
    }
    const piece = pieces[grid.piece[start]! - 1]!;
    for (const ring of splitWhereTouching(traceRing(grid, start))) {
      const placed = ring.map((value, i) => value - 1 + (i % 2 === 0 ? crop.x : crop.y));
      if (doubledArea(placed) > 0) piece.outer = placed;
      else piece.holes.push(placed);
    }
  }
  return pieces;
}

/** A mask with a frame of empty pixels around it, so that every pixel has neighbours. */
type Grid = Readonly<{
  width: number;
  /** [rows, width]: 0 or 1. */
  inside: Uint8Array;
  /** Whose top edge is part of a ring already. */
  traced: Uint8Array;
  /** Number of the pixel's piece from 1; 0 before it is known. */
  piece: Int32Array;
}>;

function padded({ mask, width, height }: MaskCrop): Grid {
  const wide = width + 2;
  const inside = new Uint8Array(wide * (height + 2));
  for (let y = 0; y < height; y++) {
    inside.set(mask.subarray(y * width, (y + 1) * width), (y + 1) * wide + 1);
  }
  return {
    width: wide,
    inside,
    traced: new Uint8Array(inside.length),
    piece: new Int32Array(inside.length),
  };
}

/** Fills a piece by the sides of its pixels. */
function markPiece({ inside, piece, width }: Grid, start: number, number: number): void {
  const pending = [start];
  piece[start] = number;
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const next of [at + 1, at - 1, at + width, at - width]) {
      if (inside[next] === 0 || piece[next] !== 0) continue;
      piece[next] = number;
      pending.push(next);
    }
  }
}

/**
 * Follows the edge with the mask on its right, from the top edge of a pixel until it comes back to it; only
 * vertices at which it turns are kept. It turns right where it can: so it stays with its own piece.
 */
function traceRing({ inside, traced, width }: Grid, start: number): number[] {
  const ring: number[] = [];
  const first = { x: start % width, y: Math.floor(start / width) };
  let { x, y } = first;
  let heading = 0;
  do {
    if (heading === 0) traced[y * width + x] = 1;
    x += STEP_X[heading]!;
    y += STEP_Y[heading]!;
    const [right, left] = [(heading + 1) % 4, (heading + 3) % 4];
    const filled = (side: number): boolean =>
      inside[(y + AHEAD_Y[side]!) * width + x + AHEAD_X[side]!] !== 0;
    const before = heading;
    if (!filled(heading)) heading = right;
    else if (filled(left)) heading = left;
    if (heading !== before) ring.push(x, y);
  } while (x !== first.x || y !== first.y || heading !== 0);
  return ring;
}

/** Rings that meet no vertex twice: a loop that closes at an earlier vertex becomes a ring of its own. */
function splitWhereTouching(ring: Ring): readonly Ring[] {
  const rings: Ring[] = [];
  const open: number[] = [];
  const places = new Map<string, number>();
  for (let i = 0; i < ring.length; i += 2) {
    const key = `${ring[i]} ${ring[i + 1]}`;
    const place = places.get(key);
    if (place === undefined) {
      places.set(key, open.length);
      open.push(ring[i]!, ring[i + 1]!);
      continue;
    }
    const loop = open.splice(place);
    open.push(loop[0]!, loop[1]!);
    for (let k = 2; k < loop.length; k += 2) places.delete(`${loop[k]} ${loop[k + 1]}`);
    rings.push(loop);
  }
  return [...rings, open];
}

/** Twice the area inside a ring, square pixels; below 0 where it runs counter-clockwise on the image. */
export function doubledArea(ring: Ring): number {
  let sum = 0;
  let [x, y] = [ring.at(-2) ?? 0, ring.at(-1) ?? 0];
  for (let i = 0; i < ring.length; i += 2) {
    sum += x * ring[i + 1]! - ring[i]! * y;
    [x, y] = [ring[i]!, ring[i + 1]!];
  }
  return sum;
}
