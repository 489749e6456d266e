import { describe, expect, it } from 'vitest';
import type { Intrinsics } from '#shared/core/geometry';
import { projectRay } from '#shared/core/pinhole';
import { NO_RAY, sourceViewOf } from '#shared/plan/source-view';

const SIZE = { width: 96, height: 64 };
const lensOf = (coefficients: readonly number[]): Intrinsics => ({
  fx: 70,
  fy: 66,
  cx: 46,
  cy: 33,
  distortion: { model: 'brown-conrady', coefficients },
});

describe('the source of a bent image', () => {
  it.each([
    ['barrel', [-0.25, 0.06, 0, 0, 0]],
    ['pincushion', [0.2, 0.05, 0.003, -0.002, 0]],
    ['none', [0, 0, 0, 0, 0]],
  ])('has a pixel of its own for each pixel, with that pixel’s ray: %s', (_, coefficients) => {
    const lens = lensOf(coefficients);
    const { places, rays, sourceSize, sourceIntrinsics } = sourceViewOf(lens, SIZE);
    const seen = new Set<number>();
    for (let v = 0; v < SIZE.height; v++)
      for (let u = 0; u < SIZE.width; u++) {
        const at = (v * SIZE.width + u) * 4;
        const [x, y] = [places[at] ?? NaN, places[at + 1] ?? NaN];
        // There is room for the filter at each side.
        expect(Math.min(x, y)).toBeGreaterThan(2);
        expect(x).toBeLessThan(sourceSize.width - 2);
        expect(y).toBeLessThan(sourceSize.height - 2);
        const cell = Math.floor(y) * sourceSize.width + Math.floor(x);
        seen.add(cell);
        const [rayX, rayY] = [rays[cell * 2] ?? NaN, rays[cell * 2 + 1] ?? NaN];
        const place = projectRay(lens, [rayX, rayY, 1]);
        expect(
          Math.hypot((place?.[0] ?? NaN) - u - 0.5, (place?.[1] ?? NaN) - v - 0.5),
        ).toBeLessThan(1e-4);
        const source = projectRay(sourceIntrinsics, [rayX, rayY, 1]);
        expect(Math.hypot((source?.[0] ?? NaN) - x, (source?.[1] ?? NaN) - y)).toBeLessThan(1e-3);
        expect(places[at + 2]).toBeCloseTo(1 / Math.hypot(1, rayX, rayY), 6);
      }
    expect(seen.size).toBe(SIZE.width * SIZE.height);
    expect(rays.filter((value) => value < NO_RAY / 2)).toHaveLength(2 * seen.size);
  });

  it('is finer than the image wherever the lens is, so that nothing is lost', () => {
    for (const k1 of [-0.25, 0.3]) {
      const { sourceIntrinsics } = sourceViewOf(lensOf([k1, 0.05, 0, 0, 0]), SIZE);
      expect(sourceIntrinsics.fx / 70).toBeGreaterThanOrEqual(Math.SQRT2 - 1e-3);
    }
  });

  it('is refused where it would be larger than any graphics card takes', () => {
    const lens = { ...lensOf([3, 0, 0, 0, 0]), fx: 5, fy: 5, cx: 3000, cy: 4 };
    expect(() => sourceViewOf(lens, { width: 6000, height: 8 })).toThrow(
      'at most 16384 pixels a side',
    );
  });
});
