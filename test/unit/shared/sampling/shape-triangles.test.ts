import { expect, it } from 'vitest';
import type { ShapeSpec } from '#shared/config/scene-schema';
import { createShapeGeometry } from '#page/scene/shape-geometry';
import { shapeTriangles } from '#shared/sampling/shape-triangles';

type Triple = [number, number, number];
const SHAPES: readonly ShapeSpec[] = [
  { kind: 'plane', size: [2, 3] },
  { kind: 'box', size: [1, 2, 3], bevelMeters: 0 },
  { kind: 'box', size: [1, 2, 3], bevelMeters: 0.2 },
  { kind: 'sphere', radius: 0.7, segments: 12 },
  { kind: 'cylinder', radius: 0.5, height: 2, segments: 9 },
  { kind: 'backdrop', width: 4, height: 2, depth: 3, bendRadius: 0.6 },
];

/** Area vectors of triangles: their sum is the same for every way to cut a flat face. */
function facesOf(positions: ArrayLike<number>, indices: ArrayLike<number>): readonly Triple[] {
  const at = (i: number, axis: number): number => positions[3 * (indices[i] ?? 0) + axis] ?? NaN;
  return Array.from({ length: indices.length / 3 }, (_, t) => {
    const side = (k: number): Triple => [0, 1, 2].map((axis) => at(3 * t + k, axis) - at(3 * t, axis)) as Triple; // prettier-ignore
    const [p, q] = [side(1), side(2)];
    return [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
  });
}

it.each(SHAPES)('the triangles of %j are those that the page draws', (shape) => {
  const own = shapeTriangles(shape);
  const drawn = createShapeGeometry(shape);
  const index = drawn.getIndex();
  const { array } = drawn.getAttribute('position');
  const corners = index ? index.array : Array.from({ length: array.length / 3 }, (_, i) => i);
  // Of each point there is one of the page, and (a backdrop apart, whose back is left out) the other way round.
  const keysOf = (points: ArrayLike<number>): ReadonlySet<string> =>
    new Set(
      Array.from({ length: points.length / 3 }, (_, i) =>
        [0, 1, 2].map((axis) => Math.round((points[3 * i + axis] ?? NaN) * 1e5) + 0).join(),
      ),
    );
  const used = (points: ArrayLike<number>, by: ArrayLike<number>): number[] =>
    Array.from(by).flatMap((i) => [points[3 * i] ?? NaN, points[3 * i + 1] ?? NaN, points[3 * i + 2] ?? NaN]); // prettier-ignore
  const [ours, theirs] = [keysOf(used(own.positions, own.indices)), keysOf(used(array, corners))];
  expect([...ours].filter((key) => !theirs.has(key))).toEqual([]);
  if (shape.kind === 'backdrop') return;
  expect([...theirs].filter((key) => !ours.has(key))).toEqual([]);
  const sums = (faces: readonly Triple[]): number[] =>
    [0, 1, 2].flatMap((axis) =>
      [1, -1].map((sign) =>
        faces.reduce((sum, f) => sum + Math.max(0, sign * (f[axis] ?? NaN)), 0),
      ),
    );
  const [a, b] = [sums(facesOf(own.positions, own.indices)), sums(facesOf(array, corners))];
  a.forEach((value, i) => expect(value).toBeCloseTo(b[i] ?? NaN, 3));
});
