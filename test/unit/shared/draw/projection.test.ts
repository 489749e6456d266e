import { describe, expect, it } from 'vitest';
import { projectPoint, unprojectPoint } from '#shared/core/pinhole';
import { boxCorners, boxEdges } from '#shared/draw/oriented-box';
import { projectSegment, type LineCamera } from '#shared/draw/project-segment';
import { translation } from '../../../makers/make-labelled-frame.ts';

const CAMERA: LineCamera = {
  intrinsics: { fx: 100, fy: 100, cx: 50, cy: 40 },
  nearMeters: 0.1,
  size: { width: 100, height: 80 },
};

describe('a line in space', () => {
  it('goes where similar triangles say', () => {
    // 0.2 m right and 0.1 m down at 2 m: 100 · 0.2 / 2 = 10 and 5 pixels from the centre.
    expect(projectSegment([0.2, 0.1, 2], [-0.5, 0, 1], CAMERA)).toEqual([
      [
        [60, 45],
        [0, 40],
      ],
    ]);
  });

  it('is cut where it passes the near plane', () => {
    // Straight back through the camera at x = 0.05: at z = 0.1 it stands 50 pixels to the right.
    expect(projectSegment([0.05, 0, 1], [0.05, 0, -1], CAMERA)).toEqual([
      [
        [55, 40],
        [100, 40],
      ],
    ]);
    expect(projectSegment([0.05, 0, -1], [0.05, 0, 1], CAMERA)[0]?.[1]).toEqual([55, 40]);
  });

  it('is not there behind the camera or far beside the picture', () => {
    expect(projectSegment([0, 0, -1], [0, 0, 0.05], CAMERA)).toEqual([]);
    expect(projectSegment([5, 0, 1], [5, 1, 1], CAMERA)).toEqual([]);
  });

  it('is cut around the picture, however far it goes', () => {
    const lines = projectSegment([0, 0, 1], [1e6, 0, 1], CAMERA);
    expect(lines).toEqual([
      [
        [50, 40],
        [200, 40],
      ],
    ]);
  });

  it('is bent by a lens: each of its points is a point of the segment, and chords stay at the curve', () => {
    const distortion = { model: 'brown-conrady', coefficients: [-0.2, 0.05, 0, 0, 0] } as const;
    const camera = { ...CAMERA, intrinsics: { ...CAMERA.intrinsics, distortion } };
    const [from, to] = [
      [-0.6, 0.3, 1],
      [0.9, 0.45, 1.5],
    ] as const;
    const lines = projectSegment(from, to, camera);
    expect(lines).toHaveLength(1);
    const line = lines[0] ?? [];
    for (const [i, [x, y]] of line.entries()) {
      const [rayX, rayY] = unprojectPoint(camera.intrinsics, { x, y, depth: 1 });
      // Both ends are seen at y = 0.3: so is all between them.
      expect(rayY).toBeCloseTo(0.3, 9);
      const next = line[i + 1];
      if (next === undefined) continue;
      const [nextX] = unprojectPoint(camera.intrinsics, { x: next[0], y: next[1], depth: 1 });
      const middle = projectPoint(camera.intrinsics, [(rayX + nextX) / 2, 0.3, 1]);
      expect(Math.abs((middle?.y ?? NaN) - (y + next[1]) / 2)).toBeLessThan(0.1);
    }
    expect(
      Math.max(...line.map(([, y]) => y)) - Math.min(...line.map(([, y]) => y)),
    ).toBeGreaterThan(1);
  });
});

describe('a line around a camera with a wide lens', () => {
  const size = { width: 200, height: 100 };
  const distortion = { model: 'equirectangular', coefficients: [], wide: true } as const;
  const [fx, fy] = [200 / (2 * Math.PI), 100 / Math.PI];
  const globe: LineCamera = {
    intrinsics: { fx, fy, cx: 100, cy: 50, distortion },
    nearMeters: 0.1,
    size,
  };

  it('passes behind and goes on at the other side of the seam', () => {
    const [from, to] = [
      [1, 0.4, -0.5],
      [-1.5, 0.3, -0.75],
    ] as const;
    const lines = projectSegment(from, to, globe);
    expect(lines).toHaveLength(2);
    // What is 90° and more to the right, then to the left; both ends reach the seam but for a piece.
    const [right, left] = lines.map((line) => line.map(([x]) => x));
    expect(right?.[0]).toBeCloseTo(100 + fx * Math.atan2(1, -0.5), 9);
    expect(left?.at(-1)).toBeCloseTo(100 + fx * Math.atan2(-1.5, -0.75), 9);
    expect(Math.max(...(right ?? []))).toBeGreaterThan(197);
    expect(Math.min(...(left ?? []))).toBeLessThan(3);
    // All of it lies in the plane through the eye and both ends.
    const normal = [0.4 * -0.75 - -0.5 * 0.3, -0.5 * -1.5 - 1 * -0.75, 1 * 0.3 - 0.4 * -1.5];
    for (const [x, y] of lines.flat()) {
      const ray = unprojectPoint(globe.intrinsics, { x, y, depth: 1 });
      expect(ray.reduce((sum, value, i) => sum + value * (normal[i] ?? NaN), 0)).toBeCloseTo(0, 9);
    }
  });
});

describe('an oriented box', () => {
  const box = {
    cameraFromObject: translation(0, 0, 3),
    scale: [2, 1, 1],
    bounds: { min: [-0.5, -0.5, -0.5], max: [0.5, 0.5, 1.5] },
  } as const;

  it('has corners by bits, with its scale', () => {
    const corners = boxCorners(box);
    expect(corners[0]).toEqual([-1, -0.5, 2.5]);
    expect(corners[1]).toEqual([1, -0.5, 2.5]);
    expect(corners[2]).toEqual([-1, 0.5, 2.5]);
    expect(corners[4]).toEqual([-1, -0.5, 4.5]);
    expect(corners[7]).toEqual([1, 0.5, 4.5]);
  });

  it('shows a camera in front of it four edges, and eight are hidden', () => {
    const edges = boxEdges(box);
    expect(edges).toHaveLength(12);
    const facing = edges.filter((edge) => edge.facing);
    expect(facing).toHaveLength(4);
    for (const { from, to } of facing) expect([from[2], to[2]]).toEqual([2.5, 2.5]);
  });

  it('shows nine edges of three faces to a camera off its corner', () => {
    const turned = { ...box, cameraFromObject: translation(4, 3, 6) };
    expect(boxEdges(turned).filter((edge) => edge.facing)).toHaveLength(9);
  });

  it('shows none from inside', () => {
    const around = { ...box, cameraFromObject: translation(0, 0, 0) };
    expect(boxEdges(around).filter((edge) => edge.facing)).toEqual([]);
  });
});
