import { Vector3, type BufferGeometry } from 'three';
import { describe, expect, it } from 'vitest';
import { bevelBox } from '../../../scripts/assets/lib/bevel-box.ts';
import { blob } from '../../../scripts/assets/lib/blob.ts';
import { extruded } from '../../../scripts/assets/lib/extrude.ts';
import { leafSheet } from '../../../scripts/assets/lib/leaf-sheet.ts';
import { pillow, rod } from '../../../scripts/assets/lib/soft-shapes.ts';

function trianglesOf(geometry: BufferGeometry): (readonly [Vector3, Vector3, Vector3])[] {
  const [position, index] = [geometry.getAttribute('position'), geometry.getIndex()];
  if (!index) throw new Error('no index');
  const at = (i: number): Vector3 => new Vector3().fromBufferAttribute(position, index.getX(i));
  return Array.from({ length: index.count / 3 }, (_, i) => [
    at(3 * i),
    at(3 * i + 1),
    at(3 * i + 2),
  ]);
}

/** Signed volume by the divergence theorem: right only where the surface is closed and turned outwards. */
const volumeOf = (geometry: BufferGeometry): number =>
  trianglesOf(geometry).reduce((sum, [a, b, c]) => sum + a.dot(b.clone().cross(c)) / 6, 0);

/** Edges that are not shared by two triangles in opposite turns. */
function openEdges(geometry: BufferGeometry): number {
  const name = (p: Vector3): string =>
    p
      .toArray()
      .map((x) => Math.round(x * 1000))
      .join();
  const edges = new Map<string, number>();
  for (const [a, b, c] of trianglesOf(geometry)) {
    const corners = [name(a), name(b), name(c)];
    if (new Set(corners).size < 3) continue;
    corners.forEach((from, i) => {
      const to = corners[(i + 1) % 3] ?? '';
      edges.set(`${from} ${to}`, (edges.get(`${from} ${to}`) ?? 0) + 1);
    });
  }
  return [...edges].filter(([edge, count]) => {
    const [from, to] = edge.split(' ');
    return edges.get(`${to} ${from}`) !== count;
  }).length;
}

describe('bevelBox', () => {
  it('is a closed box with chamfered edges, of the volume that geometry says', () => {
    const [w, h, d, c] = [100, 60, 40, 5];
    const box = bevelBox([w, h, d], c);
    const [a, b, e] = [w - 2 * c, h - 2 * c, d - 2 * c];
    const expected =
      a * b * e + 2 * c * (a * b + b * e + a * e) + 2 * c * c * (a + b + e) + (8 / 6) * c ** 3;
    expect(volumeOf(box)).toBeCloseTo(expected, 3);
    expect(openEdges(box)).toBe(0);
    expect(box.getAttribute('position').count).toBe(24);
  });

  it('has normals of the faces, so that flat faces stay flat', () => {
    const normal = bevelBox([10, 20, 30], 2).getAttribute('normal');
    for (let i = 0; i < normal.count; i++) {
      const values = [normal.getX(i), normal.getY(i), normal.getZ(i)].map(Math.abs).sort();
      expect(values).toEqual([0, 0, 1]);
    }
  });
});

describe('soft shapes', () => {
  it('a round pillow is an ellipsoid: closed, and of nearly its volume', () => {
    const ball = pillow({
      size: [200, 100, 120],
      thin: 'y',
      square: 1,
      flat: 1,
      columns: 48,
      rows: 32,
    });
    const whole = (4 / 3) * Math.PI * 100 * 50 * 60;
    expect(volumeOf(ball) / whole).toBeGreaterThan(0.985);
    expect(volumeOf(ball) / whole).toBeLessThan(1);
    expect(openEdges(ball)).toBe(0);
  });

  it('a pillow stands as it lies, turned', () => {
    const lying = pillow({ size: [200, 60, 120], thin: 'y' });
    const standing = pillow({ size: [200, 120, 60], thin: 'z' });
    expect(volumeOf(standing)).toBeCloseTo(volumeOf(lying), 2);
  });

  it.each([
    [
      [0, 0, 0],
      [0, 100, 0],
    ],
    [
      [10, 0, 5],
      [60, 80, -40],
    ],
  ] as const)('a rod from %j to %j is a closed frustum of ten sides', (from, to) => {
    const [r, s] = [12, 20];
    const length = new Vector3(...from).distanceTo(new Vector3(...to));
    const ring = 5 * Math.sin((2 * Math.PI) / 10);
    expect(volumeOf(rod(from, to, [r, s]))).toBeCloseTo(
      (ring * length * (r * r + r * s + s * s)) / 3,
      2,
    );
    expect(openEdges(rod(from, to, [r, s]))).toBe(0);
  });
});

describe('blob', () => {
  it('without bumps is an ellipsoid about its middle', () => {
    const ball = blob({
      seed: 's',
      radii: [100, 50, 60],
      at: [10, 50, -5],
      rough: 0,
      bumps: 1,
      detail: 6,
    });
    const whole = (4 / 3) * Math.PI * 100 * 50 * 60;
    expect(volumeOf(ball) / whole).toBeGreaterThan(0.96);
    expect(volumeOf(ball) / whole).toBeLessThan(1);
    ball.computeBoundingBox();
    expect(ball.boundingBox?.max.y).toBeLessThanOrEqual(100);
  });
});

describe('extruded', () => {
  it('is a closed plate of its area times its depth', () => {
    const plate = extruded({
      outline: [
        [0, 0],
        [60, 0],
        [60, 20],
        [20, 40],
      ],
      depth: 8,
      bevel: 0,
    });
    const area = (60 * 20 - 0 + (60 * 40 - 20 * 20) + 0) / 2;
    expect(volumeOf(plate)).toBeCloseTo(area * 8, 3);
    expect(openEdges(plate)).toBe(0);
  });
});

describe('leafSheet', () => {
  const oblong = { length: 100, width: 20, outline: () => 1, fold: 0 } as const;
  const pointsOf = (geometry: BufferGeometry): Vector3[] =>
    Array.from({ length: geometry.getAttribute('position').count }, (_, i) =>
      new Vector3().fromBufferAttribute(geometry.getAttribute('position'), i),
    );

  it('bends along the arc of a circle, which keeps its length', () => {
    const steps = 64;
    const leaf = leafSheet({ ...oblong, lean: 0, bend: Math.PI / 2, steps });
    const midrib = pointsOf(leaf)
      .filter(({ x }) => Math.abs(x) < 1e-6)
      .sort((a, b) => a.y - b.y);
    const length = midrib.slice(1).reduce((sum, p, i) => sum + p.distanceTo(midrib[i] ?? p), 0);
    expect(length).toBeCloseTo(100, 1);
    // A quarter of a circle of circumference 400: as high as it reaches out.
    const radius = 200 / Math.PI;
    const heights = midrib.map(({ y }) => y);
    expect(Math.max(...heights)).toBeCloseTo(radius, 3);
    expect(Math.max(...midrib.map(({ z }) => z))).toBeCloseTo(radius, 3);
  });

  it('is as wide as its outline says, at every height', () => {
    const outline = (t: number): number => 1 - t / 2;
    const leaf = leafSheet({ ...oblong, outline, lean: 0, bend: 0, steps: 4 });
    for (const { x, y } of pointsOf(leaf))
      expect([0, 10 * outline(y / 100)]).toContainEqual(expect.closeTo(Math.abs(x), 6));
  });
});
