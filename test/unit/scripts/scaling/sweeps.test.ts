import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Mesh } from 'three';
import { afterAll, describe, expect, it } from 'vitest';
import type { CodeScene } from 'diorama/scene';
import { prepareInputs } from '#node/run/prepare-run';
import { planFrame } from '#shared/plan/plan-frame';
import type { FramePlan } from '#shared/plan/frame-plan';
import { sampleScene } from '#shared/sampling/sample-scene';
import {
  makeKinds,
  segmentsFor,
  solidNames,
  solidsScene,
} from '../../../../scripts/bench/configs/make-solids.ts';
import { makeSky } from '../../../../scripts/bench/make-sky.ts';
import { makeSweep, type SweepPoint } from '../../../../scripts/bench/scaling/sweeps.ts';
import { countTriangles } from '../../../../scripts/bench/scaling/write-solids.ts';

const folder = mkdtempSync(join(tmpdir(), 'diorama-sweeps-'));
makeSky(join(folder, 'sky'));
afterAll(() => rmSync(folder, { recursive: true }));

async function planOf({ configPath, sets }: SweepPoint): Promise<FramePlan> {
  const assetFolders = [join(folder, 'sky')];
  const { inputs } = await prepareInputs({ configPath, sets, assetFolders });
  return planFrame(inputs, sampleScene(inputs, 0));
}

const pointsOf = (name: Parameters<typeof makeSweep>[0]): readonly SweepPoint[] =>
  makeSweep(name, join(folder, name), {}).points;

describe('points of sweeps', () => {
  it('have images of so many megapixels', async () => {
    const points = pointsOf('resolution');
    expect(points.map(({ x }) => Number(x.toFixed(1)))).toEqual([0.3, 0.8, 2, 4, 8]);
    const last = points.at(-1);
    if (last === undefined) throw new Error('no point');
    const { width, height } = (await planOf(last)).size;
    expect((width * height) / 1e6).toBe(last.x);
  });

  it('have so many labelled objects', async () => {
    const hundred = pointsOf('objects').find(({ x }) => x === 100);
    if (hundred === undefined) throw new Error('no point');
    expect((await planOf(hundred)).instances).toHaveLength(100);
  });

  it('have objects that together cover as much, however many', async () => {
    for (const { x, configPath } of pointsOf('objects').filter((point) => point.x >= 10)) {
      const scales: number[] = [];
      const { scene } = (await import(join(dirname(configPath), 'solids-scene.ts'))) as {
        scene: CodeScene;
      };
      scene.build().traverse((object) => {
        if (object.userData['category']) scales.push(object.scale.x);
      });
      expect(scales).toHaveLength(x);
      // Of even steps from 0.1 to 0.2 the mean of squares is 0.0233 for many and 0.025 for two.
      const area = scales.reduce((sum, scale) => sum + scale ** 2, 0);
      expect(area / 20).toBeGreaterThan(0.0233);
      expect(area / 20).toBeLessThan(0.025);
    }
  });

  it('have about so many triangles, among twenty objects', () => {
    const asked = [1e4, 1e5, 5e5, 1e6, 2e6, 5e6];
    for (const [i, { x, triangles }] of pointsOf('triangles').entries()) {
      expect(triangles).toBe(x);
      expect(Math.abs(x / (asked[i] ?? NaN) - 1)).toBeLessThan(0.04);
    }
  });

  it('have so many lights, with shadow maps and without', async () => {
    const points = pointsOf('lights');
    for (const [series, castShadow] of [
      ['with shadow maps', true],
      ['without shadows', false],
    ] as const) {
      const four = points.find((point) => point.x === 4 && point.series === series);
      if (four === undefined) throw new Error('no point');
      const { lights } = await planOf(four);
      expect(lights.map((light) => light.kind)).toEqual(['spot', 'spot', 'spot', 'spot']);
      expect(new Set(lights.map((light) => light.castShadow))).toEqual(new Set([castShadow]));
    }
  });

  it('have so many browsers', () => {
    expect(pointsOf('workers').map(({ workers }) => workers)).toEqual([1, 2, 4]);
  });

  it('take the frames and rounds that they are told', () => {
    const { points } = makeSweep('workers', folder, { frames: 3, rounds: 5 });
    expect(points.map(({ frames, rounds }) => [frames, rounds])).toEqual(Array(3).fill([3, 5]));
  });
});

describe('solids', () => {
  it('have the triangles that are counted', () => {
    let triangles = 0;
    const kinds = makeKinds(segmentsFor(500));
    solidsScene({ kinds, count: 7, scales: [0.1, 0.2] })
      .build()
      .traverse((object) => {
        if (object instanceof Mesh)
          triangles += ((object as Mesh).geometry.getIndex()?.count ?? 0) / 3;
      });
    expect(countTriangles({ count: 7, trianglesEach: 500 })).toBe(triangles);
  });

  it('are of the four kinds in turn', () => {
    expect(solidNames(6)).toEqual([
      'sphere-1',
      'sphere-2',
      'cube-1',
      'cube-2',
      'torus-1',
      'knot-1',
    ]);
  });
});
