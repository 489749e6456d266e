import type { Intrinsics, Mat4, Size, Vec2, Vec3 } from '#shared/core/geometry';
import { invertAffine, multiply, transformPoint } from '#shared/core/matrix';
import { cross, distanceToEdges, dot, isMirrored, scaled, subtract } from './trace-geometry.ts';

/** Holes of a surface: a square texture that is looked up without a filter and not repeated. */
export type TracedMask = Readonly<{
  /** Two coordinates for each position, from the texture's top left corner. */
  uv: ArrayLike<number>;
  /** Columns, and rows, of the texture. */
  side: number;
  isThere: (column: number, row: number) => boolean;
}>;

/** Triangles of one instance, three corners each, with the matrix that puts them into the world. */
export type TracedMesh = Readonly<{
  positions: ArrayLike<number>;
  index: ArrayLike<number>;
  worldFromMesh: Mat4;
  instanceId: number;
  /**
   * Triangles seen from behind are left out. The front is where corners run counter-clockwise, or clockwise
   * where the matrix mirrors (glTF 2.0 §3.7.4).
   */
  culled: boolean;
  mask?: TracedMask | undefined;
}>;

export type TracedFrame = Readonly<{
  instanceId: Uint16Array;
  /** Planar depth in metres, 0 = nothing. */
  depth: Float64Array;
  /** [H, W, 3] unit normal of the triangle on the side that is seen, camera axes; 0 where nothing is. */
  normal: Float64Array;
  /** Which triangle is seen, counted through all meshes; −1 = nothing. */
  triangle: Int32Array;
  /** How many surfaces the ray meets. */
  layers: Uint16Array;
  /**
   * Distance in pixels from each pixel's centre to the nearest projected edge of any triangle, or to the
   * line in which two triangles that the ray meets cut each other.
   */
  edgeDistance: Float64Array;
  /** Likewise to the nearest texel border of a mask. */
  texelDistance: Float64Array;
}>;

type Camera = Readonly<{
  worldFromCamera: Mat4;
  intrinsics: Intrinsics;
  nearMeters: number;
  farMeters: number;
}>;

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
    normal: new Float64Array(pixels * 3),
    triangle: new Int32Array(pixels).fill(-1),
    layers: new Uint16Array(pixels),
    edgeDistance: new Float64Array(pixels).fill(Infinity),
    texelDistance: new Float64Array(pixels).fill(Infinity),
  };
  let number = 0;
  for (const mesh of meshes) {
    const cameraFromMesh = multiply(invertAffine(camera.worldFromCamera), mesh.worldFromMesh);
    const front = isMirrored(mesh.worldFromMesh) ? -1 : 1;
    const corner = (i: number): Vec3 => {
      const at = (mesh.index[i] ?? 0) * 3;
      return transformPoint(cameraFromMesh, [
        mesh.positions[at] ?? 0,
        mesh.positions[at + 1] ?? 0,
        mesh.positions[at + 2] ?? 0,
      ]);
    };
    for (let i = 0; i + 2 < mesh.index.length; i += 3) {
      const corners = [corner(i), corner(i + 1), corner(i + 2)] as const;
      const target = { mesh, camera, size, frame, first: i, number: number++ };
      traceTriangle(corners, front, target);
    }
  }
  return frame;
}

type Target = Readonly<{
  mesh: TracedMesh;
  camera: Camera;
  size: Size;
  frame: TracedFrame;
  /** Place of the triangle's first corner in the index. */
  first: number;
  number: number;
}>;

type Triangle = readonly [Vec3, Vec3, Vec3];

function traceTriangle(corners: Triangle, front: 1 | -1, target: Target): void {
  const { mesh, camera, size, frame } = target;
  const { fx, fy, cx, cy } = camera.intrinsics;
  const [a, b, c] = corners;
  const across = cross(subtract(b, a), subtract(c, a));
  const facing = -dot(across, a);
  if (facing === 0 || (mesh.culled && front * facing < 0)) return;
  const normal = scaled(across, Math.sign(facing) / Math.hypot(...across));
  const inFront = Math.min(a[2], b[2], c[2]) > 0;
  const screen = corners.map((p): Vec2 => [(fx * p[0]) / p[2] + cx, (fy * p[1]) / p[2] + cy]);
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
      if (inFront) lower(frame.edgeDistance, pixel, distanceToEdges([x + 0.5, y + 0.5], screen));
      const hit = meet(corners, rayOf(camera.intrinsics, [x + 0.5, y + 0.5]));
      if (Math.min(...hit.weights) < 0 || !inRange(hit.depth, camera)) continue;
      if (mesh.mask && !isThere(mesh.mask, corners, { ...target, pixel, at: [x + 0.5, y + 0.5] }))
        continue;
      keepNearest(hit.depth, normal, { ...target, pixel });
    }
  }
}

type Hit = Readonly<{ weights: Vec3; depth: number }>;

/** Where the plane of a triangle meets a ray, as shares of its corners, and how far along the ray. */
function meet([a, b, c]: Triangle, ray: Vec3): Hit {
  const [ab, ac] = [subtract(b, a), subtract(c, a)];
  const p = cross(ray, ac);
  const determinant = dot(ab, p);
  const toOrigin = scaled(a, -1);
  const u = dot(toOrigin, p) / determinant;
  const q = cross(toOrigin, ab);
  const v = dot(ray, q) / determinant;
  return { weights: [1 - u - v, u, v], depth: dot(ac, q) / determinant };
}

const rayOf = ({ fx, fy, cx, cy }: Intrinsics, [x, y]: Vec2): Vec3 => [
  (x - cx) / fx,
  (y - cy) / fy,
  1,
];

const inRange = (depth: number, { nearMeters, farMeters }: Camera): boolean =>
  depth >= nearMeters && depth <= farMeters;

function lower(values: Float64Array, at: number, value: number): void {
  if (value < (values[at] ?? 0)) values[at] = value;
}

type PixelTarget = Target & Readonly<{ pixel: number }>;

function keepNearest(depth: number, normal: Vec3, target: PixelTarget): void {
  const { frame, pixel, mesh, number } = target;
  frame.layers[pixel] = (frame.layers[pixel] ?? 0) + 1;
  const before = frame.depth[pixel] ?? 0;
  if (before !== 0) {
    lower(frame.edgeDistance, pixel, distanceToCut(depth, normal, target));
    if (before <= depth) return;
  }
  frame.depth[pixel] = depth;
  frame.instanceId[pixel] = mesh.instanceId;
  frame.triangle[pixel] = number;
  frame.normal.set(normal, pixel * 3);
}

/**
 * Pixels to the line in which a plane cuts that of the nearest triangle so far. The inverse depth of a plane
 * n·p = o is n·r/o, so it is linear over the image, and so is the difference of two.
 */
function distanceToCut(depth: number, normal: Vec3, target: PixelTarget): number {
  const { frame, pixel, size, camera } = target;
  const { fx, fy } = camera.intrinsics;
  const at: Vec2 = [(pixel % size.width) + 0.5, Math.floor(pixel / size.width) + 0.5];
  const ray = rayOf(camera.intrinsics, at);
  const slope = (n: Vec3, d: number): Vec2 => {
    const offset = dot(n, ray) * d;
    return [n[0] / (fx * offset), n[1] / (fy * offset)];
  };
  const [nx = 0, ny = 0, nz = 0] = frame.normal.subarray(pixel * 3, pixel * 3 + 3);
  const before = frame.depth[pixel] ?? 0;
  const gap = Math.abs(1 / depth - 1 / before);
  if (gap === 0) return 0;
  const [mine, theirs] = [slope(normal, depth), slope([nx, ny, nz], before)];
  return gap / Math.hypot(mine[0] - theirs[0], mine[1] - theirs[1]);
}

/** Pixels over which the slope of texture coordinates is taken. */
const STEP_PIXELS = 1e-4;

function isThere(
  { uv, side, isThere: has }: TracedMask,
  corners: Triangle,
  { mesh, camera, frame, first, pixel, at }: PixelTarget & Readonly<{ at: Vec2 }>,
): boolean {
  const texelsAt = (place: Vec2): Vec2 => {
    const { weights } = meet(corners, rayOf(camera.intrinsics, place));
    const sum = (axis: 0 | 1): number =>
      side *
      weights.reduce(
        (total, w, i) => total + w * (uv[(mesh.index[first + i] ?? 0) * 2 + axis] ?? 0),
        0,
      );
    return [sum(0), sum(1)];
  };
  const texel = texelsAt(at);
  const [right, below] = [
    texelsAt([at[0] + STEP_PIXELS, at[1]]),
    texelsAt([at[0], at[1] + STEP_PIXELS]),
  ];
  for (const axis of [0, 1] as const) {
    const slope = Math.hypot(right[axis] - texel[axis], below[axis] - texel[axis]) / STEP_PIXELS;
    const toBorder = Math.abs(texel[axis] - Math.round(texel[axis]));
    lower(frame.texelDistance, pixel, toBorder / slope);
  }
  const [column, row] = texel.map((t) => Math.min(side - 1, Math.max(0, Math.floor(t)))) as [
    number,
    number,
  ];
  return has(column, row);
}
