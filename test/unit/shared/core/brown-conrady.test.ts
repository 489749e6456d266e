import { beforeAll, describe, expect, it } from 'vitest';
import type { Intrinsics, Vec3 } from '#shared/core/geometry';
import { lensFault } from '#shared/core/lens-limits';
import { pixelRays } from '#shared/core/pixel-rays';
import { projectPoint, unprojectPoint } from '#shared/core/pinhole';
import { streamFor } from '#shared/core/stream';
import { loadOpenCv, type OpenCv } from '../../../makers/load-opencv.ts';

const LENSES: Readonly<Record<string, readonly number[]>> = {
  barrel: [-0.28, 0.07, 0, 0, 0],
  'pincushion, off its axis': [0.12, 0.03, 0.002, -0.003, 0.01],
  rational: [0.4, -0.2, 0.001, 0.0005, 0.05, 0.55, -0.1, 0.02],
  'thin prism': [-0.1, 0.02, 0.001, -0.001, 0.001, 0.01, 0.002, 0, 0.003, -0.001, 0.002, 0.001],
};
const SIZE = { width: 640, height: 480 };
const lensOf = (coefficients: readonly number[]): Intrinsics => ({
  fx: 500,
  fy: 480,
  cx: 310,
  cy: 250,
  distortion: { model: 'brown-conrady', coefficients },
});

/** Points in front of a camera, up to 40° to each side. */
function makePoints(count: number): readonly Vec3[] {
  const next = streamFor({ seed: 'lens', frame: 0, path: 'points' });
  return Array.from({ length: count }, () => {
    const z = 0.5 + 4 * next();
    return [(1.6 * next() - 0.8) * z, (1.2 * next() - 0.6) * z, z];
  });
}

/** The same by OpenCV, pixels. */
function projectByOpenCv(cv: OpenCv, lens: Intrinsics, points: readonly Vec3[]): Float64Array {
  const { fx, fy, cx, cy, distortion } = lens;
  const mats = [
    cv.matFromArray(points.length, 1, cv.CV_64FC3, points.flat()),
    cv.matFromArray(3, 1, cv.CV_64F, [0, 0, 0]),
    cv.matFromArray(3, 1, cv.CV_64F, [0, 0, 0]),
    cv.matFromArray(3, 3, cv.CV_64F, [fx, 0, cx, 0, fy, cy, 0, 0, 1]),
    cv.matFromArray(1, distortion?.coefficients.length ?? 0, cv.CV_64F, [
      ...(distortion?.coefficients ?? []),
    ]),
    new cv.Mat(),
    new cv.Mat(),
  ];
  cv.projectPoints(...mats, 0);
  const found = mats[5]?.data64F.slice() ?? new Float64Array();
  for (const mat of mats) mat.delete();
  return found;
}

describe('a lens of Brown and Conrady', () => {
  let cv: OpenCv;
  beforeAll(async () => {
    ({ cv } = await loadOpenCv());
  });

  it.each(Object.entries(LENSES))('projects as OpenCV does, to 1e-9 px: %s', (_, coefficients) => {
    const lens = lensOf(coefficients);
    const points = makePoints(500);
    const expected = projectByOpenCv(cv, lens, points);
    expect(expected).toHaveLength(1000);
    for (const [i, point] of points.entries()) {
      const found = projectPoint(lens, point);
      expect(Math.abs((found?.x ?? NaN) - (expected[i * 2] ?? NaN))).toBeLessThan(1e-9);
      expect(Math.abs((found?.y ?? NaN) - (expected[i * 2 + 1] ?? NaN))).toBeLessThan(1e-9);
      expect(found?.depth).toBe(point[2]);
    }
  });

  it.each(Object.entries(LENSES))('gives every pixel the ray that falls on it: %s', (_, each) => {
    const lens = lensOf(each);
    expect(lensFault(lens, SIZE)).toBeNull();
    const rays = pixelRays(lens, SIZE);
    for (let v = 0; v < SIZE.height; v += 7)
      for (let u = 0; u < SIZE.width; u += 7) {
        const again = projectPoint(lens, [2 * rays.x(u, v), 2 * rays.y(u, v), 2]);
        expect(Math.abs((again?.x ?? NaN) - u - 0.5)).toBeLessThan(1e-7);
        expect(Math.abs((again?.y ?? NaN) - v - 0.5)).toBeLessThan(1e-7);
      }
  });

  it('shows nothing behind its fold, where the polynomial alone would show it again', () => {
    // r·(1 − 0.5·r²) grows up to r = √(1 / 1.5) = 0.8165, where it is 0.5443.
    const lens = lensOf([-0.5, 0, 0, 0, 0]);
    expect(projectPoint(lens, [0.81, 0, 1])).not.toBeNull();
    expect(projectPoint(lens, [0.82, 0, 1])).toBeNull();
    expect(projectPoint(lens, [1.4, 0, 1])).toBeNull();
    expect(unprojectPoint(lens, { x: 310 + 500 * 0.544, y: 250, depth: 1 })[0]).toBeGreaterThan(
      0.79,
    );
    expect(() => unprojectPoint(lens, { x: 310 + 500 * 0.545, y: 250, depth: 1 })).toThrow(
      'expected a place that the lens shows',
    );
  });

  it('is refused where it folds inside the image, with the radius, and not where it only would outside', () => {
    const lens = lensOf([-0.5, 0, 0, 0, 0]);
    expect(lensFault(lens, SIZE)).toContain('folds at radius 0.8165');
    expect(lensFault(lens, SIZE)).toContain('272.2 pixels from the principal point');
    expect(lensFault({ ...lens, cx: 100, cy: 75 }, { width: 200, height: 150 })).toBeNull();
    expect(lensFault({ fx: 1, fy: 1, cx: 0, cy: 0 }, SIZE)).toBeNull();
  });

  it('is refused where its denominator vanishes inside the image', () => {
    // 1 − 4·r² is 0 at r = 0.5; the radial part grows without end before it.
    const lens = lensOf([0, 0, 0, 0, 0, -4, 0, 0]);
    expect(projectPoint(lens, [0.49, 0, 1])).not.toBeNull();
    expect(projectPoint(lens, [0.51, 0, 1])).toBeNull();
  });
});
