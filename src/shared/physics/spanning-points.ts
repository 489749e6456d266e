import type { Vec3 } from '../core/geometry.ts';
import { cos, sin } from '../core/portable-math.ts';

/** Directions in which hulls are compared, evenly over the sphere (a Fibonacci lattice). */
const DIRECTIONS = 1024;
const GOLDEN_ANGLE = 2.399963229728653;

type Direction = { of: Vec3; farthest: Vec3; reach: number; reached: number };

const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/**
 * Some of the points, whose convex hull comes within `tolerance` metres of that of all in each of
 * 1024 directions, or as near as `most` of them do. Greedy: the direction that lacks most is served next.
 */
export function spanningPoints(points: readonly Vec3[], tolerance: number, most: number): Vec3[] {
  const [first] = points;
  if (first === undefined) return [];
  const directions = Array.from({ length: DIRECTIONS }, (_, i): Direction => {
    const y = 1 - (2 * (i + 0.5)) / DIRECTIONS;
    const r = Math.sqrt(1 - y * y);
    const of: Vec3 = [r * cos(i * GOLDEN_ANGLE), y, r * sin(i * GOLDEN_ANGLE)];
    let [farthest, reach] = [first, dot(of, first)];
    for (const point of points) {
      const along = dot(of, point);
      if (along > reach) [farthest, reach] = [point, along];
    }
    return { of, farthest, reach, reached: -Infinity };
  });
  const chosen: Vec3[] = [];
  while (chosen.length < most) {
    let next: Direction | null = null;
    let lack = tolerance;
    for (const direction of directions) {
      const missing = direction.reach - direction.reached;
      if (missing > lack) [next, lack] = [direction, missing];
    }
    if (next === null) break;
    const { farthest } = next;
    chosen.push(farthest);
    for (const direction of directions)
      direction.reached = Math.max(direction.reached, dot(direction.of, farthest));
  }
  return chosen;
}
