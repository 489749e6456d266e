import type { Vec2 } from '../core/geometry.ts';
import type { PosedMesh } from './posed-mesh.ts';

/** A convex polygon in the ground plane: [x, z] corners, metres, in order. */
export type GroundPolygon = readonly Vec2[];

/** What stands between two heights over a convex plan. */
export type Prism = Readonly<{
  polygon: GroundPolygon;
  bottom: number;
  top: number;
  name: string;
  /** The triangles in it, where they can be known. */
  mesh?: PosedMesh | undefined;
}>;

/** Heights within this of each other touch without overlapping, metres. */
const CONTACT = 1e-4;

/** Turns by an angle given as its sine and cosine (about +Y, from +Z to +X), scales, then moves. */
export function placePolygon(
  polygon: GroundPolygon,
  { sin, cos, scale, at }: Readonly<{ sin: number; cos: number; scale: number; at: Vec2 }>,
): GroundPolygon {
  return polygon.map(([x, z]) => [
    at[0] + scale * (x * cos + z * sin),
    at[1] + scale * (z * cos - x * sin),
  ]);
}

/**
 * Whether two convex polygons are at least `spacing` metres apart along one of their edge normals
 * (separating axis theorem): an underestimate of their distance, which keeps sharp corners a little further
 * apart than asked.
 */
export function areApart(a: GroundPolygon, b: GroundPolygon, spacing: number): boolean {
  return (
    areFarApart(surroundOf(a), surroundOf(b), spacing) ||
    liesBeyondAnEdge(a, b, spacing) ||
    liesBeyondAnEdge(b, a, spacing)
  );
}

/** A circle around a polygon about its centroid, and how well its edges face directions. */
type Surround = Readonly<{
  x: number;
  z: number;
  radius: number;
  /** In whatever direction, an edge's outward normal has at least this cosine with it. */
  facing: number;
}>;

/** Each object is held against all that stand: what stands is measured once. */
const surrounds = new WeakMap<GroundPolygon, Surround>();

function surroundOf(polygon: GroundPolygon): Surround {
  const known = surrounds.get(polygon);
  if (known !== undefined) return known;
  const [x, z] = centroidOf(polygon);
  let radius = 0;
  for (const [px, pz] of polygon) radius = Math.max(radius, lengthOf(px - x, pz - z));
  const found = { x, z, radius, facing: facingOf(polygon) };
  surrounds.set(polygon, found);
  return found;
}

/** A direction between two normals is nearest to one of them at most half of their angle away. */
function facingOf(polygon: GroundPolygon): number {
  const edges = polygon
    .map((from, i) => edgeBetween(from, corner(polygon, i + 1)))
    .filter(({ length }) => length > 0);
  let facing = 1;
  for (const [i, { x, z, length }] of edges.entries()) {
    const next = edges[(i + 1) % edges.length];
    const cosine = next === undefined ? -1 : (x * next.x + z * next.z) / (length * next.length);
    facing = Math.min(facing, Math.sqrt(Math.max(0, (1 + cosine) / 2)));
  }
  return edges.length < 3 ? 0 : facing;
}

type Edge = Readonly<{ x: number; z: number; length: number }>;

function edgeBetween([x0, z0]: Vec2, [x1, z1]: Vec2): Edge {
  return { x: x1 - x0, z: z1 - z0, length: lengthOf(x1 - x0, z1 - z0) };
}

/** Polygons whose edges turn by more than twice 60° have no say by their circles: rounding could matter there. */
const LEAST_FACING = 0.5;
/** More than rounding does to places in a scene, metres. */
const ROUNDING = 1e-6;

/**
 * Whether circles alone say that {@link liesBeyondAnEdge} holds: some edge faces the other polygon, whose whole
 * circle then lies `spacing` beyond that edge. Most pairs are as far apart as this.
 */
function areFarApart(a: Surround, b: Surround, spacing: number): boolean {
  const facing = Math.max(a.facing, b.facing);
  const [dx, dz] = [b.x - a.x, b.z - a.z];
  return (
    facing > LEAST_FACING && facing * lengthOf(dx, dz) >= a.radius + b.radius + spacing + ROUNDING
  );
}

/** Whether all of `b` lies at least `spacing` outside one edge of `a`. Called for many pairs: allocates nothing. */
function liesBeyondAnEdge(a: GroundPolygon, b: GroundPolygon, spacing: number): boolean {
  const [cx, cz] = centroidOf(a);
  for (let i = 0; i < a.length; i++) {
    const [x0, z0] = corner(a, i);
    const [x1, z1] = corner(a, i + 1);
    const length = lengthOf(x1 - x0, z1 - z0);
    if (length === 0) continue;
    const nx = (z1 - z0) / length;
    const nz = (x0 - x1) / length;
    const outward = nx * (cx - x0) + nz * (cz - z0) > 0 ? -1 : 1;
    if (b.every(([x, z]) => outward * (nx * (x - x0) + nz * (z - z0)) >= spacing)) return true;
  }
  return false;
}

/** Whether every corner of `inner` lies in the convex `region`, at least `margin` metres from its rim. */
export function containsPolygon(
  region: GroundPolygon,
  inner: GroundPolygon,
  margin: number,
): boolean {
  const centre = centroidOf(region);
  for (let i = 0; i < region.length; i++) {
    const [x0, z0] = corner(region, i);
    const [x1, z1] = corner(region, i + 1);
    const length = lengthOf(x1 - x0, z1 - z0);
    if (length === 0) continue;
    const side = ([x, z]: Vec2): number => ((x1 - x0) * (z - z0) - (z1 - z0) * (x - x0)) / length;
    const inward = side(centre) >= 0 ? 1 : -1;
    if (inner.some((point) => side(point) * inward < margin)) return false;
  }
  return true;
}

/** Area by the shoelace formula, square metres. */
export function areaOf(polygon: GroundPolygon): number {
  let twice = 0;
  for (let i = 0; i < polygon.length; i++) {
    const [x0, z0] = corner(polygon, i);
    const [x1, z1] = corner(polygon, i + 1);
    twice += x0 * z1 - x1 * z0;
  }
  return Math.abs(twice) / 2;
}

/** Mean of the corners; inside every convex polygon. */
export function centroidOf(polygon: GroundPolygon): Vec2 {
  let x = 0;
  let z = 0;
  for (const [px, pz] of polygon) {
    x += px;
    z += pz;
  }
  return [x / polygon.length, z / polygon.length];
}

/** Smallest rectangle along the axes around a polygon. */
export function extentOf(polygon: GroundPolygon): Readonly<{ min: Vec2; max: Vec2 }> {
  const xs = polygon.map(([x]) => x);
  const zs = polygon.map(([, z]) => z);
  return { min: [Math.min(...xs), Math.min(...zs)], max: [Math.max(...xs), Math.max(...zs)] };
}

/** Whether two prisms come closer than `spacing` metres. */
export function collide(a: Prism, b: Prism, spacing: number): boolean {
  if (a.top <= b.bottom + CONTACT || b.top <= a.bottom + CONTACT) return false;
  return !areApart(a.polygon, b.polygon, spacing);
}

function corner(polygon: GroundPolygon, index: number): Vec2 {
  const point = polygon[index % polygon.length];
  if (point === undefined) throw new RangeError('expected a polygon with at least one corner');
  return point;
}

const lengthOf = (x: number, z: number): number => Math.sqrt(x * x + z * z);
