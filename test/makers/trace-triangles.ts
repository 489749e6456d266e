import type { Intrinsics, Mat4, Size, Vec3 } from '#shared/core/geometry';
import { invertAffine, multiply, transformPoint } from '#shared/core/matrix';

/** Triangles of one instance, three corners each, with the matrix that puts them into the world. */
export type TracedMesh = Readonly<{
  positions: ArrayLike<number>;
  index: ArrayLike<number>;
  worldFromMesh: Mat4;
  instanceId: number;
  /** Triangles seen from behind are left out. */
  culled: boolean;
}>;

export type TracedFrame = Readonly<{
  instanceId: Uint16Array;
  /** Planar depth in metres, 0 = nothing. */
  depth: Float64Array;
  /** Distance in pixels from each pixel's centre to the nearest projected edge of any triangle. */
  edgeDistance: Float64Array;
}>;

type Camera = Readonly<{
  worldFromCamera: Mat4;
  intrinsics: Intrinsics;
  nearMeters: number;
  farMeters: number;
}>;

const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** Casts the ray of each pixel's centre at every triangle, in double precision (Möller and Trumbore 1997). */
export function traceTriangles(
  meshes: readonly TracedMesh[],
  camera: Camera,
  size: Size,
): TracedFrame {
  const pixels = size.width * size.height;
  const frame = {
    instanceId: new Uint16Array(pixels),
    depth: new Float64Array(pixels),
    edgeDistance: new Float64Array(pixels).fill(Infinity),
  };
  for (const mesh of meshes) {
    const cameraFromMesh = multiply(invertAffine(camera.worldFromCamera), mesh.worldFromMesh);
    const corner = (i: number): Vec3 => {
      const at = (mesh.index[i] ?? 0) * 3;
      return transformPoint(cameraFromMesh, [
        mesh.positions[at] ?? 0,
        mesh.positions[at + 1] ?? 0,
        mesh.positions[at + 2] ?? 0,
      ]);
    };
    for (let i = 0; i + 2 < mesh.index.length; i += 3) {
      traceTriangle([corner(i), corner(i + 1), corner(i + 2)], { mesh, camera, size, frame });
    }
  }
  return frame;
}

type Target = Readonly<{ mesh: TracedMesh; camera: Camera; size: Size; frame: TracedFrame }>;

function traceTriangle(
  [a, b, c]: readonly [Vec3, Vec3, Vec3],
  { mesh, camera, size, frame }: Target,
): void {
  const { fx, fy, cx, cy } = camera.intrinsics;
  const [ab, ac] = [subtract(b, a), subtract(c, a)];
  const facing = -dot(cross(ab, ac), a);
  if (facing === 0 || (mesh.culled && facing < 0)) return;
  const inFront = Math.min(a[2], b[2], c[2]) > 0;
  const screen = [a, b, c].map((p): [number, number] => [
    (fx * p[0]) / p[2] + cx,
    (fy * p[1]) / p[2] + cy,
  ]);
  const range = (axis: 0 | 1, limit: number): [number, number] => {
    if (!inFront) return [0, limit - 1];
    const values = screen.map((p) => p[axis]);
    return [
      Math.max(0, Math.floor(Math.min(...values) - 1)),
      Math.min(limit - 1, Math.ceil(Math.max(...values) + 1)),
    ];
  };
  const [x0, x1] = range(0, size.width);
  const [y0, y1] = range(1, size.height);
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const pixel = y * size.width + x;
      if (inFront) {
        const distance = distanceToEdges([x + 0.5, y + 0.5], screen);
        if (distance < (frame.edgeDistance[pixel] ?? 0)) frame.edgeDistance[pixel] = distance;
      }
      const ray: Vec3 = [(x + 0.5 - cx) / fx, (y + 0.5 - cy) / fy, 1];
      const p = cross(ray, ac);
      const determinant = dot(ab, p);
      const toOrigin: Vec3 = [-a[0], -a[1], -a[2]];
      const u = dot(toOrigin, p) / determinant;
      const q = cross(toOrigin, ab);
      const v = dot(ray, q) / determinant;
      const depth = dot(ac, q) / determinant;
      if (Math.min(u, v, 1 - u - v) < 0 || !inRange(depth, camera)) continue;
      const before = frame.depth[pixel] ?? 0;
      if (before !== 0 && before <= depth) continue;
      frame.depth[pixel] = depth;
      frame.instanceId[pixel] = mesh.instanceId;
    }
  }
}

const inRange = (depth: number, { nearMeters, farMeters }: Camera): boolean =>
  depth >= nearMeters && depth <= farMeters;

function distanceToEdges(
  [x, y]: readonly [number, number],
  corners: readonly (readonly [number, number])[],
): number {
  let least = Infinity;
  for (let i = 0; i < 3; i++) {
    const [ax, ay] = corners[i] ?? [0, 0];
    const [bx, by] = corners[(i + 1) % 3] ?? [0, 0];
    const [dx, dy] = [bx - ax, by - ay];
    const squared = dx * dx + dy * dy;
    const t =
      squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
    least = Math.min(least, Math.hypot(x - ax - t * dx, y - ay - t * dy));
  }
  return least;
}
