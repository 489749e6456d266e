import type { Intrinsics, Size, Vec2, Vec3 } from '../core/geometry.ts';
import { projectPoint } from '../core/pinhole.ts';

/** What a camera needs for lines: intrinsics, the plane in front of which nothing is drawn, the picture. */
export type LineCamera = Readonly<{
  intrinsics: Intrinsics;
  /** Above 0. */
  nearMeters: number;
  size: Size;
}>;

/** A line in the picture, in pixels (labels.md §1). */
export type ImageSegment = readonly [from: Vec2, to: Vec2];

/** Lines are cut this many picture sizes beyond its edges: renderers of vectors overflow on huge numbers. */
const MARGIN = 1;

/**
 * A segment of the camera's frame as a line in the picture: cut at the near plane, projected, cut around
 * the picture. Null where nothing is left of it.
 */
export function projectSegment(from: Vec3, to: Vec3, camera: LineCamera): ImageSegment | null {
  const front = clipAtNear(from, to, camera.nearMeters);
  if (front === null) return null;
  const { width, height } = camera.size;
  const [first, last] = front.map((end) => projectPoint(camera.intrinsics, end));
  if (!first || !last) return null;
  const line: ImageSegment = [
    [first.x, first.y],
    [last.x, last.y],
  ];
  return clipToBox(line, {
    min: [-MARGIN * width, -MARGIN * height],
    max: [(1 + MARGIN) * width, (1 + MARGIN) * height],
  });
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
