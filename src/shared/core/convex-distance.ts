import type { Hull, Vec3 } from './geometry.ts';

/** More steps than convex solids of a few hundred corners take; what is left then is a bound. */
const MAX_STEPS = 64;
/** Two bounds of a distance that differ by less than this share are one. */
const RELATIVE = 1e-12;

type Point = [number, number, number];

const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const minus = (a: Vec3, b: Vec3): Point => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const cross = (a: Vec3, b: Vec3): Point => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/**
 * Distance of two convex solids, metres, each the hull of its points; 0 where they touch or overlap. By
 * Gilbert, Johnson and Keerthi (IEEE J. Robotics and Automation 4, 1988), with +, −, ×, ÷ and √ alone, so
 * that every machine comes to the same bits. With `enough`, the search ends once it is known on which side
 * of it the distance lies, and what comes back is a bound on that side.
 */
export function convexDistance(a: Hull, b: Hull, enough = Infinity): number {
  const [startA, startB] = [a[0], b[0]];
  if (!startA || !startB) throw new RangeError('expected hulls with at least one point');
  let simplex: Vec3[] = [];
  let nearest: Vec3 = minus(startA, startB);
  let lower = 0;
  for (let step = 0; step < MAX_STEPS; step++) {
    const squared = dot(nearest, nearest);
    const upper = Math.sqrt(squared);
    if (upper === 0 || (upper < enough && enough < Infinity)) return upper;
    const corner = minus(farthest(a, nearest, -1), farthest(b, nearest, 1));
    lower = Math.max(lower, dot(nearest, corner) / upper);
    if (lower >= enough || upper - lower <= RELATIVE * upper) return lower;
    if (simplex.some((known) => isSame(known, corner))) return lower;
    const next = reduce([...simplex, corner]);
    // Rounding has the last word where it no longer comes nearer.
    if (dot(next.nearest, next.nearest) >= squared && simplex.length > 0) return lower;
    ({ simplex, nearest } = next);
    if (simplex.length === 4) return 0;
  }
  return lower;
}

const isSame = (a: Vec3, b: Vec3): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2];

/** The point of a hull that lies farthest along `sign` × a direction. */
function farthest(hull: Hull, [x, y, z]: Vec3, sign: 1 | -1): Vec3 {
  let best: Vec3 = hull[0] ?? [NaN, NaN, NaN];
  let most = -Infinity;
  for (const point of hull) {
    const along = sign * (x * point[0] + y * point[1] + z * point[2]);
    if (along > most) [most, best] = [along, point];
  }
  return best;
}

type Reduced = Readonly<{ simplex: Vec3[]; nearest: Vec3 }>;

/** The point of a simplex nearest to the origin, and the fewest corners that span it; four where it holds the origin. */
function reduce(corners: readonly Vec3[]): Reduced {
  const [a, b, c, d] = corners;
  if (!a || !b) return { simplex: [...corners], nearest: a ?? [NaN, NaN, NaN] };
  if (!c) return onSegment(a, b);
  if (!d) return onTriangle(a, b, c);
  const faces = [
    [a, b, c, d],
    [a, c, d, b],
    [a, d, b, c],
    [b, d, c, a],
  ] as const;
  let best: Reduced | null = null;
  for (const [p, q, r, opposite] of faces) {
    const normal = cross(minus(q, p), minus(r, p));
    const side = dot(normal, minus(opposite, p));
    const origin = -dot(normal, p);
    // A flat tetrahedron has no inside, so each of its faces is looked at.
    if (side !== 0 && side * origin > 0) continue;
    const found = onTriangle(p, q, r);
    if (!best || dot(found.nearest, found.nearest) < dot(best.nearest, best.nearest)) best = found;
  }
  return best ?? { simplex: [a, b, c, d], nearest: [0, 0, 0] };
}

function onSegment(a: Vec3, b: Vec3): Reduced {
  const along = minus(b, a);
  const length = dot(along, along);
  const share = length > 0 ? -dot(a, along) / length : 0;
  if (share <= 0) return { simplex: [a], nearest: a };
  if (share >= 1) return { simplex: [b], nearest: b };
  return { simplex: [a, b], nearest: combine([a, 1 - share], [b, share]) };
}

/** By the regions of the triangle (C. Ericson, Real-Time Collision Detection, §5.1.5). */
function onTriangle(a: Vec3, b: Vec3, c: Vec3): Reduced {
  const [ab, ac] = [minus(b, a), minus(c, a)];
  const normal = cross(ab, ac);
  const area = dot(normal, normal);
  const ofA = dot(cross(b, c), normal);
  const ofB = dot(cross(c, a), normal);
  const ofC = dot(cross(a, b), normal);
  if (area > 0 && ofA > 0 && ofB > 0 && ofC > 0) {
    const toPlane = dot(a, normal) / area;
    const nearest: Vec3 = [normal[0] * toPlane, normal[1] * toPlane, normal[2] * toPlane];
    return { simplex: [a, b, c], nearest };
  }
  const edges = [onSegment(a, b), onSegment(b, c), onSegment(c, a)];
  return edges.reduce((best, edge) =>
    dot(edge.nearest, edge.nearest) < dot(best.nearest, best.nearest) ? edge : best,
  );
}

const combine = ([p, i]: readonly [Vec3, number], [q, j]: readonly [Vec3, number]): Vec3 => [
  p[0] * i + q[0] * j,
  p[1] * i + q[1] * j,
  p[2] * i + q[2] * j,
];
