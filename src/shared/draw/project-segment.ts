import type { Intrinsics, Size, Vec2, Vec3 } from '../core/geometry.ts';
import { isWide, projectPoint, projectRay } from '../core/pinhole.ts';

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
 * one line of two points in the picture of a pinhole, and lines of many points where a lens bends it. A wide lens
 * has no near plane: a segment may pass behind, and goes on at the other side of a picture that it leaves at the seam.
 * Empty where nothing is left of it.
 */
export function projectSegment(from: Vec3, to: Vec3, camera: LineCamera): readonly ImageLine[] {
  const points = isWide(camera.intrinsics)
    ? pointsAround(from, to, camera.intrinsics)
    : pointsAhead(from, to, camera);
  // Half of the way round a globe; longer pieces are those that cross its seam.
  const { fx, distortion } = camera.intrinsics;
  const longest = distortion?.model === 'equirectangular' ? Math.PI * fx : Infinity;
  const { width, height } = camera.size;
  const box = {
    min: [-MARGIN * width, -MARGIN * height],
    max: [(1 + MARGIN) * width, (1 + MARGIN) * height],
  } as const;
  const lines: Vec2[][] = [];
  let open: Vec2[] | null = null;
  for (let i = 0; i + 1 < points.length; i++) {
    const [first, last] = [points[i], points[i + 1]];
    const isWhole = first && last && Math.abs(last[0] - first[0]) < longest;
    const piece: ImageSegment | null = isWhole ? [first, last] : null;
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

type ShownPoints = readonly (Vec2 | null)[];

/** Points of the part before the near plane; none where there is none. */
function pointsAhead(from: Vec3, to: Vec3, { intrinsics, nearMeters }: LineCamera): ShownPoints {
  const front = clipAtNear(from, to, nearMeters);
  if (front === null) return [];
  const pieces = intrinsics.distortion === undefined ? 1 : BENT_PIECES;
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const seen = projectPoint(intrinsics, between(...front, i / pieces));
    return seen && [seen.x, seen.y];
  });
}

/** Points by even steps of direction, which is all that counts of them (K. Shoemake's slerp, 1985). */
function pointsAround(from: Vec3, to: Vec3, intrinsics: Intrinsics): ShownPoints {
  const [a, b] = [unit(from), unit(to)];
  const angle = Math.acos(Math.min(1, Math.max(-1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  return Array.from({ length: BENT_PIECES + 1 }, (_, i) => {
    const t = i / BENT_PIECES;
    // Directions that are nearly one are mixed as they are.
    const [p, q] = angle < 1e-6 ? [1 - t, t] : [Math.sin((1 - t) * angle), Math.sin(t * angle)];
    const at = (axis: 0 | 1 | 2): number => p * a[axis] + q * b[axis];
    return projectRay(intrinsics, [at(0), at(1), at(2)]);
  });
}

function unit([x, y, z]: Vec3): Vec3 {
  const length = Math.sqrt(x * x + y * y + z * z);
  return [x / length, y / length, z / length];
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
