import { beforeAll, describe, expect, it } from 'vitest';
import type { Vec3 } from '#shared/core/geometry';
import { decompose, type TriangleMesh } from '#shared/physics/decompose';
import { loadPhysics, requirePhysics } from '#shared/physics/engine';
import { spanningPoints } from '#shared/physics/spanning-points';

/** A closed prism over a polygon [x, y] anticlockwise, from z = 0 to `depth`; `fan` triangulates the polygon. */
function prism(
  outline: readonly (readonly [number, number])[],
  fan: readonly (readonly [number, number, number])[],
  depth: number,
): TriangleMesh {
  const n = outline.length;
  const vertices = [0, depth].flatMap((z) => outline.flatMap(([x, y]) => [x, y, z]));
  const indices = fan.flatMap(([a, b, c]) => [a, c, b, a + n, b + n, c + n]);
  for (let i = 0; i < n; i++) {
    const j = (i + 1) % n;
    indices.push(i, j, j + n, i, j + n, i + n);
  }
  return { vertices: Float32Array.from(vertices), indices: Uint32Array.from(indices) };
}

function hullVolume(points: readonly Vec3[]): number {
  const { ColliderDesc, World } = requirePhysics();
  const world = new World({ x: 0, y: 0, z: 0 });
  const description = ColliderDesc.convexHull(Float32Array.from(points.flat()));
  const volume = description ? world.createCollider(description).volume() : NaN;
  world.free();
  return volume;
}

beforeAll(() => loadPhysics());

describe('points that span a hull', () => {
  it('are the corners of a box, and none of its inner points', () => {
    const grid = [0, 0.5, 1].flatMap((x) =>
      [0, 0.5, 1].flatMap((y) => [0, 0.5, 1].map((z): Vec3 => [x, y, z])),
    );
    const chosen = spanningPoints(grid, 1e-6, 64);
    expect(chosen).toHaveLength(8);
    expect(chosen.every((point) => point.every((value) => value === 0 || value === 1))).toBe(true);
  });

  it('come within the tolerance of a sphere in every direction, or are as many as allowed', () => {
    const sphere = Array.from({ length: 4000 }, (_, i): Vec3 => {
      const y = 1 - (2 * i + 1) / 4000;
      const r = Math.sqrt(1 - y * y);
      return [0.04 * r * Math.cos(2.4 * i), 0.04 * y, 0.04 * r * Math.sin(2.4 * i)];
    });
    const chosen = spanningPoints(sphere, 1e-3, 512);
    expect(chosen.length).toBeLessThan(200);
    for (let i = 0; i < 50; i++) {
      const [x, y, z] = sphere[i * 79] ?? [NaN, NaN, NaN];
      const reach = Math.max(...chosen.map((p) => (p[0] * x + p[1] * y + p[2] * z) / 0.04));
      expect(0.04 - reach).toBeLessThan(1.2e-3);
    }
    expect(spanningPoints(sphere, 1e-6, 20)).toHaveLength(20);
  });
});

describe('the solids of a mesh', () => {
  const square = [
    [0, 0],
    [0.1, 0],
    [0.1, 0.1],
    [0, 0.1],
  ] as const;
  const ell = [
    [0, 0],
    [0.2, 0],
    [0.2, 0.1],
    [0.1, 0.1],
    [0.1, 0.2],
    [0, 0.2],
  ] as const;

  it('are one hull where it is convex', () => {
    const hulls = decompose(prism(square, [[0, 1, 2], [0, 2, 3]], 0.1)); // prettier-ignore
    expect(hulls).toHaveLength(1);
    expect(hulls[0]).toHaveLength(8);
  });

  it('leave the notch of an L free: their volumes sum to its own, 3 of 4 squares', () => {
    const mesh = prism(ell, [[0, 1, 2], [0, 2, 3], [0, 3, 4], [0, 4, 5]], 0.1); // prettier-ignore
    const hulls = decompose(mesh);
    expect(hulls.length).toBeGreaterThan(1);
    const total = hulls.reduce((sum, hull) => sum + hullVolume(hull), 0);
    expect(total / 0.003).toBeGreaterThan(0.93);
    expect(total / 0.003).toBeLessThan(1.07);
    expect(decompose(mesh)).toEqual(hulls);
  });

  it('have a thickness even where the mesh is flat', () => {
    const sheet = {
      vertices: Float32Array.from([0, 0, 0, 0.1, 0, 0, 0.1, 0, 0.1, 0, 0, 0.1]),
      indices: Uint32Array.from([0, 1, 2, 0, 2, 3]),
    };
    const [hull = []] = decompose(sheet);
    expect(hullVolume(hull)).toBeCloseTo(0.1 * 0.1 * 1e-3, 8);
  });
});
