import { dirname, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CatalogueEntry } from '#shared/core/asset-catalogue';
import { SamplingError } from '#shared/core/errors';
import type { FramePlan } from '#shared/plan/frame-plan';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene, type RunInputs } from '#shared/sampling/sample-scene';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { sampleFaults } from '#shared/verify/sample-faults';
import { assetsOfSample } from '#node/replay/assets-of-sample';
import { prepareReplay } from '#node/replay/prepare-replay';
import { EVERY_KIND, loadEveryKind } from '../../../page/support/load-every-kind.ts';
import { RENDERER } from '../store/make-dataset.ts';

/** What falls takes seconds, and adds no kind of asset. */
const FALLS: readonly string[] = ['drop', 'pile'];
const FRAMES = [0, 1, 2, 3];

/** Null where the frame cannot be planned: a photo may be too narrow for a camera. */
function tryPlan(inputs: RunInputs, sample: SceneSample): FramePlan | null {
  try {
    return planFrame(inputs, sample);
  } catch (error) {
    if (error instanceof SamplingError) return null;
    throw error;
  }
}

/** Every kind of value that configs know, so that a new one is not forgotten here. */
describe.each(EVERY_KIND)('the samples of %s', (path) => {
  let inputs: RunInputs;
  let replayed: RunInputs;
  beforeAll(async () => {
    const { inputs: loaded, draft, folder, remove } = await loadEveryKind(path);
    const groups = Object.entries(loaded.config.objects);
    const standing = groups.filter(([, { placement }]) => !FALLS.includes(placement.kind));
    inputs = { ...loaded, config: { ...loaded.config, objects: Object.fromEntries(standing) } };
    const samples = FRAMES.map((frame) => sampleScene(inputs, frame));
    const scenePath = resolve(dirname(path), loaded.config.scene);
    const manifest = { ...draft, config: inputs.config, renderer: RENDERER };
    const request = { scenePath, assetFolders: [folder] };
    ({ inputs: replayed } = await prepareReplay(manifest, samples, request));
    await remove();
  });

  it('are samples, as JSON too', () => {
    for (const frame of FRAMES) {
      const sample: unknown = JSON.parse(JSON.stringify(sampleScene(inputs, frame)));
      expect(sampleFaults(sample)).toEqual([]);
    }
  });

  it('have the plans of the run, from what a replay loads', () => {
    for (const frame of FRAMES) {
      const sample = sampleScene(inputs, frame);
      const plan = tryPlan(inputs, sample);
      if (plan !== null) expect(planFrame(replayed, sample)).toEqual(plan);
    }
  });

  it('name every asset whose bytes their plans ask for', () => {
    const { models, environments, images, materials } = inputs.catalogue;
    const byHash = new Map<string, CatalogueEntry>(
      [...models, ...environments, ...images].map((entry) => [entry.sha256, entry]),
    );
    let planned = 0;
    for (const frame of FRAMES) {
      const sample = sampleScene(inputs, frame);
      const plan = tryPlan(inputs, sample);
      if (plan === null) continue;
      planned += 1;
      const named = assetsOfSample(sample, inputs.scene).map(({ kind, id }) => `${kind} ${id}`);
      const inSets = materials
        .filter(({ id }) => named.includes(`material ${id}`))
        .flatMap(({ color, normal, roughness, metalness }) => [color, normal, roughness, metalness])
        .map((id) => `image ${id}`);
      const hashes = JSON.stringify(plan).match(/[0-9a-f]{64}/g) ?? [];
      const asked = hashes.flatMap((hash) => byHash.get(hash) ?? []);
      expect(asked.length).toBeGreaterThan(0);
      for (const { kind, id } of asked) expect([...named, ...inSets]).toContain(`${kind} ${id}`);
    }
    expect(planned).toBeGreaterThan(0);
  });
});
