import { beforeAll, describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import type { ModelAsset } from '#shared/core/asset-catalogue';
import { SamplingError } from '#shared/core/errors';
import type { Bounds, Vec3 } from '#shared/core/geometry';
import { compose, transformPoint } from '#shared/core/matrix';
import { DropSimulation } from '#shared/physics/drop-simulation';
import { loadPhysics } from '#shared/physics/engine';
import { type RunInputs, sampleScene } from '#shared/sampling/sample-scene';
import type { ObjectSample, SceneSample } from '#shared/sampling/scene-sample';
import { CATALOGUE, makeRunInputs } from '../../../makers/make-run-inputs.ts';

type Group = NonNullable<ConfigInput['objects']>[string];

const cornersOf = ({ min, max }: Bounds): Vec3[] =>
  [min[0], max[0]].flatMap((x) =>
    [min[1], max[1]].flatMap((y) => [min[2], max[2]].map((z): Vec3 => [x, y, z])),
  );
const boxes: ModelAsset[] = CATALOGUE.models.map((model) => ({
  ...model,
  hulls: [cornersOf(model.bounds)],
}));
const inputsOf = (objects: Record<string, Group>): RunInputs => ({
  ...makeRunInputs({ objects }),
  catalogue: { ...CATALOGUE, models: boxes },
});
const drop = (surface: string, more: Partial<Group> = {}, placement: object = {}): Group => ({
  assets: ['crate-*'],
  count: 6,
  placement: { kind: 'drop', surface, ...placement },
  whenFull: 'drop',
  ...more,
});

function worldCorners({ assetId, position, orientation, scale }: ObjectSample): Vec3[] {
  const model = boxes.find(({ id }) => id === assetId);
  if (!model) throw new Error(`no model ${assetId}`);
  const matrix = compose(position, orientation, [scale, scale, scale]);
  return cornersOf(model.bounds).map((corner) => transformPoint(matrix, corner));
}

/** How deep two boxes overlap: the least overlap along their 15 separating axes (S. Gottschalk, 1996). */
function overlapOf(a: readonly Vec3[], b: readonly Vec3[]): number {
  const edges = (corners: readonly Vec3[]): Vec3[] =>
    [4, 2, 1].map((i): Vec3 => {
      const [p = [0, 0, 0], q = [0, 0, 0]] = [corners[0], corners[i]];
      return [q[0] - p[0], q[1] - p[1], q[2] - p[2]];
    });
  const cross = (u: Vec3, v: Vec3): Vec3 => [
    u[1] * v[2] - u[2] * v[1],
    u[2] * v[0] - u[0] * v[2],
    u[0] * v[1] - u[1] * v[0],
  ];
  const [ea, eb] = [edges(a), edges(b)];
  let least = Infinity;
  for (const axis of [...ea, ...eb, ...ea.flatMap((u) => eb.map((v) => cross(u, v)))]) {
    const length = Math.hypot(...axis);
    if (length < 1e-6) continue;
    const along = ([x, y, z]: Vec3): number => (x * axis[0] + y * axis[1] + z * axis[2]) / length;
    const [pa, pb] = [a.map(along), b.map(along)];
    const overlap =
      Math.min(Math.max(...pa), Math.max(...pb)) - Math.max(Math.min(...pa), Math.min(...pb));
    least = Math.min(least, overlap);
  }
  return least;
}

it('says what to do where the engine is not loaded', () => {
  expect(() => sampleScene(inputsOf({ g: drop('bench') }), 0)).toThrow(/Await loadPhysics\(\)/);
});

describe('objects that fall', () => {
  beforeAll(() => loadPhysics());

  it('come to rest on the surface and on each other, no deeper than 1 mm, in 100 frames', () => {
    const inputs = inputsOf({ heap: drop('bench', {}, { regionScale: 0.45 }) });
    let onOthers = 0;
    let count = 0;
    for (let frame = 0; frame < 100; frame++) {
      const { objects } = sampleScene(inputs, frame);
      const corners = objects.map(worldCorners);
      for (const [i, own] of corners.entries()) {
        count++;
        // The bench's top is at 0.5 m, 1.2 × 0.5 m about (−2, 0).
        expect(Math.min(...own.map(([, y]) => y))).toBeGreaterThan(0.5 - 1e-3);
        const middle = own.reduce((sum, [x]) => sum + x / 8, 0);
        expect(Math.abs(middle + 2)).toBeLessThan(0.6);
        if (Math.min(...own.map(([, y]) => y)) > 0.52) onOthers++;
        for (const other of corners.slice(i + 1))
          expect(overlapOf(own, other), `frame ${frame}`).toBeLessThan(1.1e-3);
      }
    }
    expect(count).toBeGreaterThan(500);
    expect(onOthers).toBeGreaterThan(20);
  }, 120_000);

  it('lie on a face where they lie alone, as a box must', () => {
    const inputs = inputsOf({ one: drop('bench', { count: 1, assets: ['crate-1'] }) });
    for (let frame = 0; frame < 40; frame++) {
      const [object] = sampleScene(inputs, frame).objects;
      if (!object) continue;
      const heights = worldCorners(object)
        .map(([, y]) => y)
        .sort((p, q) => p - q);
      expect((heights[3] ?? NaN) - 0.5).toBeLessThan(1e-3);
      expect((heights[4] ?? NaN) - 0.5).toBeGreaterThan(0.09);
      const length = Math.hypot(...object.orientation);
      expect(Math.abs(length - 1)).toBeLessThan(1e-15);
    }
  });

  it('stay where they are when they are set down anew, a little above their rest, in 100 frames', () => {
    const inputs = inputsOf({ heap: drop('bench', { count: 3 }, { regionScale: 0.45 }) });
    const bench: Bounds = { min: [-2.6, 0, -0.25], max: [-1.4, 0.5, 0.25] };
    const fixed = [{ name: 'bench', hulls: [cornersOf(bench)], friction: 0.6 }];
    let [count, far, tilted] = [0, 0, 0];
    for (let frame = 0; frame < 100; frame++) {
      const { objects } = sampleScene(inputs, frame);
      const again = new DropSimulation(fixed);
      for (const { position, orientation, assetId } of objects) {
        const hulls = boxes.find(({ id }) => id === assetId)?.hulls ?? [];
        const [x, y, z] = position;
        const body = { hulls, densityKgPerCubicMeter: 500, friction: 0.6, restitution: 0 };
        expect(again.drop({ ...body, position: [x, y + 1e-3, z], orientation }, 3)).toBe('rest');
      }
      for (const [i, rest] of again.resting().entries()) {
        const { position, orientation } = objects[i] ?? { position: [], orientation: [] };
        count++;
        far = Math.max(far, Math.hypot(...rest.position.map((v, k) => v - (position[k] ?? NaN))));
        const same = rest.orientation.reduce((sum, v, k) => sum + v * (orientation[k] ?? NaN), 0);
        tilted = Math.max(tilted, 2 * Math.acos(Math.min(1, Math.abs(same))));
      }
      again.free();
    }
    expect(count).toBeGreaterThan(250);
    expect(far).toBeLessThan(0.005);
    expect((tilted * 180) / Math.PI).toBeLessThan(3);
  }, 120_000);

  it('are the same each time, whatever was sampled before', () => {
    const inputs = inputsOf({ heap: drop('bench') });
    const first = JSON.stringify(sampleScene(inputs, 3));
    sampleScene(inputs, 4);
    expect(JSON.stringify(sampleScene(inputs, 3))).toBe(first);
  });

  it('heap about a point where they are piled', () => {
    const inputs = inputsOf({
      heap: {
        assets: ['crate-2'],
        count: 6,
        scale: 0.5,
        placement: {
          kind: 'pile',
          surface: 'floor',
          centerMeters: [3, -3],
          radiusMeters: 0.03,
        },
        whenFull: 'drop',
      },
    });
    let raised = 0;
    let count = 0;
    for (let frame = 0; frame < 10; frame++) {
      const { objects } = sampleScene(inputs, frame);
      count += objects.length;
      const corners = objects.map(worldCorners);
      for (const [i, own] of corners.entries()) {
        const bottom = Math.min(...own.map(([, y]) => y));
        expect(bottom).toBeGreaterThan(-1e-3);
        if (bottom > 0.01) raised++;
        const [x = NaN, , z = NaN] = objects[i]?.position ?? [];
        expect(Math.hypot(x - 3, z + 3)).toBeLessThan(0.35);
        for (const other of corners.slice(i + 1))
          expect(overlapOf(own, other), `frame ${frame}`).toBeLessThan(1.1e-3);
      }
    }
    expect(count).toBeGreaterThan(50);
    expect(raised).toBeGreaterThan(5);
  });

  it('leave room for the groups that follow, and rest on those before', () => {
    const inputs = inputsOf({
      base: {
        assets: ['crate-1'],
        count: 1,
        placement: { kind: 'scatter', surface: 'stool', regionScale: 0.9 },
      },
      heap: drop('stool', { assets: ['crate-2'], count: 3 }),
      later: {
        assets: ['rod'],
        count: 2,
        placement: { kind: 'scatter', surface: 'stool' },
        whenFull: 'drop',
      },
    });
    for (let frame = 0; frame < 20; frame++) {
      const { objects } = sampleScene(inputs, frame);
      const corners = objects.map(worldCorners);
      for (const [i, own] of corners.entries())
        for (const other of corners.slice(i + 1))
          expect(overlapOf(own, other), `frame ${frame}`).toBeLessThan(1.1e-3);
    }
  });

  it('are refused, with what became of each fall, where none ends at rest', () => {
    const inputs = inputsOf({
      heap: drop('bench', { count: 1, whenFull: 'error' }, { maxSeconds: 0.05, falls: 3 }),
    });
    expect(() => sampleScene(inputs, 0)).toThrow(SamplingError);
    expect(() => sampleScene(inputs, 0)).toThrow(/objects\.heap\[0\].*3 falls: 3 restless/);
    const left: SceneSample = sampleScene(
      inputsOf({ heap: drop('bench', { count: 1 }, { maxSeconds: 0.05, falls: 3 }) }),
      0,
    );
    expect(left.dropped.map(({ path }) => path)).toEqual(['objects.heap[0]']);
    expect(left.rejections['objects.heap[0]']).toBeGreaterThanOrEqual(3);
  });
});
