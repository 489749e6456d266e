import { describe, expect, it } from 'vitest';
import type { Intrinsics, Vec3 } from '#shared/core/geometry';
import { lensFault, sayWhetherWide } from '#shared/core/lens-limits';
import { pixelRays } from '#shared/core/pixel-rays';
import { isWide, projectPoint, projectRay, rayAt, unprojectPoint } from '#shared/core/pinhole';
import { streamFor } from '#shared/core/stream';

const SIZE = { width: 200, height: 160 };

const fisheyeOf = (focal: number, more: object = {}): Intrinsics => ({
  fx: focal,
  fy: focal * 0.98,
  cx: 103,
  cy: 78,
  distortion: { model: 'kannala-brandt', coefficients: [0.02, -0.004, 0.0005, 0], ...more },
});
const FISHEYE = fisheyeOf(50, { wide: true });
const GLOBE: Intrinsics = {
  fx: 200 / (2 * Math.PI),
  fy: 160 / Math.PI,
  cx: 100,
  cy: 80,
  distortion: { model: 'equirectangular', coefficients: [], wide: true },
};

/** Points all around, metres. */
function pointsAround(count: number): readonly Vec3[] {
  const next = streamFor({ seed: 'wide', frame: 0, path: 'points' });
  return Array.from({ length: count }, () => [4 * next() - 2, 4 * next() - 2, 4 * next() - 2]);
}

describe.each([
  ['fisheye', FISHEYE],
  ['globe', GLOBE],
])('a wide lens: %s', (name, lens) => {
  it('takes points to places and back to 1e-9, in front and behind', () => {
    let behind = 0;
    for (const point of pointsAround(500)) {
      const seen = projectPoint(lens, point);
      // The fisheye shows nothing right behind it.
      if (seen === null) {
        expect(name).toBe('fisheye');
        continue;
      }
      expect(seen.depth).toBeCloseTo(Math.hypot(...point), 12);
      const back = unprojectPoint(lens, seen);
      expect(Math.hypot(...back.map((value, i) => value - (point[i] ?? NaN)))).toBeLessThan(1e-9);
      if (point[2] < 0) behind++;
    }
    expect(behind).toBeGreaterThan(150);
  });

  it('has unit vectors for rays, which fall on their pixels again', () => {
    const rays = pixelRays(lens, SIZE);
    for (let v = 0; v < SIZE.height; v += 3)
      for (let u = 0; u < SIZE.width; u += 3) {
        const ray: Vec3 = [rays.x(u, v), rays.y(u, v), rays.z(u, v)];
        expect(Math.abs(Math.hypot(...ray) - 1)).toBeLessThan(1e-14);
        expect(rays.length(u, v)).toBe(1);
        const place = projectRay(lens, ray);
        expect(Math.abs((place?.[0] ?? NaN) - u - 0.5)).toBeLessThan(1e-9);
        expect(Math.abs((place?.[1] ?? NaN) - v - 0.5)).toBeLessThan(1e-9);
      }
  });
});

describe('a fisheye all around', () => {
  it('has an axis of points where their angles say, in closed form', () => {
    const distortion = { model: 'kannala-brandt', coefficients: [0, 0, 0, 0], wide: true } as const;
    const lens: Intrinsics = { fx: 40, fy: 40, cx: 150, cy: 150, distortion };
    for (let degrees = 0; degrees < 180; degrees += 5) {
      const angle = (degrees * Math.PI) / 180;
      const seen = projectPoint(lens, [3 * Math.sin(angle), 0, 3 * Math.cos(angle)]);
      expect(seen?.x).toBeCloseTo(150 + 40 * angle, 9);
      expect(seen?.y).toBe(150);
      expect(seen?.depth).toBeCloseTo(3, 12);
    }
    expect(projectPoint(lens, [0, 0, -3])).toBeNull();
  });
});

describe('a globe', () => {
  it('has longitude to the right and latitude down, about the axis', () => {
    expect(projectRay(GLOBE, [0, 0, 1])).toEqual([100, 80]);
    expect(projectRay(GLOBE, [1, 0, 0])?.[0]).toBeCloseTo(150, 12);
    expect(projectRay(GLOBE, [-1, 0, 1e-12])?.[0]).toBeCloseTo(50, 9);
    expect(projectRay(GLOBE, [0, 1, 0])?.[1]).toBeCloseTo(160, 12);
    expect(projectRay(GLOBE, [0, -1, 1])?.[1]).toBeCloseTo(40, 12);
  });

  it('ends at its seam and its poles', () => {
    expect(lensFault(GLOBE, SIZE)).toBeNull();
    expect(rayAt(GLOBE, -0.5, 80)).toBeNull();
    expect(rayAt(GLOBE, 100, 160.5)).toBeNull();
    expect(lensFault({ ...GLOBE, fx: GLOBE.fx * 0.9 }, SIZE)).toContain('at most 360° across');
  });
});

describe('whether a fisheye is wide', () => {
  it('is a matter of what its image shows', () => {
    expect(isWide(sayWhetherWide(fisheyeOf(120), SIZE))).toBe(false);
    expect(sayWhetherWide(fisheyeOf(120), SIZE)).toEqual(fisheyeOf(120));
    expect(isWide(sayWhetherWide(fisheyeOf(80), SIZE))).toBe(true);
    expect(isWide(sayWhetherWide(fisheyeOf(120, { imageCircleDegrees: 90 }), SIZE))).toBe(true);
  });

  it('changes nothing of where a ray in front falls', () => {
    for (const [x, y, z] of pointsAround(100)) {
      const ray: Vec3 = [x, y, Math.abs(z) + 0.5];
      const [narrow, wide] = [fisheyeOf(60), fisheyeOf(60, { wide: true })].map((lens) =>
        projectRay(lens, ray),
      );
      expect(wide?.[0]).toBeCloseTo(narrow?.[0] ?? NaN, 10);
      expect(wide?.[1]).toBeCloseTo(narrow?.[1] ?? NaN, 10);
    }
  });

  it('lets an image circle leave a border, and only that', () => {
    const small = fisheyeOf(25, { wide: true });
    expect(lensFault(small, SIZE)).toContain('camera.lens.distortion.imageCircle');
    const circle = fisheyeOf(25, { wide: true, imageCircleDegrees: 220 });
    expect(lensFault(circle, SIZE)).toBeNull();
    expect(rayAt(circle, 1, 1)).toBeNull();
    expect(pixelRays(circle, SIZE).x(1, 1)).toBeNaN();
    expect(rayAt(circle, 103, 78)).toEqual([0, 0, 1]);
    // θ·(1 − 0.05·θ²) grows up to θ = √(1 / 0.15), 147.93°.
    const folding = {
      model: 'kannala-brandt',
      coefficients: [-0.05, 0, 0, 0],
      wide: true,
    } as const;
    const folds = { ...circle, distortion: { ...folding, imageCircleDegrees: 300 } };
    expect(lensFault(folds, SIZE)).toContain('at most 295.87°, where the lens folds');
  });
});
