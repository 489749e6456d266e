import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectPoint, unprojectPoint } from '#shared/core/pinhole';

const SEED = { seed: 20260102, numRuns: 1000 };
const MAX_PIXELS = 1e-3;
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const intrinsics = fc.record({
  fx: number(10, 20000),
  fy: number(10, 20000),
  cx: number(-2000, 10000),
  cy: number(-2000, 10000),
});

describe('projectPoint and unprojectPoint', () => {
  it('lift a place of the image and bring it back to within 1e-3 px', () => {
    fc.assert(
      fc.property(
        intrinsics,
        fc.record({ x: number(-8192, 16384), y: number(-8192, 16384), depth: number(0.01, 1000) }),
        (lens, place) => {
          const again = projectPoint(lens, unprojectPoint(lens, place));
          expect(again?.depth).toBe(place.depth);
          expect(Math.abs((again?.x ?? NaN) - place.x)).toBeLessThan(MAX_PIXELS);
          expect(Math.abs((again?.y ?? NaN) - place.y)).toBeLessThan(MAX_PIXELS);
        },
      ),
      SEED,
    );
  });

  it('project by similar triangles, and nothing that is not in front of the camera', () => {
    const lens = { fx: 500, fy: 400, cx: 320, cy: 240 };
    // 500 · 0.2 / 2 + 320 and 400 · (−0.1) / 2 + 240.
    expect(projectPoint(lens, [0.2, -0.1, 2])).toEqual({ x: 370, y: 220, depth: 2 });
    expect(unprojectPoint(lens, { x: 370, y: 220, depth: 2 })).toEqual([0.2, -0.1, 2]);
    for (const z of [0, -1, NaN]) expect(projectPoint(lens, [0.2, -0.1, z])).toBeNull();
  });
});
