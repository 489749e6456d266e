import type { Hull, Vec3 } from '../core/geometry.ts';
import { requirePhysics } from './engine.ts';
import { spanningPoints } from './spanning-points.ts';

/** Triangles: coordinates x, y, z of each vertex, metres; three vertex indices each. */
export type TriangleMesh = Readonly<{ vertices: Float32Array; indices: Uint32Array }>;

/** A closed mesh that fills this share of its convex hull is taken for it. */
const CONVEX_FROM = 0.9;
/** How far a hull may be cut down, metres, and to how many points; one alone may have more. */
const TOLERANCE = { meters: 2e-4, pointsAlone: 256, pointsOfMany: 64 };
/** What has no thickness is given this much, metres. */
const LEAST_THICKNESS = 1e-3;

/**
 * Convex solids that together are a mesh's body: its own hull where it nearly fills that, else the parts
 * that V-HACD (K. Mamou, in Rapier) cuts it into, each the hull of the surface in it. Hollows are filled
 * by less than the chord over a part. A pure function of the mesh. Needs the engine.
 */
export function decompose(mesh: TriangleMesh): readonly Hull[] {
  const { ColliderDesc } = requirePhysics();
  const surface = pointsOf(mesh.vertices);
  const points = thicken(surface);
  const whole = [spanningPoints(points, TOLERANCE.meters, TOLERANCE.pointsAlone)];
  if (points !== surface || isNearlyConvex(mesh, points)) return whole;
  const parts = ColliderDesc.convexDecomposition(mesh.vertices, mesh.indices)?.shape;
  if (!parts || !('shapes' in parts)) return whole;
  const hulls = (parts.shapes as readonly { vertices?: Float32Array }[]).flatMap(({ vertices }) => {
    if (!vertices) return [];
    const corners = pointsOf(vertices);
    const solid = ColliderDesc.convexHull(vertices) !== null && corners.length >= 4;
    return solid ? [spanningPoints(corners, TOLERANCE.meters, TOLERANCE.pointsOfMany)] : [];
  });
  return hulls.length > 0 ? hulls : whole;
}

function isNearlyConvex(mesh: TriangleMesh, points: readonly Vec3[]): boolean {
  if (!isClosed(mesh)) return false;
  const { ColliderDesc, World } = requirePhysics();
  const description = ColliderDesc.convexHull(Float32Array.from(points.flat()));
  if (!description) return true;
  const world = new World({ x: 0, y: 0, z: 0 });
  const hullVolume = world.createCollider(description).volume();
  world.free();
  const volume = volumeOf(mesh);
  return volume >= CONVEX_FROM * hullVolume && volume <= 1.001 * hullVolume;
}

function pointsOf(vertices: Float32Array): readonly Vec3[] {
  return Array.from({ length: vertices.length / 3 }, (_, i): Vec3 => {
    const [x = NaN, y = NaN, z = NaN] = vertices.subarray(3 * i, 3 * i + 3);
    return [x, y, z];
  });
}

/** Flat things get a thickness: each point again, a little lower, to the left and behind, as is needed. */
function thicken(points: readonly Vec3[]): readonly Vec3[] {
  const extent = ([0, 1, 2] as const).map((axis) => {
    let [low, high] = [Infinity, -Infinity];
    for (const point of points)
      [low, high] = [Math.min(low, point[axis]), Math.max(high, point[axis])];
    return high - low;
  });
  let solid = points;
  for (const axis of [0, 1, 2] as const) {
    if ((extent[axis] ?? 0) >= LEAST_THICKNESS) continue;
    const shift: Vec3 = [0, 1, 2].map((a) => (a === axis ? LEAST_THICKNESS : 0)) as unknown as Vec3;
    solid = solid.flatMap(([x, y, z]): Vec3[] => [
      [x, y, z],
      [x - shift[0], y - shift[1], z - shift[2]],
    ]);
  }
  return solid;
}

/** Volume within a closed mesh whose triangles face outwards, by the divergence theorem, cubic metres. */
function volumeOf({ vertices, indices }: TriangleMesh): number {
  let sum = 0;
  const at = (i: number, axis: number): number => vertices[3 * (indices[i] ?? 0) + axis] ?? NaN;
  for (let i = 0; i < indices.length; i += 3) {
    const [ax, ay, az] = [at(i, 0), at(i, 1), at(i, 2)];
    const [bx, by, bz] = [at(i + 1, 0), at(i + 1, 1), at(i + 1, 2)];
    const [cx, cy, cz] = [at(i + 2, 0), at(i + 2, 1), at(i + 2, 2)];
    sum += ax * (by * cz - bz * cy) - ay * (bx * cz - bz * cx) + az * (bx * cy - by * cx);
  }
  return sum / 6;
}

/** Whether every edge is run through as often forwards as backwards; equal points are one. */
function isClosed({ vertices, indices }: TriangleMesh): boolean {
  const names = new Map<string, number>();
  const nameOf = (i: number): number => {
    const v = 3 * (indices[i] ?? 0);
    const key = `${vertices[v]},${vertices[v + 1]},${vertices[v + 2]}`;
    const known = names.get(key) ?? names.size;
    names.set(key, known);
    return known;
  };
  const balance = new Map<string, number>();
  for (let i = 0; i < indices.length; i += 3) {
    const corners = [nameOf(i), nameOf(i + 1), nameOf(i + 2)];
    for (let k = 0; k < 3; k++) {
      const [a = 0, b = 0] = [corners[k], corners[(k + 1) % 3]];
      if (a === b) continue;
      const key = a < b ? `${a},${b}` : `${b},${a}`;
      balance.set(key, (balance.get(key) ?? 0) + (a < b ? 1 : -1));
    }
  }
  return indices.length > 0 && [...balance.values()].every((count) => count === 0);
}
