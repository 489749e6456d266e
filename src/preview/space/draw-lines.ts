import type { Mat4, Size, Vec3 } from '#shared/core/geometry';
import { invertAffine, transformPoint } from '#shared/core/matrix';
import { projectPoint, type ImagePoint } from '#shared/core/pinhole';
import type { FramePlan } from '#shared/plan/frame-plan';
import { between, lengthOf } from './vectors.ts';

/** What a camera without distortion sees of lines: its plan, and how far what it sees is. */
export type LineView = Readonly<{
  camera: FramePlan['camera'];
  size: Size;
  /** [H, W] planar depth, metres, 0 = nothing there. */
  depth: Float32Array;
}>;

/** Lines in the image as paths of SVG, in its pixels: what is seen, and what something hides. */
export type DrawnLines = Readonly<{ seen: string; hidden: string }>;

/** Lines are drawn from here on, also before what is cut away. */
const NEAR_METERS = 0.01;
/** Pieces into which a line is cut, each seen or hidden: one for so many pixels. */
const PIECE_PIXELS = 6;
const MOST_PIECES = 400;
/** Lines that lie on a surface are seen: as a share of the depth, and metres. */
const SLACK_SHARE = 0.01;
const SLACK_METERS = 0.004;

const n = (value: number): string => String(Math.round(value * 10) / 10);

/** The part of a segment (camera frame) beyond the near plane; null where none is. */
function clipNear(a: Vec3, b: Vec3, near: number): readonly [Vec3, Vec3] | null {
  if (a[2] <= near && b[2] <= near) return null;
  if (a[2] > near && b[2] > near) return [a, b];
  const cut = between(a, b, (near - a[2]) / (b[2] - a[2]));
  return a[2] > near ? [a, cut] : [cut, b];
}

/** The part of a segment (camera frame) within the pyramid of the image and a margin; null where none is. */
function clipSides(
  { camera: { intrinsics }, size }: LineView,
  ends: readonly [Vec3, Vec3],
): readonly [Vec3, Vec3] | null {
  const { fx, fy, cx, cy } = intrinsics;
  const { width, height } = size;
  // Each side of the image as a plane through the eye: positive inside.
  const planes: readonly ((p: Vec3) => number)[] = [
    ([x, , z]) => fx * x + (cx + width) * z,
    ([x, , z]) => -fx * x + (2 * width - cx) * z,
    ([, y, z]) => fy * y + (cy + height) * z,
    ([, y, z]) => -fy * y + (2 * height - cy) * z,
  ];
  let [a, b] = ends;
  for (const inside of planes) {
    const [da, db] = [inside(a), inside(b)];
    if (da <= 0 && db <= 0) return null;
    if (da < 0) a = between(a, b, da / (da - db));
    else if (db < 0) b = between(a, b, da / (da - db));
  }
  return [a, b];
}

/** Depth of the surface before a point of the image, metres; null where none is. */
function depthBefore(
  { size, depth }: LineView,
  { x, y, depth: meters }: ImagePoint,
): number | null {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  if (column < 0 || row < 0 || column >= size.width || row >= size.height) return null;
  const surface = depth[row * size.width + column] ?? 0;
  return surface > 0 && meters > surface * (1 + SLACK_SHARE) + SLACK_METERS ? surface : null;
}

/** Depth of the surface that hides a point of the world, metres; null where none does, or it is not in the image. */
export function surfaceBefore(view: LineView, point: Vec3): number | null {
  const inCamera = transformPoint(invertAffine(view.camera.worldFromCamera), point);
  const projected = projectPoint(view.camera.intrinsics, inCamera);
  return projected && depthBefore(view, projected);
}

/** Draws world lines, each a row of points. */
export function drawLines(view: LineView, lines: readonly (readonly Vec3[])[]): DrawnLines {
  const cameraFromWorld: Mat4 = invertAffine(view.camera.worldFromCamera);
  const paths = { seen: '', hidden: '' };
  for (const line of lines) {
    const points = line.map((point) => transformPoint(cameraFromWorld, point));
    for (let i = 0; i + 1 < points.length; i++) {
      const [a, b] = [points[i], points[i + 1]];
      if (a !== undefined && b !== undefined) drawSegment(view, [a, b], paths);
    }
  }
  return paths;
}

function drawSegment(
  view: LineView,
  [from, to]: readonly [Vec3, Vec3],
  paths: { seen: string; hidden: string },
): void {
  const ahead = clipNear(from, to, NEAR_METERS);
  const clipped = ahead && clipSides(view, ahead);
  if (clipped === null) return;
  const [a, b] = clipped;
  const project = (t: number) => projectPoint(view.camera.intrinsics, between(a, b, t));
  const [start, end] = [project(0), project(1)];
  if (start === null || end === null) return;
  const length = lengthOf([end.x - start.x, end.y - start.y, 0]);
  const pieces = Math.max(1, Math.min(MOST_PIECES, Math.ceil(length / PIECE_PIXELS)));
  let last: 'seen' | 'hidden' | null = null;
  for (let i = 0; i < pieces; i++) {
    // Even steps in the image: t in space follows from 1/z, which is linear there.
    const [s, e, m] = [i / pieces, (i + 1) / pieces, (i + 0.5) / pieces].map((share) =>
      shareInSpace(share, a[2], b[2]),
    ) as [number, number, number];
    const [p, q, middle] = [project(s), project(e), project(m)];
    if (p === null || q === null || middle === null) continue;
    const name = depthBefore(view, middle) === null ? 'seen' : 'hidden';
    if (last !== name) paths[name] += `M${n(p.x)} ${n(p.y)}`;
    paths[name] += `L${n(q.x)} ${n(q.y)}`;
    last = name;
  }
}

/** How far along a segment in space a share of its way in the image lies. */
function shareInSpace(share: number, from: number, to: number): number {
  return (share * from) / (share * from + (1 - share) * to);
}

/** Where a world point falls in the image; null where it is behind the camera or out of the image. */
export function placeInImage(
  { camera, size }: Pick<LineView, 'camera' | 'size'>,
  point: Vec3,
): Readonly<{ x: number; y: number }> | null {
  const seen = projectPoint(
    camera.intrinsics,
    transformPoint(invertAffine(camera.worldFromCamera), point),
  );
  if (seen === null || seen.x < 0 || seen.y < 0 || seen.x > size.width || seen.y > size.height) {
    return null;
  }
  return seen;
}

/** Dots as a path of SVG whose round line caps are the dots. */
export function drawDots(view: LineView, points: readonly Vec3[]): DrawnLines {
  const cameraFromWorld = invertAffine(view.camera.worldFromCamera);
  const paths = { seen: '', hidden: '' };
  for (const point of points) {
    const seen = projectPoint(view.camera.intrinsics, transformPoint(cameraFromWorld, point));
    if (seen === null || seen.x < 0 || seen.y < 0) continue;
    if (seen.x > view.size.width || seen.y > view.size.height) continue;
    const name = depthBefore(view, seen) === null ? 'seen' : 'hidden';
    paths[name] += `M${n(seen.x)} ${n(seen.y)}h0.01`;
  }
  return paths;
}
