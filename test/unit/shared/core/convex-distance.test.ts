import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convexDistance } from '#shared/core/convex-distance';
import type { Hull, Quat, Vec3 } from '#shared/core/geometry';
import { compose, invertAffine, transformPoint } from '#shared/core/matrix';

const box = (min: Vec3, max: Vec3): Hull =>
  [min[0], max[0]].flatMap((x) =>
    [min[1], max[1]].flatMap((y) => [min[2], max[2]].map((z): Vec3 => [x, y, z])),
  );
const UNIT = box([0, 0, 0], [1, 1, 1]);
const moved = (hull: Hull, [x, y, z]: Vec3): Hull =>
  hull.map(([px, py, pz]) => [px + x, py + y, pz + z]);

describe('the distance of convex solids', () => {
  it.each<[string, Vec3, number]>([
    ['face to face', [1.25, 0.3, 0.1], 0.25],
    ['edge to edge', [1.3, 1.4, 0.2], 0.5],
    ['corner to corner', [1.2, 1.3, 1.6], 0.7],
    ['touching', [1, 0.5, 0.5], 0],
    ['overlapping', [0.9, 0.5, 0.5], 0],
    ['one in the other', [0, 0, 0], 0],
  ])('%s is its closed form', (_, offset, wanted) => {
    const other = moved(UNIT, offset);
    expect(convexDistance(UNIT, other)).toBeCloseTo(wanted, 12);
    expect(convexDistance(other, UNIT)).toBeCloseTo(wanted, 12);
  });

  it('ends on the right side of what is enough', () => {
    const other = moved(UNIT, [1.25, 0.3, 0.1]);
    expect(convexDistance(UNIT, other, 0.2)).toBeGreaterThanOrEqual(0.2);
    expect(convexDistance(UNIT, other, 0.2500001)).toBeLessThan(0.2500001);
    expect(convexDistance(UNIT, other, 0.2499999)).toBeGreaterThanOrEqual(0.2499999);
    expect(convexDistance(UNIT, moved(UNIT, [0.9, 0, 0]), 1e-6)).toBeLessThan(1e-6);
  });

  const coordinate = fc.double({ min: -2, max: 2, noNaN: true });
  const point = fc.tuple(coordinate, coordinate, coordinate);
  const turn = fc.tuple(coordinate, coordinate, coordinate, coordinate).filter((q) => {
    return Math.hypot(...q) > 0.1;
  });
  const unit = (q: readonly number[]): Quat => {
    const length = Math.hypot(...q);
    return q.map((value) => value / length) as unknown as Quat;
  };

  it('of a point and a turned box is that of the box’s own frame', () => {
    fc.assert(
      fc.property(point, point, turn, (at, where, q) => {
        const matrix = compose(where, unit(q), [1, 0.5, 0.25]);
        const hull = UNIT.map((corner) => transformPoint(matrix, corner));
        const inside = compose(where, unit(q), [1, 1, 1]);
        const [x, y, z] = transformPoint(invertAffine(inside), at);
        const beyond = (value: number, size: number): number => Math.max(0, -value, value - size);
        const wanted = Math.hypot(beyond(x, 1), beyond(y, 0.5), beyond(z, 0.25));
        expect(convexDistance([at], hull)).toBeCloseTo(wanted, 9);
      }),
      { seed: 20261129, numRuns: 300 },
    );
  });

  it('of turned boxes is bounded by every direction and by every pair of points', () => {
    fc.assert(
      fc.property(point, turn, turn, (where, p, q) => {
        const a = UNIT.map((c) => transformPoint(compose([0, 0, 0], unit(p), [1, 1, 1]), c));
        const b = UNIT.map((c) => transformPoint(compose(where, unit(q), [0.7, 0.2, 1]), c));
        const distance = convexDistance(a, b);
        const pairs = a.flatMap((c) =>
          b.map((d) => Math.hypot(c[0] - d[0], c[1] - d[1], c[2] - d[2])),
        );
        expect(distance).toBeLessThanOrEqual(Math.min(...pairs) + 1e-12);
        // No axis of either box, nor a cross product of two, holds them further apart (they suffice for overlap).
        const columns = (turned: Quat): Vec3[] =>
          ([[1, 0, 0], [0, 1, 0], [0, 0, 1]] as const).map((axis) =>
            transformPoint(compose([0, 0, 0], turned, [1, 1, 1]), axis),
          ); // prettier-ignore
        const cross = (u: Vec3, v: Vec3): Vec3 => [
          u[1] * v[2] - u[2] * v[1],
          u[2] * v[0] - u[0] * v[2],
          u[0] * v[1] - u[1] * v[0],
        ];
        const [ours, theirs] = [columns(unit(p)), columns(unit(q))];
        const axes = [...ours, ...theirs, ...ours.flatMap((u) => theirs.map((v) => cross(u, v)))];
        let most = -Infinity;
        for (const axis of axes) {
          const length = Math.hypot(...axis);
          if (length < 1e-6) continue;
          const along = (c: Vec3): number =>
            (c[0] * axis[0] + c[1] * axis[1] + c[2] * axis[2]) / length;
          const [s, t] = [a.map(along), b.map(along)];
          most = Math.max(most, Math.min(...t) - Math.max(...s), Math.min(...s) - Math.max(...t));
        }
        expect(distance).toBeGreaterThan(most - 1e-9);
        expect(distance > 1e-9).toBe(most > 1e-9);
      }),
      { seed: 20261129, numRuns: 300 },
    );
  });
});
