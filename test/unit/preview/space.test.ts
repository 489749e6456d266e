import { describe, expect, it } from 'vitest';
import { drawDots, drawLines, surfaceBefore, type LineView } from '#preview/space/draw-lines';
import { freePlan } from '#preview/space/free-plan';
import { createGlobe } from '#preview/space/globe';
import { insetPolygon } from '#preview/space/inset-polygon';
import { listGizmos } from '#preview/space/list-gizmos';
import { besideCamera, orbitOf, orbitPosition, panOrbit, readOrbit, turnOrbit, writeOrbit, zoomOrbit } from '#preview/space/orbit'; // prettier-ignore
import { pathFrames } from '#preview/space/path-gizmos';
import { placeRegion, vectorRegion } from '#preview/space/place-region';
import { sensorGizmo } from '#preview/space/sensor-gizmo';
import { invertAffine, transformPoint } from '#shared/core/matrix';
import type { Vec3 } from '#shared/core/geometry';
import { projectPoint } from '#shared/core/pinhole';
import { planFrame } from '#shared/plan/plan-frame';
import { directionFromAngles } from '#shared/sampling/sample-place';
import { sampleScene } from '#shared/sampling/sample-scene';
import { makeRunInputs } from '../../makers/make-run-inputs.ts';

const distance = (a: Vec3, b: Vec3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

describe('the free camera', () => {
  it('stands where its angles say, and is found again from where it stands', () => {
    const orbit = {
      target: [1, 2, 3],
      azimuthDegrees: 90,
      elevationDegrees: 0,
      distanceMeters: 4,
    } as const;
    const position = orbitPosition(orbit);
    expect(distance(position, [5, 2, 3])).toBeLessThan(1e-12);
    const found = orbitOf(position, orbit.target);
    expect(found.azimuthDegrees).toBeCloseTo(90, 10);
    expect(found.distanceMeters).toBeCloseTo(4, 10);
  });

  it('goes round, nearer and aside, never over the top', () => {
    const orbit = {
      target: [0, 0, 0],
      azimuthDegrees: 350,
      elevationDegrees: 80,
      distanceMeters: 2,
    } as const;
    expect(turnOrbit(orbit, 20, 20)).toEqual({
      ...orbit,
      azimuthDegrees: 10,
      elevationDegrees: 89,
    });
    expect(zoomOrbit(orbit, 0.5).distanceMeters).toBe(1);
    const front = { ...orbit, azimuthDegrees: 0, elevationDegrees: 0 };
    expect(distance(panOrbit(front, 0.5, 0.25).target, [1, 0.5, 0])).toBeLessThan(1e-12);
  });

  it('has camera and target of the sensor before it where it begins', () => {
    const camera = { position: [0, 1, 2], target: [0, 0.5, 0] } as const;
    const plan = { size: { width: 400, height: 300 } };
    const view = besideCamera(camera);
    const { camera: free } = freePlan(planOf().plan, {
      orbit: view,
      ...plan,
      quick: false,
      cut: 0,
    });
    const cut = freePlan(planOf().plan, { orbit: view, ...plan, quick: true, cut: 0.5 }).camera;
    expect(cut.nearMeters).toBeCloseTo(view.distanceMeters / 2, 12);
    for (const point of [camera.position, camera.target]) {
      const seen = projectPoint(
        free.intrinsics,
        transformPoint(invertAffine(free.worldFromCamera), point),
      );
      expect(seen?.x).toBeGreaterThan(0);
      expect(seen?.x).toBeLessThan(400);
      expect(seen?.y).toBeGreaterThan(0);
      expect(seen?.y).toBeLessThan(300);
    }
  });

  it('is read from the address as it was written, and not from anything else', () => {
    const orbit = {
      target: [0.5, -1, 2],
      azimuthDegrees: 12.5,
      elevationDegrees: -3,
      distanceMeters: 0.75,
    } as const;
    expect(readOrbit(writeOrbit(orbit))).toEqual(orbit);
    for (const text of [null, '', '1,2,3', '1,2,3,4,5,x', '1,2,3,4,5,--6', 'NaN,1,1,1,1,1']) {
      expect(readOrbit(text), String(text)).toBeNull();
    }
  });
});

/** Looks along −Z from (0, 0, 5), 90° wide; a wall fills the image 4 m away. */
function wallView(depthMeters: number): LineView {
  const size = { width: 100, height: 100 };
  return {
    camera: {
      worldFromCamera: [1, 0, 0, 0, 0, -1, 0, 0, 0, 0, -1, 5, 0, 0, 0, 1],
      intrinsics: { fx: 50, fy: 50, cx: 50, cy: 50 },
      nearMeters: 0.1,
      farMeters: 100,
    },
    size,
    depth: new Float32Array(100 * 100).fill(depthMeters),
  };
}

describe('lines in the scene', () => {
  it('are seen before a surface and hidden behind it', () => {
    const before: readonly Vec3[] = [[-1, 0, 3], [1, 0, 3]]; // prettier-ignore
    const behind: readonly Vec3[] = [[-1, 0, -3], [1, 0, -3]]; // prettier-ignore
    const drawn = drawLines(wallView(4), [before, behind]);
    // 2 m away 1 m is 25 pixels; 8 m away it is 6.25.
    expect(drawn.seen).toMatch(/^M25 50(L[\d.]+ 50)+$/);
    expect(drawn.seen).toMatch(/L75 50$/);
    expect(drawn.hidden).toMatch(/^M43.8 50L.*L56.3 50$/);
    expect(drawLines(wallView(0), [behind]).hidden).toBe('');
  });

  it('are cut where they pass the camera, and left out behind it', () => {
    const through: readonly Vec3[] = [[0, 1, 0], [0, 1, 10]]; // prettier-ignore
    const { seen } = drawLines(wallView(0), [through]);
    // 5 m away 1 m up is row 40; the rest runs up and out of the image, to its margin.
    expect(seen).toMatch(/^M50 40L/);
    expect(seen).not.toContain('NaN');
    expect(drawLines(wallView(0), [[[0, 0, 6], [1, 0, 7]]])).toEqual({ seen: '', hidden: '' }); // prettier-ignore
  });

  it('change sides where they pierce the surface', () => {
    const piercing: readonly Vec3[] = [[-2, 0, 3], [2, 0, -1]]; // prettier-ignore
    const { seen, hidden } = drawLines(wallView(4), [piercing]);
    const end = Number(/L([\d.]+) 50$/.exec(seen)?.[1]);
    // The wall is at z = 1, which the line passes at x = 0: the image's middle, to a piece of 6 pixels.
    expect(Math.abs(end - 50)).toBeLessThanOrEqual(6);
    expect(Number(/^M([\d.]+) 50/.exec(hidden)?.[1])).toBe(end);
  });

  it('say how far the surface before a point is', () => {
    const points: readonly Vec3[] = [[0, 0, 0], [0, 0, 3], [0, 0, 9], [99, 0, 0]]; // prettier-ignore
    const found = points.map((point) => surfaceBefore(wallView(4), point));
    expect(found).toEqual([4, null, null, null]);
  });

  it('have dots where points are', () => {
    expect(drawDots(wallView(4), [[0, 0, 3], [0, 0, 0], [0, 0, 9]])).toEqual({ seen: 'M50 50h0.01', hidden: 'M50 50h0.01' }); // prettier-ignore
  });
});

describe('where a place can be', () => {
  it('is the patch of a shell between its bounds', () => {
    const lines = placeRegion(
      {
        kind: 'shell',
        target: [0, 1, 0],
        radiusMeters: { kind: 'uniform', min: 2, max: 3 },
        azimuthDegrees: { kind: 'var', name: 'side' },
        elevationDegrees: { kind: 'uniform', min: 0, max: 45 },
      } as never,
      { side: { kind: 'uniform', min: 10, max: 50 } },
    );
    const orbits = (lines ?? []).flat().map((point) => orbitOf(point, [0, 1, 0]));
    const ends = (pick: (o: (typeof orbits)[number]) => number): readonly number[] => [
      Math.min(...orbits.map(pick)),
      Math.max(...orbits.map(pick)),
    ];
    const found = [
      ends((o) => o.distanceMeters),
      ends((o) => o.azimuthDegrees),
      ends((o) => o.elevationDegrees),
    ];
    for (const [i, [least, most]] of [
      [2, 3],
      [10, 50],
      [0, 45],
    ].entries()) {
      // prettier-ignore
      expect(found[i]?.[0]).toBeCloseTo(least ?? NaN, 9);
      expect(found[i]?.[1]).toBeCloseTo(most ?? NaN, 9);
    }
  });

  it('is arcs of a ring at its bounds, and each position of a grid', () => {
    const ring = placeRegion(
      {
        kind: 'ring',
        target: [0, 1, 0],
        radiusMeters: 2,
        heightMeters: { kind: 'uniform', min: 0.5, max: 1 },
        azimuthDegrees: { kind: 'uniform', min: 0, max: 90 },
      } as never,
      {},
    );
    const points = (ring ?? []).flat();
    expect([...new Set(points.map(([, y]) => y))].sort()).toEqual([1.5, 2]);
    for (const [x, , z] of points) expect(Math.hypot(x, z)).toBeCloseTo(2, 9);
    const grid = { kind: 'grid', target: [0, 0, 0], min: [0, 1, 0], max: [4, 1, 2], counts: [3, 1, 2] }; // prettier-ignore
    const crosses = placeRegion(grid as never, {}) ?? [];
    const middles = crosses.map((line) =>
      [0, 1, 2].map((axis) => ((line[0]?.[axis] ?? NaN) + (line.at(-1)?.[axis] ?? NaN)) / 2),
    );
    const found = new Set(middles.map((middle) => middle.map((v) => v.toFixed(6)).join()));
    expect(found.size).toBe(6);
    expect(found).toContain('2.000000,1.000000,2.000000');
  });

  it('is a box, a point, a ball, or all of several', () => {
    const corners = (value: unknown): readonly Vec3[] => (vectorRegion(value, {}) ?? []).flat();
    const box = corners([
      { kind: 'uniform', min: 0, max: 1 },
      2,
      { kind: 'uniform', min: -1, max: 0 },
    ]);
    expect(new Set(box.map(String))).toEqual(new Set(['0,2,-1', '1,2,-1', '1,2,0', '0,2,0']));
    expect(corners([1, 2, 3]).every((point) => distance(point, [1, 2, 3]) < 0.031)).toBe(true);
    const ball = corners({
      kind: 'ball',
      radius: { kind: 'uniform', min: 0, max: 2 },
      center: [0, 0, 1],
    });
    for (const point of ball) expect(distance(point, [0, 0, 1])).toBeCloseTo(2, 9);
    const two = { kind: 'choice', values: [[0, 0, 0], [9, 0, 0]] }; // prettier-ignore
    expect(corners(two)).toHaveLength(12);
  });

  it('is not drawn where it has no bounds', () => {
    expect(vectorRegion([0, 0, { kind: 'normal', mean: 0, std: 1 }], {})).toBeNull();
    expect(vectorRegion({ kind: 'var', name: 'gone' }, {})).toBeNull();
    expect(
      vectorRegion({ kind: 'var', name: 'a' }, { a: { kind: 'var', name: 'a' } } as never),
    ).toBeNull();
  });
});

function planOf(changes: Parameters<typeof makeRunInputs>[0] = {}) {
  const inputs = makeRunInputs(changes);
  const sample = sampleScene(inputs, 0);
  return { inputs, sample, plan: planFrame(inputs, sample) };
}

describe('what stands behind a frame', () => {
  it('the sensor’s pyramid falls on the rim of its own image', () => {
    const { plan } = planOf();
    const { lines, label } = sensorGizmo(plan, 2);
    const { intrinsics, worldFromCamera } = plan.camera;
    const eye = transformPoint(worldFromCamera, [0, 0, 0]);
    expect(distance(label?.at ?? [9, 9, 9], eye)).toBeLessThan(1e-12);
    const rim = lines[4] ?? [];
    expect(rim).toHaveLength(33);
    for (const point of rim) {
      const seen = projectPoint(intrinsics, transformPoint(invertAffine(worldFromCamera), point));
      const { width, height } = plan.size;
      const toRim = Math.min(seen?.x ?? NaN, width - (seen?.x ?? NaN), seen?.y ?? NaN, height - (seen?.y ?? NaN)); // prettier-ignore
      expect(Math.abs(toRim)).toBeLessThan(1e-9);
      expect(seen?.depth).toBeCloseTo(2, 9);
    }
  });

  it('has the table’s top for what is scattered on it, the lights, and the way that the camera goes', () => {
    const frame = planOf({
      frames: 6,
      sequence: { frames: 6, framesPerSecond: 1 },
      camera: {
        pose: { kind: 'at', position: [0, 1.3, 1.6], target: [0, 0.8, 0] },
        motion: { velocityMetersPerSecond: [0.5, 0, 0] },
      },
      lights: {
        key: {
          kind: 'spot',
          place: { kind: 'at', position: [0, 3, 0], target: [0, 0, 0] },
          intensity: 1,
          coneDegrees: 45,
        },
      },
      objects: {
        crates: {
          categories: ['crate'],
          count: 1,
          placement: { kind: 'scatter', surface: 'table' },
        },
      },
    });
    const { gizmos, notes } = listGizmos(frame);
    expect(notes).toEqual([]);
    const kinds = (kind: string) => gizmos.filter((gizmo) => gizmo.kind === kind);
    const area = kinds('areas').find(({ label }) => label?.text === 'crates');
    const heights = new Set(area?.lines.flat().map(([, y]) => y));
    expect([...heights]).toHaveLength(1);
    const [light] = kinds('lights').filter(({ label }) => label?.text === 'key[0]');
    // 45° over 3 m: a rim of 3 m about the target.
    const rim = light?.lines.find(({ length }) => length > 50);
    for (const point of rim ?? [[9, 9, 9] as Vec3])
      expect(distance(point, [0, 0, 0])).toBeCloseTo(3, 6);
    const [path] = kinds('paths');
    expect(path?.lines[0]).toHaveLength(6);
    expect(distance(path?.lines[0]?.[0] ?? [9, 9, 9], [0, 1.3, 1.6])).toBeLessThan(1e-9);
    expect(distance(path?.lines[0]?.[5] ?? [9, 9, 9], [2.5, 1.3, 1.6])).toBeLessThan(1e-9);
  });

  it('follows a sequence in at most 48 steps, from its first frame to its last', () => {
    const config = { frames: 250, sequence: { frames: 100, framesPerSecond: 30 }, camera: {} };
    const frames = pathFrames(config, 120);
    expect([frames[0], frames.at(-1), frames.length]).toEqual([100, 199, 48]);
    expect(pathFrames(config, 249).at(-1)).toBe(249);
    expect(pathFrames({ ...config, sequence: { frames: 1, framesPerSecond: 30 } }, 7)).toEqual([7]);
  });

  it('stays with the view of a rig', () => {
    const rig = { views: { left: {}, right: {} }, pairs: [] };
    const order = { frames: 20, sequence: { frames: 3, framesPerSecond: 30 }, camera: { rig } };
    expect(pathFrames(order as never, 9)).toEqual([7, 9, 11]);
    expect(pathFrames(order as never, 18)).toEqual([18]);
  });
});

it('a globe has what faces the eye in its middle, and what is behind it behind', () => {
  const project = createGlobe({ azimuthDegrees: 40, elevationDegrees: 20 });
  const near = project(directionFromAngles(40, 20));
  expect([near.x, near.y, near.front]).toEqual([expect.closeTo(0, 9), expect.closeTo(0, 9), true]);
  expect(project(directionFromAngles(220, -20)).front).toBe(false);
  const above = project(directionFromAngles(40, 110));
  expect([above.x, above.y]).toEqual([expect.closeTo(0, 9), expect.closeTo(-1, 9)]);
});

describe('insetPolygon', () => {
  const square = [[-1, -1], [1, -1], [1, 1], [-1, 1]] as const; // prettier-ignore

  it('keeps what lies within a margin of every edge, whichever way round', () => {
    const half = [[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]]; // prettier-ignore
    const sorted = (corners: readonly (readonly number[])[]) => corners.map(String).sort();
    expect(sorted(insetPolygon(square, 0.5))).toEqual(sorted(half));
    expect(sorted(insetPolygon([...square].reverse(), 0.5))).toEqual(sorted(half));
    expect(insetPolygon(square, 0)).toEqual(square);
    expect(insetPolygon(square, 1.1)).toEqual([]);
  });

  it('cuts the corners of a triangle as its inscribed circle shrinks', () => {
    // Sides 3, 4, 5: inradius 1, so that a margin of a half leaves a triangle half as large.
    const area = (corners: readonly (readonly [number, number])[]): number =>
      Math.abs(
        corners.reduce((sum, [x, z], i) => {
          const [nx, nz] = corners[(i + 1) % corners.length] ?? [0, 0];
          return sum + (x * nz - nx * z) / 2;
        }, 0),
      );
    expect(area(insetPolygon([[0, 0], [4, 0], [0, 3]], 0.5))).toBeCloseTo(6 / 4, 12); // prettier-ignore
  });
});
