import type { Bounds, Mat4, Triangles, Vec3 } from './geometry.ts';

/** Most triangles of a leaf. */
const LEAF = 4;

/** The corners of a triangle. */
export type Triangle = readonly [Vec3, Vec3, Vec3];

/**
 * Nine numbers a triangle: its corners where a matrix puts them, in order anticlockwise seen from outside. A
 * mirrored mesh is drawn with its faces turned round (glTF 2.0 §3.7.4), and so they are here.
 */
export function poseTriangles({ positions, indices }: Triangles, matrix: Mat4): Float64Array {
  const corners = new Float64Array(3 * indices.length);
  const order = isMirrored(matrix) ? [0, 2, 1] : [0, 1, 2];
  const m = (k: number): number => matrix[k] ?? NaN;
  const rows = [0, 4, 8].map((k) => [m(k), m(k + 1), m(k + 2), m(k + 3)] as const);
  for (let i = 0; i < indices.length; i++) {
    const vertex = 3 * (indices[i - (i % 3) + (order[i % 3] ?? 0)] ?? NaN);
    const [x, y, z] = [positions[vertex] ?? NaN, positions[vertex + 1] ?? NaN, positions[vertex + 2] ?? NaN]; // prettier-ignore
    for (let axis = 0; axis < 3; axis++) {
      const [a, b, c, d] = rows[axis] ?? [NaN, NaN, NaN, NaN];
      corners[3 * i + axis] = a * x + b * y + c * z + d;
    }
  }
  return corners;
}

function isMirrored(m: Mat4): boolean {
  const [a = 0, b = 0, c = 0, , d = 0, e = 0, f = 0, , g = 0, h = 0, i = 0] = m;
  return a * (e * i - f * h) + b * (f * g - d * i) + c * (d * h - e * g) < 0;
}

/** One of the triangles of {@link poseTriangles}. */
export function triangleAt(corners: Float64Array, index: number): Triangle {
  const at = (first: number): Vec3 => [
    corners[first] ?? NaN,
    corners[first + 1] ?? NaN,
    corners[first + 2] ?? NaN,
  ];
  return [at(9 * index), at(9 * index + 3), at(9 * index + 6)];
}

/** Smallest box along the axes around all triangles; that of nothing has its least above its most. */
export function boxAround(corners: Float64Array): Bounds {
  const min: [number, number, number] = [Infinity, Infinity, Infinity];
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < corners.length; i++) {
    const [axis, value] = [(i % 3) as 0 | 1 | 2, corners[i] ?? NaN];
    if (value < min[axis]) min[axis] = value;
    if (value > max[axis]) max[axis] = value;
  }
  return { min, max };
}

/** The triangles that come nearer than `gap` to a box along every axis, one by one. */
export function* trianglesNear(
  corners: Float64Array,
  { min, max }: Bounds,
  gap: number,
): Generator<Triangle> {
  for (let i = 0; i < corners.length; i += 9) {
    let near = true;
    for (let axis = 0; near && axis < 3; axis++) {
      const at = i + axis;
      const [p, q, r] = [corners[at] ?? NaN, corners[at + 3] ?? NaN, corners[at + 6] ?? NaN];
      const [low, high] = [(min[axis] ?? NaN) - gap, (max[axis] ?? NaN) + gap];
      near = !((p <= low && q <= low && r <= low) || (p >= high && q >= high && r >= high));
    }
    if (near) yield triangleAt(corners, i / 9);
  }
}

/** Smallest box along the axes around a triangle. */
export function boxOf([a, b, c]: Triangle): Bounds {
  const along = (pick: (...values: number[]) => number): Vec3 => [
    pick(a[0], b[0], c[0]),
    pick(a[1], b[1], c[1]),
    pick(a[2], b[2], c[2]),
  ];
  return { min: along(Math.min), max: along(Math.max) };
}

type Node = Readonly<{
  box: Bounds;
  from: number;
  to: number;
  halves: readonly [Node, Node] | null;
}>;

/** Boxes around boxes around triangles, by which those near a place are found. */
export class TriangleTree {
  readonly corners: Float64Array;
  readonly #order: Uint32Array;
  readonly #boxes: readonly Bounds[];
  readonly #root: Node | null;

  /** @param corners Of {@link poseTriangles}. */
  constructor(corners: Float64Array) {
    this.corners = corners;
    const count = corners.length / 9;
    this.#order = Uint32Array.from({ length: count }, (_, i) => i);
    this.#boxes = Array.from({ length: count }, (_, i) => boxOf(triangleAt(corners, i)));
    this.#root = count > 0 ? this.#build(0, count) : null;
  }

  /** Whether any triangle whose box comes nearer than `gap` to a box has a property; a search that ends with the first. */
  some(box: Bounds, gap: number, has: (triangle: number) => boolean): boolean {
    const search = (node: Node): boolean => {
      if (boxesApart(node.box, box, gap)) return false;
      if (node.halves) return search(node.halves[0]) || search(node.halves[1]);
      for (let i = node.from; i < node.to; i++) {
        const triangle = this.#order[i] ?? 0;
        const own = this.#boxes[triangle];
        if (own && !boxesApart(own, box, gap) && has(triangle)) return true;
      }
      return false;
    };
    return this.#root !== null && search(this.#root);
  }

  #build(from: number, to: number): Node {
    const members = this.#order.subarray(from, to);
    const box = joinBoxes(Array.from(members, (i) => this.#boxes[i]));
    if (to - from <= LEAF) return { box, from, to, halves: null };
    const size = ([0, 1, 2] as const).map((axis) => box.max[axis] - box.min[axis]);
    const axis = size.indexOf(Math.max(...size)) as 0 | 1 | 2;
    const middle = (i: number): number =>
      (this.#boxes[i]?.min[axis] ?? NaN) + (this.#boxes[i]?.max[axis] ?? NaN);
    members.sort((p, q) => middle(p) - middle(q) || p - q);
    const half = (from + to) >> 1;
    return { box, from, to, halves: [this.#build(from, half), this.#build(half, to)] };
  }
}

/** Whether two boxes are at least `gap` apart along an axis. */
export function boxesApart(a: Bounds, b: Bounds, gap: number): boolean {
  for (const axis of [0, 1, 2] as const)
    if (a.min[axis] - b.max[axis] >= gap || b.min[axis] - a.max[axis] >= gap) return true;
  return false;
}

function joinBoxes(boxes: readonly (Bounds | undefined)[]): Bounds {
  const min: [number, number, number] = [Infinity, Infinity, Infinity];
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    if (!box) continue;
    for (const axis of [0, 1, 2] as const) {
      min[axis] = Math.min(min[axis], box.min[axis]);
      max[axis] = Math.max(max[axis], box.max[axis]);
    }
  }
  return { min, max };
}
