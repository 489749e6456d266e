import { convexDistance } from '../core/convex-distance.ts';
import type { Bounds, Mat4, Triangles, Vec3 } from '../core/geometry.ts';
import {
  boxAround,
  boxesApart,
  boxOf,
  poseTriangles,
  triangleAt,
  trianglesNear,
  TriangleTree,
} from '../core/triangle-tree.ts';
import { windingNumber } from '../core/winding-number.ts';

/** Surfaces nearer than this touch, metres: what rounding leaves of a distance of nothing. */
const TOUCH = 1e-6;

/** The triangles of something in the world, the box around them, and a point of each of its pieces. */
type Posed = Readonly<{
  corners: Float64Array;
  box: Bounds;
  pieces: readonly Vec3[];
  /** Made for what stands, in which others search. */
  tree: () => TriangleTree;
}>;

/** The triangles of something at each step of its course, posed when it is first asked for. */
export type PosedMesh = readonly (() => Posed)[];

/** Triangles where a matrix puts them; both are asked for only where they matter. */
export function meshAt(triangles: () => Triangles, matrix: () => Mat4): PosedMesh {
  let posed: Posed | null = null;
  return [
    () => {
      if (posed) return posed;
      const mesh = triangles();
      const corners = poseTriangles(mesh, matrix());
      const pieces = piecesOf(mesh).map((triangle) => triangleAt(corners, triangle)[0]);
      let tree: TriangleTree | null = null;
      posed = {
        corners,
        box: boxAround(corners),
        pieces,
        tree: () => (tree ??= new TriangleTree(corners)),
      };
      return posed;
    },
  ];
}

/**
 * Whether two things stay at least `spacing` metres apart, and neither touch nor lie in one another, at
 * every step that they share; what rests has one step for all. Exact for the triangles: the least distance
 * of any two of them, and, where that is enough, on which side of the other each connected piece lies.
 */
export function meshesApart(a: PosedMesh, b: PosedMesh, spacing: number): boolean {
  const gap = Math.max(spacing, TOUCH);
  const steps = Math.max(a.length, b.length);
  for (let step = 0; step < steps; step++) {
    const own = a[a.length === 1 ? 0 : step];
    const other = b[b.length === 1 ? 0 : step];
    if (!own || !other) throw new RangeError('expected as many steps of both');
    if (!posedApart(own(), other(), gap)) return false;
  }
  return true;
}

function posedApart(a: Posed, b: Posed, gap: number): boolean {
  if (boxesApart(a.box, b.box, gap)) return true;
  const tree = b.tree();
  for (const own of trianglesNear(a.corners, b.box, gap)) {
    const isNear = (other: number): boolean =>
      convexDistance(own, triangleAt(b.corners, other), gap) < gap;
    if (tree.some(boxOf(own), gap, isNear)) return false;
  }
  return !holdsAny(a, b) && !holdsAny(b, a);
}

/** Whether any piece of one lies in the other; of surfaces that do not meet, a point of each decides. */
function holdsAny(outer: Posed, inner: Posed): boolean {
  return inner.pieces.some(
    (point) =>
      !boxesApart(outer.box, { min: point, max: point }, 0) &&
      windingNumber(outer.corners, point) > 0.5,
  );
}

const PIECES = new WeakMap<Triangles, readonly number[]>();

/** The first triangle of each piece of a mesh; what shares a vertex is one piece. */
function piecesOf(mesh: Triangles): readonly number[] {
  const known = PIECES.get(mesh);
  if (known) return known;
  const { indices } = mesh;
  const leaders = Uint32Array.from({ length: mesh.positions.length / 3 }, (_, i) => i);
  const leaderOf = (vertex: number): number => {
    let at = vertex;
    while (leaders[at] !== at) {
      leaders[at] = leaders[leaders[at] ?? 0] ?? 0;
      at = leaders[at] ?? 0;
    }
    return at;
  };
  const corner = (i: number): number => indices[i] ?? 0;
  for (let i = 0; i < indices.length; i += 3) {
    for (const next of [i + 1, i + 2]) leaders[leaderOf(corner(next))] = leaderOf(corner(i));
  }
  const firsts = new Map<number, number>();
  for (let i = 0; i < indices.length; i += 3) {
    const leader = leaderOf(corner(i));
    if (!firsts.has(leader)) firsts.set(leader, i / 3);
  }
  const pieces = [...firsts.values()];
  PIECES.set(mesh, pieces);
  return pieces;
}
