import type { Vec2 } from './geometry.ts';

/** How much a simplified hull grows about its centre, so that rounding never cuts off a point. */
const SAFETY_GROWTH = 1e-9;

/** Twice the signed area of a, b, c; positive where they turn anticlockwise seen from +Y (x right, z down). */
const turn = (a: Vec2, b: Vec2, c: Vec2): number =>
  (b[1] - a[1]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[1] - a[1]);

/** One side of the hull from sorted points; the last point, which the other side begins with, is left out. */
function chainOf(sorted: readonly Vec2[]): Vec2[] {
  const chain: Vec2[] = [];
  for (const point of sorted) {
    for (;;) {
      const last = chain.at(-1);
      const before = chain.at(-2);
      if (!last || !before || turn(before, last, point) > 0) break;
      chain.pop();
    }
    chain.push(point);
  }
  chain.pop();
  return chain;
}

/**
 * Convex hull of points [x, z] of the ground plan, metres, anticlockwise seen from +Y, without
 * collinear points. Fewer than three points come back where the input is a point or a segment.
 * Method: A. M. Andrew, Another efficient algorithm for convex hulls in two dimensions (1979).
 */
export function convexHull(points: readonly Vec2[]): Vec2[] {
  const sorted = [...points].sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  const distinct = sorted.filter((p, i) => {
    const before = sorted[i - 1];
    return !before || before[0] !== p[0] || before[1] !== p[1];
  });
  if (distinct.length < 3) return distinct;
  return [...chainOf(distinct), ...chainOf([...distinct].reverse())];
}

type EdgeCut = Readonly<{ index: number; corner: Vec2; addedArea: number }>;

/**
 * What removing the edge from b to c would cost: its neighbours are prolonged until they meet.
 * Null where they do not meet on the outer side.
 */
function cutEdge(hull: readonly Vec2[], index: number): EdgeCut | null {
  const at = (offset: number): Vec2 | undefined =>
    hull[(index + offset + hull.length) % hull.length];
  const [a, b, c, d] = [at(-1), at(0), at(1), at(2)];
  if (!a || !b || !c || !d) return null;
  const first = [b[0] - a[0], b[1] - a[1]] as const;
  const second = [c[0] - d[0], c[1] - d[1]] as const;
  const gap = [c[0] - b[0], c[1] - b[1]] as const;
  const denominator = first[0] * second[1] - first[1] * second[0];
  if (denominator === 0) return null;
  const alongFirst = (gap[0] * second[1] - gap[1] * second[0]) / denominator;
  const alongSecond = (gap[0] * first[1] - gap[1] * first[0]) / denominator;
  if (!(alongFirst > 0) || !(alongSecond > 0)) return null;
  const corner: Vec2 = [b[0] + alongFirst * first[0], b[1] + alongFirst * first[1]];
  return { index, corner, addedArea: Math.abs(turn(b, corner, c)) / 2 };
}

function cheapestCut(hull: readonly Vec2[]): EdgeCut | null {
  let best: EdgeCut | null = null;
  for (let index = 0; index < hull.length; index++) {
    const cut = cutEdge(hull, index);
    if (cut && Number.isFinite(cut.addedArea) && (!best || cut.addedArea < best.addedArea))
      best = cut;
  }
  return best;
}

function growAboutCentre(hull: readonly Vec2[]): Vec2[] {
  const cx = hull.reduce((sum, p) => sum + p[0], 0) / hull.length;
  const cz = hull.reduce((sum, p) => sum + p[1], 0) / hull.length;
  const grow = (value: number, centre: number): number =>
    centre + (value - centre) * (1 + SAFETY_GROWTH);
  return hull.map((p) => [grow(p[0], cx), grow(p[1], cz)] as const);
}

/**
 * A convex polygon of at most `maxPoints` (≥ 4) corners that holds the whole of `hull`: edges are
 * removed by prolonging their neighbours, the smallest added area first, so the shape only grows.
 * A hull that is small enough comes back as it is.
 */
export function simplifyHull(hull: readonly Vec2[], maxPoints: number): readonly Vec2[] {
  if (maxPoints < 4) throw new RangeError(`expected maxPoints >= 4, got ${maxPoints}`);
  if (hull.length <= maxPoints) return hull;
  let current = [...hull];
  while (current.length > maxPoints) {
    const cut = cheapestCut(current);
    if (!cut)
      throw new RangeError(`cannot simplify a hull of ${current.length} points: it is not convex`);
    const next = (cut.index + 1) % current.length;
    current = current
      .map((p, i) => (i === cut.index ? cut.corner : p))
      .filter((_, i) => i !== next);
  }
  return growAboutCentre(current);
}
