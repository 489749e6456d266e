import type { Intrinsics, Size, Vec2, Vec3 } from '../core/geometry.ts';
import { projectPoint } from '../core/pinhole.ts';

/** What a camera needs for lines: intrinsics, the plane in front of which nothing is drawn, the picture. */
export type LineCamera = Readonly<{
  intrinsics: Intrinsics;
  /** Above 0. */
  nearMeters: number;
  size: Size;
}>;

/** A line through points of the picture, in pixels (labels.md §1). */
export type ImageLine = readonly Vec2[];

type ImageSegment = readonly [from: Vec2, to: Vec2];

/** Lines are cut this many picture sizes beyond its edges: renderers of vectors overflow on huge numbers. */
const MARGIN = 1;

/** Pieces that a lens bends a line into: their chords are then within a tenth of a pixel of the curve. */
const BENT_PIECES = 64;

/**
 * A segment of the camera's frame in the picture: cut at the near plane, projected, cut around the picture. It is
 * one line of two points in the picture of a pinhole, and lines of many points where a lens bends it. Empty
 * where nothing is left of it.
 */
export function projectSegment(from: Vec3, to: Vec3, camera: LineCamera): readonly ImageLine[] {
  const front = clipAtNear(from, to, camera.nearMeters);
  if (front === null) return [];
  const [start, end] = front;
  const pieces = camera.intrinsics.distortion === undefined ? 1 : BENT_PIECES;
  const points = Array.from({ length: pieces + 1 }, (_, i) =>
    projectPoint(camera.intrinsics, between(start, end, i / pieces)),
  );
  const { width, height } = camera.size;
  const box = {
    min: [-MARGIN * width, -MARGIN * height],
    max: [(1 + MARGIN) * width, (1 + MARGIN) * height],
  } as const;
  const lines: Vec2[][] = [];
  let open: Vec2[] | null = null;
  for (let i = 0; i < pieces; i++) {
    const [first, last] = [points[i], points[i + 1]];
    const piece: ImageSegment | null =
      first && last
        ? [
            [first.x, first.y],
            [last.x, last.y],
          ]
        : null;
    const cut = piece && clipToBox(piece, box);
    if (cut === null || piece === null) open = null;
    else {
      if (open === null) lines.push((open = [cut[0]]));
      open.push(cut[1]);
      // What was cut off at its end goes on elsewhere.
      if (cut[1][0] !== piece[1][0] || cut[1][1] !== piece[1][1]) open = null;
    }
  }
  return lines;
}

/** The point that divides a segment as it appears: even steps in the picture of a plane, and its very ends. */
function between(from: Vec3, to: Vec3, share: number): Vec3 {
  if (share === 0) return from;
  if (share === 1) return to;
  const t = (share * from[2]) / ((1 - share) * to[2] + share * from[2]);
  const at = (axis: 0 | 1 | 2): number => from[axis] + t * (to[axis] - from[axis]);
  return [at(0), at(1), at(2)];
}

/** The part of a segment with z ≥ near; null where there is none. */
function clipAtNear(from: Vec3, to: Vec3, near: number): readonly [Vec3, Vec3] | null {
  if (from[2] < near && to[2] < near) return null;
  if (from[2] >= near && to[2] >= near) return [from, to];
  const t = (near - from[2]) / (to[2] - from[2]);
  const cut: Vec3 = [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1]), near];
  return from[2] < near ? [cut, to] : [from, cut];
}

/**
 * The part of a line inside a box. Method: Y.-D. Liang and B. A. Barsky, A new concept and method for line
 * clipping, ACM Transactions on Graphics 3 (1984).
 */
function clipToBox(
  [from, to]: ImageSegment,
  box: Readonly<{ min: Vec2; max: Vec2 }>,
): ImageSegment | null {
  let [enter, leave] = [0, 1];
  for (const axis of [0, 1] as const) {
    const delta = to[axis] - from[axis];
    if (delta === 0) {
      if (from[axis] < box.min[axis] || from[axis] > box.max[axis]) return null;
      continue;
    }
    const a = (box.min[axis] - from[axis]) / delta;
    const b = (box.max[axis] - from[axis]) / delta;
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  }
  if (enter > leave) return null;
  const at = (t: number): Vec2 => [
    from[0] + t * (to[0] - from[0]),
    from[1] + t * (to[1] - from[1]),
  ];
  return [at(enter), at(leave)];
}
