import { Matrix4, Vector3 } from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { PixelRect } from '#shared/plan/guard-band';
import type { PinholeCamera } from '../scene/pinhole-camera.ts';

/** Whole pixels of the image plane, [x, y, width, height]; the image's first pixel is (0, 0). */
export type Rect = PixelRect;

/** Limits on the image plane in pixels; null where the box lies behind the near plane. */
export type Extent = Readonly<{ left: number; top: number; right: number; bottom: number }> | null;

/** Corners of a box whose numbers differ in one bit share an edge. */
const EDGES = Array.from({ length: 8 }, (_, i) => i).flatMap((i) =>
  [1, 2, 4].flatMap((bit) => (i & bit ? [] : [[i, i | bit] as const])),
);

type View = Readonly<{ camera: PinholeCamera; matrixWorld: Matrix4; plan: FramePlan }>;

/**
 * Where a box appears on the image plane: the hull of its corners in front of the near plane and of the
 * points where its edges pierce it. What the box holds appears inside of that.
 */
export function projectBox(
  corners: readonly Vector3[],
  { camera, matrixWorld, plan }: View,
): Extent {
  const { intrinsics, nearMeters: near } = plan.camera;
  const viewFromMesh = new Matrix4().multiplyMatrices(camera.matrixWorldInverse, matrixWorld);
  // OpenCV's axes: x right, y down, z forward.
  const points = corners.map((corner) => {
    const p = corner.clone().applyMatrix4(viewFromMesh);
    return new Vector3(p.x, -p.y, -p.z);
  });
  const shown = points.filter(({ z }) => z >= near);
  for (const [i, j] of EDGES) {
    const [a, b] = [points[i], points[j]];
    if (a && b && a.z < near !== b.z < near) {
      shown.push(a.clone().lerp(b, (near - a.z) / (b.z - a.z)));
    }
  }
  if (shown.length === 0) return null;
  const xs = shown.map(({ x, z }) => (intrinsics.fx * x) / z + intrinsics.cx);
  const ys = shown.map(({ y, z }) => (intrinsics.fy * y) / z + intrinsics.cy);
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
}

/** The pixels that extents touch, a pixel more on each side, cut off at a guard band; null where none are left. */
export function clampRect(
  extents: readonly Extent[],
  [x, y, width, height]: Rect,
): Readonly<{ tile: Rect; clipped: boolean }> | null {
  const shown = extents.filter((extent) => extent !== null);
  if (shown.length === 0) return null;
  const left = Math.floor(Math.min(...shown.map((e) => e.left))) - 1;
  const top = Math.floor(Math.min(...shown.map((e) => e.top))) - 1;
  const right = Math.ceil(Math.max(...shown.map((e) => e.right))) + 1;
  const bottom = Math.ceil(Math.max(...shown.map((e) => e.bottom))) + 1;
  const [x0, y0] = [Math.max(left, x), Math.max(top, y)];
  const [x1, y1] = [Math.min(right, x + width), Math.min(bottom, y + height)];
  if (x1 <= x0 || y1 <= y0) return null;
  // The pixel more on each side may stick out without anything in it.
  const clipped = left + 1 < x || top + 1 < y || right - 1 > x + width || bottom - 1 > y + height;
  return { tile: [x0, y0, x1 - x0, y1 - y0], clipped };
}
