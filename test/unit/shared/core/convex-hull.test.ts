import { describe, expect, it } from 'vitest';
import { convexHull, simplifyHull } from '#shared/core/convex-hull';
import type { Vec2 } from '#shared/core/geometry';
import { streamFor } from '#shared/core/stream';

/** Twice the area seen from +Y (x right, z towards the viewer's feet): positive anticlockwise. */
const signedArea = (hull: readonly Vec2[]): number =>
  hull.reduce((sum, [x, z], i) => {
    const [nx, nz] = hull[(i + 1) % hull.length] ?? [0, 0];
    return sum + (x * -nz - nx * -z);
  }, 0);

function isInside(hull: readonly Vec2[], [px, pz]: Vec2): boolean {
  return hull.every(([x, z], i) => {
    const [nx, nz] = hull[(i + 1) % hull.length] ?? [0, 0];
    return (nz - z) * (px - x) - (nx - x) * (pz - z) >= 0;
  });
}

function randomPoints(count: number): Vec2[] {
  const next = streamFor({ seed: 'hull', frame: count, path: 'points' });
  return Array.from({ length: count }, (): Vec2 => {
    const [angle, radius] = [next() * 6.283, Math.sqrt(next())];
    return [radius * Math.cos(angle) * 3, radius * Math.sin(angle)];
  });
}

describe('convexHull', () => {
  it('finds the corners of a square, anticlockwise seen from +Y, without inner, collinear or double points', () => {
    const hull = convexHull([
      [0, 0],
      [1, 0],
      [0.5, 0.5],
      [1, 1],
      [0, 1],
      [0.5, 0],
      [1, 1],
    ]);
    expect(hull).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 0],
    ]);
    expect(signedArea(hull)).toBe(2);
  });

  it('gives a point and a segment back as they are', () => {
    expect(
      convexHull([
        [2, 3],
        [2, 3],
      ]),
    ).toEqual([[2, 3]]);
    expect(
      convexHull([
        [0, 0],
        [1, 1],
        [2, 2],
      ]),
    ).toEqual([
      [0, 0],
      [2, 2],
    ]);
  });

  it('holds every point', () => {
    const points = randomPoints(500);
    const hull = convexHull(points);
    expect(points.every((p) => isInside(hull, p))).toBe(true);
  });
});

describe('simplifyHull', () => {
  it('leaves a small hull alone', () => {
    const square: Vec2[] = [
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 0],
    ];
    expect(simplifyHull(square, 4)).toBe(square);
  });

  it('prolongs the neighbours of the cheapest edge: a square with one corner cut becomes the square', () => {
    const cut: Vec2[] = [
      [0, 0],
      [0, 1],
      [0.9, 1],
      [1, 0.9],
      [1, 0],
    ];
    const simple = simplifyHull(cut, 4);
    const expected = [
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 0],
    ];
    expect(simple).toHaveLength(4);
    simple.forEach((p, i) =>
      p.forEach((v, k) => expect(v).toBeCloseTo(expected[i]?.[k] ?? NaN, 6)),
    );
  });

  it.each([40, 300, 5000])(
    'holds all of %i points with at most 32 corners, and grows little',
    (count) => {
      const points = Array.from({ length: count }, (_, i): Vec2 => [
        Math.cos((i * 6.283) / count),
        Math.sin((i * 6.283) / count),
      ]);
      const hull = convexHull([...points, ...randomPoints(count)]);
      const simple = simplifyHull(hull, 32);
      expect(simple.length).toBeLessThanOrEqual(32);
      expect(hull.every((p) => isInside(simple, p))).toBe(true);
      expect(signedArea(simple)).toBeLessThan(signedArea(hull) * 1.02);
    },
  );
});
