import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areApart, type GroundPolygon } from '#shared/sampling/ground-plan';

const SEED = { seed: 20261130, numRuns: 2000 };

/** Corners on an ellipse, at angles that ascend: convex, with three corners and more, some of them doubled. */
const polygons = fc
  .record({
    angles: fc.uniqueArray(fc.integer({ min: 0, max: 359 }), { minLength: 3, maxLength: 24 }),
    radii: fc.tuple(fc.double({ min: 0.01, max: 2, noNaN: true }), fc.double({ min: 0.01, max: 2, noNaN: true })),
    at: fc.tuple(fc.double({ min: -4, max: 4, noNaN: true }), fc.double({ min: -4, max: 4, noNaN: true })),
    doubled: fc.boolean(),
  })
  .map(({ angles, radii, at, doubled }): GroundPolygon => {
    const corners = angles
      .sort((a, b) => a - b)
      .map((degrees) => {
        const angle = (degrees * Math.PI) / 180;
        return [at[0] + radii[0] * Math.cos(angle), at[1] + radii[1] * Math.sin(angle)] as const;
      });
    return doubled ? corners.flatMap((corner) => [corner, corner]) : corners;
  }); // prettier-ignore

const spacings = fc.constantFrom(0, 0.05, 0.5);

/** The separating axis theorem, every edge against every corner. */
function separates(a: GroundPolygon, b: GroundPolygon, spacing: number): boolean {
  const mean = (axis: 0 | 1): number => a.reduce((sum, point) => sum + point[axis], 0) / a.length;
  return a.some(([x0, z0], i) => {
    const [x1, z1] = a[(i + 1) % a.length] ?? [NaN, NaN];
    const length = Math.sqrt((x1 - x0) * (x1 - x0) + (z1 - z0) * (z1 - z0));
    if (length === 0) return false;
    const [nx, nz] = [(z1 - z0) / length, (x0 - x1) / length];
    const outward = nx * (mean(0) - x0) + nz * (mean(1) - z0) > 0 ? -1 : 1;
    return b.every(([x, z]) => outward * (nx * (x - x0) + nz * (z - z0)) >= spacing);
  });
}

describe('areApart', () => {
  it('says what every edge against every corner says, near and far', () => {
    const apart = { yes: 0, no: 0 };
    fc.assert(
      fc.property(polygons, polygons, spacings, (a, b, spacing) => {
        const expected = separates(a, b, spacing) || separates(b, a, spacing);
        apart[expected ? 'yes' : 'no']++;
        expect(areApart(a, b, spacing)).toBe(expected);
      }),
      SEED,
    );
    expect(Math.min(apart.yes, apart.no)).toBeGreaterThan(300);
  });

  it('measures along edges, not from corner to corner', () => {
    const diamond = (x: number): GroundPolygon => [[x - 1, 0], [x, 1], [x + 1, 0], [x, -1]]; // prettier-ignore
    // 0.6 m from corner to corner; along the normals of their edges that is 0.6 · cos 45° = 0.424 m.
    expect(areApart(diamond(0), diamond(2.6), 0.42)).toBe(true);
    expect(areApart(diamond(0), diamond(2.6), 0.43)).toBe(false);
  });
});
