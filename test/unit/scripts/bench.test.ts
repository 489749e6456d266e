import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mesh } from 'three';
import { afterAll, describe, expect, it } from 'vitest';
import { prepareInputs } from '#node/run/prepare-run';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene } from '#shared/sampling/sample-scene';
import { benchCases, CASE_NAMES } from '../../../scripts/bench/bench-cases.ts';
import { scene } from '../../../scripts/bench/configs/solids-scene.ts';
import { makeSky } from '../../../scripts/bench/make-sky.ts';

const sky = mkdtempSync(join(tmpdir(), 'diorama-sky-'));
afterAll(() => rmSync(sky, { recursive: true }));

it('has a workload of 20 solids and 200,702 triangles', () => {
  let triangles = 0;
  let solids = 0;
  scene.build().traverse((object) => {
    if (!(object instanceof Mesh)) return;
    const { geometry } = object as Mesh;
    triangles += (geometry.getIndex()?.count ?? 0) / 3;
    if (object.userData['category']) solids++;
  });
  expect({ triangles, solids }).toEqual({ triangles: 200_702, solids: 20 });
});

describe('cases of the bench', () => {
  makeSky(sky);

  it.each(CASE_NAMES)('%s can be planned', async (name) => {
    const choices = { frames: 2, sets: [], assetFolders: [sky] };
    const [found] = benchCases([name], choices);
    if (found === undefined) throw new Error('no case');
    const { inputs } = await prepareInputs(found.inputs);
    const plan = planFrame(inputs, sampleScene(inputs, 1));
    const expected = /^objects-(\d+)$/.exec(name)?.[1] ?? (name.startsWith('solids') ? '20' : null);
    if (expected !== null) expect(plan.instances).toHaveLength(Number(expected));
    expect(plan.size.width).toBe(name.includes('1024') ? 1024 : 640);
  });

  it('are refused under another name', () => {
    const choices = { frames: 2, sets: [], assetFolders: [] };
    expect(() => benchCases(['demo'], choices)).toThrow(/expected one of demo-640-jpeg/);
  });
});
