import { beforeAll, describe, expect, it } from 'vitest';
import type { Intrinsics, Vec3 } from '#shared/core/geometry';
import { lensFault } from '#shared/core/lens-limits';
import { pixelRays } from '#shared/core/pixel-rays';
import { projectPoint, unprojectPoint } from '#shared/core/pinhole';
import { streamFor } from '#shared/core/stream';
import { loadOpenCv, type OpenCv } from '../../../makers/load-opencv.ts';

const SIZE = { width: 160, height: 120 };
const LENSES: Readonly<Record<string, readonly number[]>> = {
  equidistant: [0, 0, 0, 0],
  'a real one': [-0.0134, 0.0118, -0.0104, 0.0021],
};
const lensOf = (coefficients: readonly number[]): Intrinsics => ({
  fx: 80,
  fy: 78,
  cx: 78,
  cy: 62,
  distortion: { model: 'kannala-brandt', coefficients },
});

describe("a fisheye of Kannala and Brandt's model", () => {
  let cv: OpenCv;
  beforeAll(async () => {
    ({ cv } = await loadOpenCv());
  });

  it.each(Object.entries(LENSES))('projects as OpenCV does, to 1e-9 px: %s', (_, coefficients) => {
    const lens = lensOf(coefficients);
    const next = streamFor({ seed: 'fisheye', frame: 0, path: 'points' });
    // Up to 70° from the axis.
    const points = Array.from({ length: 300 }, (): Vec3 => {
      const z = 0.5 + 2 * next();
      return [(4 * next() - 2) * z, (4 * next() - 2) * z, z];
    });
    const mats = [
      cv.matFromArray(points.length, 1, cv.CV_64FC3, points.flat()),
      new cv.Mat(),
      cv.matFromArray(3, 1, cv.CV_64F, [0, 0, 0]),
      cv.matFromArray(3, 1, cv.CV_64F, [0, 0, 0]),
      cv.matFromArray(3, 3, cv.CV_64F, [lens.fx, 0, lens.cx, 0, lens.fy, lens.cy, 0, 0, 1]),
      cv.matFromArray(4, 1, cv.CV_64F, [...coefficients]),
    ] as const;
    cv.fisheye_projectPoints(...mats);
    const expected = mats[1].data64F;
    expect(expected).toHaveLength(600);
    for (const [i, point] of points.entries()) {
      const found = projectPoint(lens, point);
      expect(Math.abs((found?.x ?? NaN) - (expected[i * 2] ?? NaN))).toBeLessThan(1e-9);
      expect(Math.abs((found?.y ?? NaN) - (expected[i * 2 + 1] ?? NaN))).toBeLessThan(1e-9);
    }
    for (const mat of mats) mat.delete();
  });

  it.each(Object.entries(LENSES))('gives every pixel the ray that falls on it: %s', (_, each) => {
    const lens = lensOf(each);
    expect(lensFault(lens, SIZE)).toBeNull();
    const rays = pixelRays(lens, SIZE);
    for (let v = 0; v < SIZE.height; v++)
      for (let u = 0; u < SIZE.width; u++) {
        const again = projectPoint(lens, [rays.x(u, v), rays.y(u, v), 1]);
        expect(Math.abs((again?.x ?? NaN) - u - 0.5)).toBeLessThan(1e-9);
        expect(Math.abs((again?.y ?? NaN) - v - 0.5)).toBeLessThan(1e-9);
      }
  });

  it('sees an angle of 45° at f · π/4 where it is equidistant', () => {
    expect(projectPoint(lensOf([0, 0, 0, 0]), [1, 0, 1])?.x).toBeCloseTo(
      78 + (80 * Math.PI) / 4,
      12,
    );
  });

  it('shows nothing behind its fold, and is refused where that is inside the image', () => {
    // θ·(1 − 0.5·θ²) grows up to θ = √(1 / 1.5) = 0.8165, tan of which is 1.0642.
    const lens = lensOf([-0.5, 0, 0, 0]);
    expect(projectPoint(lens, [1.06, 0, 1])).not.toBeNull();
    expect(projectPoint(lens, [1.07, 0, 1])).toBeNull();
    expect(() => unprojectPoint(lens, { x: 78 + 80 * 0.55, y: 62, depth: 1 })).toThrow(RangeError);
    expect(lensFault(lens, SIZE)).toContain('folds at radius 1.064');
    expect(lensFault({ ...lensOf([0, 0, 0, 0]), fx: 55, fy: 55 }, SIZE)).toContain('within');
  });
});
