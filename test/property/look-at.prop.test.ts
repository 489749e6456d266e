import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mat4, Vec3 } from '#shared/core/geometry';
import { compose, invertAffine, transformPoint } from '#shared/core/matrix';
import { decomposeMatrix } from '#shared/plan/decompose-matrix';
import { worldFromLookAt } from '#shared/core/look-at';

const RUNS = { seed: 20260104, numRuns: 500 };

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const point = fc.tuple(real(-20, 20), real(-20, 20), real(-20, 20));
const roll = real(-360, 360);
const column = (m: Mat4, c: number): Vec3 => [m[c] ?? NaN, m[4 + c] ?? NaN, m[8 + c] ?? NaN];
const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Orthonormal columns, right-handed. */
function expectRigid(m: Mat4): void {
  const axes = [0, 1, 2].map((c) => column(m, c)) as [Vec3, Vec3, Vec3];
  axes.forEach((a, i) => {
    axes.forEach((b, j) => expect(Math.abs(dot(a, b) - (i === j ? 1 : 0))).toBeLessThan(1e-12));
  });
  expect(Math.abs(dot(cross(axes[0], axes[1]), axes[2]) - 1)).toBeLessThan(1e-12);
  expect(m.slice(12)).toEqual([0, 0, 0, 1]);
}

describe('worldFromLookAt', () => {
  it('is rigid, right-handed, and maps the target to the optical axis, whatever the roll', () => {
    fc.assert(
      fc.property(point, point, roll, (position, target, degrees) => {
        const distance = Math.hypot(...position.map((p, i) => p - (target[i] ?? NaN)));
        fc.pre(distance > 1e-3);
        const m = worldFromLookAt(position, target, degrees);
        expectRigid(m);
        expect(column(m, 3)).toEqual(position);
        const [x, y, z] = transformPoint(invertAffine(m), target);
        // Its pixel is the principal point: (cx + fx · x / z, cy + fy · y / z).
        expect(Math.abs(x / z)).toBeLessThan(1e-9);
        expect(Math.abs(y / z)).toBeLessThan(1e-9);
        expect(z).toBeCloseTo(distance, 9);
      }),
      RUNS,
    );
  });

  it('keeps the horizon level without roll, the sky above, and leans by the roll', () => {
    fc.assert(
      fc.property(point, point, real(-89, 89), (position, target, degrees) => {
        const level = Math.hypot(position[0] - target[0], position[2] - target[2]);
        fc.pre(level > 1e-2);
        const straight = worldFromLookAt(position, target, 0);
        expect(Math.abs(column(straight, 0)[1])).toBeLessThan(1e-12);
        expect(column(straight, 1)[1]).toBeLessThan(0);
        const rolled = worldFromLookAt(position, target, degrees);
        const leaning = Math.atan2(
          dot(column(rolled, 0), column(straight, 1)),
          dot(column(rolled, 0), column(straight, 0)),
        );
        expect((leaning * 180) / Math.PI).toBeCloseTo(degrees, 7);
        expect(column(rolled, 2)).toEqual(column(straight, 2));
      }),
      RUNS,
    );
  });
});

describe('decomposeMatrix', () => {
  const rotation = fc
    .tuple(real(-1, 1), real(-1, 1), real(-1, 1), real(-1, 1))
    .filter((q) => Math.hypot(...q) > 0.1)
    .map((q) => {
      const length = Math.hypot(...q);
      return q.map((v) => v / length) as [number, number, number, number];
    });
  const size = real(0.01, 50);

  it('gives back the pose and the scale that a matrix was composed of', () => {
    fc.assert(
      fc.property(
        fc.tuple(point, rotation),
        fc.tuple(size, size, size),
        fc.boolean(),
        (pose, sizes, mirrored) => {
          const [position, q] = pose;
          const scale: Vec3 = [mirrored ? -sizes[0] : sizes[0], sizes[1], sizes[2]];
          const { rigid, scale: found } = decomposeMatrix(compose(position, q, scale));
          expectRigid(rigid);
          rigid.forEach((v, i) =>
            expect(v).toBeCloseTo(compose(position, q, [1, 1, 1])[i] ?? NaN, 11),
          );
          found.forEach((s, i) => expect(s / (scale[i] ?? NaN)).toBeCloseTo(1, 11));
        },
      ),
      RUNS,
    );
  });

  it('says the same of a mirror in any axis: a rigid pose, whose product with the scale is the matrix', () => {
    fc.assert(
      fc.property(rotation, fc.tuple(size, size, size), fc.constantFrom(1, 2), (q, sizes, axis) => {
        const scale = sizes.map((s, i) => (i === axis ? -s : s)) as [number, number, number];
        const matrix = compose([1, 2, 3], q, scale);
        const { rigid, scale: found } = decomposeMatrix(matrix);
        expectRigid(rigid);
        expect(found[0]).toBeLessThan(0);
        expect(Math.min(found[1], found[2])).toBeGreaterThan(0);
        for (const c of [0, 1, 2] as const) {
          column(rigid, c).forEach((v, r) =>
            expect(v * found[c]).toBeCloseTo(matrix[r * 4 + c] ?? NaN, 9),
          );
        }
      }),
      RUNS,
    );
  });
});
