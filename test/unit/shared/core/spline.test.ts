import { describe, expect, it } from 'vitest';
import type { Vec3 } from '#shared/core/geometry';
import { Spline } from '#shared/core/spline';

const distance = (a: Vec3, b: Vec3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const every = (spline: Spline, steps: number) =>
  Array.from({ length: steps + 1 }, (_, i) => spline.at((spline.length * i) / steps));

describe('a curve through waypoints', () => {
  it('is the straight line through points of one, by its length, however they lie on it', () => {
    const way: Vec3 = [2 / 3, 1 / 3, -2 / 3];
    const on = (s: number): Vec3 => [1 + way[0] * s, 2 + way[1] * s, 3 + way[2] * s];
    const spline = new Spline([0, 0.3, 2, 2.5, 9].map(on), false);
    expect(spline.length).toBeCloseTo(9, 9);
    for (const s of [0, 0.1, 0.3, 1, 2.2, 5, 8.99, 9]) {
      const { point, along } = spline.at(s);
      expect(distance(point, on(s))).toBeLessThan(1e-8);
      expect(distance(along, way)).toBeLessThan(1e-9);
    }
  });

  it('goes round a circle of 32 waypoints at a steady speed, along its tangent', () => {
    const waypoints = Array.from({ length: 32 }, (_, i): Vec3 => {
      const angle = (i * Math.PI) / 16;
      return [2 * Math.sin(angle), 1, 2 * Math.cos(angle)];
    });
    const spline = new Spline(waypoints, true);
    // A Catmull–Rom circle of n points misses it by O(n⁻⁴).
    expect(Math.abs(spline.length / (4 * Math.PI) - 1)).toBeLessThan(1e-4);
    const points = every(spline, 200);
    points.forEach(({ point: [x, y, z], along }, i) => {
      expect(Math.abs(Math.hypot(x, z) - 2)).toBeLessThan(2e-4);
      expect(y).toBeCloseTo(1, 12);
      // Steady: after i of 200 steps the angle is i of 200 of a turn.
      const angle = (2 * Math.PI * i) / 200;
      expect(distance([x, y, z], [2 * Math.sin(angle), 1, 2 * Math.cos(angle)])).toBeLessThan(3e-4);
      expect(distance(along, [Math.cos(angle), 0, -Math.sin(angle)])).toBeLessThan(6e-3);
    });
  });

  it('passes its waypoints, as far along as its own length between them, without a jump', () => {
    const waypoints: Vec3[] = [[0, 0, 0], [1, 0, 0], [1.1, 0.5, 0], [4, 0.5, 2], [4, 3, 2]]; // prettier-ignore
    const spline = new Spline(waypoints, false);
    const points = every(spline, 2000);
    const step = spline.length / 2000;
    points.slice(1).forEach(({ point, along }, i) => {
      const before = points[i];
      const moved = before ? distance(before.point, point) : NaN;
      // A chord is no longer than its arc, and nearly as long.
      expect(moved).toBeLessThan(step * (1 + 1e-9));
      expect(moved).toBeGreaterThan(step * (1 - 2e-4));
      expect(before ? distance(before.along, along) : NaN).toBeLessThan(0.05);
    });
    for (const waypoint of waypoints)
      expect(Math.min(...points.map(({ point }) => distance(point, waypoint)))).toBeLessThan(step);
    expect(distance(spline.at(0).point, [0, 0, 0])).toBeLessThan(1e-9);
    expect(distance(spline.at(spline.length).point, [4, 3, 2])).toBeLessThan(1e-9);
  });

  it('is refused where there is nothing to run along', () => {
    expect(() => new Spline([[0, 0, 0]], false)).toThrow('at least 2');
    expect(() => new Spline([[0, 0, 0], [1, 0, 0]], true)).toThrow('at least 3'); // prettier-ignore
    expect(() => new Spline([[0, 0, 0], [0, 0, 0], [1, 0, 0]], false)).toThrow('to lie apart'); // prettier-ignore
  });
});
