import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { prepareInputs } from '#node/run/prepare-run';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene } from '#shared/sampling/sample-scene';
import {
  BACKENDS,
  openTestPool,
  renderPlan,
  type TestBackend,
} from '../page/support/open-test-pool.ts';
import { openTestPreview } from './support/open-test-preview.ts';

/** Every config that ships and needs no folder of assets, and frames of it. */
const CONFIGS = ['tabletop', 'crate', 'workbench', 'shelf', 'orbit'] as const;
const FRAMES = [0, 3];
const SETS = ['image.width=192', 'image.height=144'];
/** Asked for by the preview alone: what it draws besides must not touch the rest. */
const LABELS = 'boxes,normals,flow';

type Fingerprint = Readonly<{ color: string; id: string; depth: string; annotations: string }>;

const sha256 = (bytes: ArrayBufferView): string =>
  createHash('sha256')
    .update(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    .digest('hex');

/** The frame in view, by the hashes of its bytes. */
const READ_FRAME = `(async () => {
  const { color, instanceId, depth, record } = window.diorama.frame;
  const sha256 = async (bytes) => {
    const hash = await crypto.subtle.digest('SHA-256', bytes);
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  return {
    color: await sha256(color),
    id: await sha256(instanceId),
    depth: await sha256(depth),
    annotations: await sha256(new TextEncoder().encode(JSON.stringify(record.annotations))),
  };
})()`;

async function batchFrames(
  config: string,
  { backend, seed }: Readonly<{ backend: TestBackend; seed: string | undefined }>,
): Promise<readonly Fingerprint[]> {
  const loaded = await prepareInputs({ configPath: config, sets: SETS, seed });
  const pool = await openTestPool(backend, loaded.resolveResource);
  try {
    const found: Fingerprint[] = [];
    for (const frame of FRAMES) {
      const plan = planFrame(loaded.inputs, sampleScene(loaded.inputs, frame));
      const buffers = await renderPlan(pool, plan);
      const annotations = annotateFrame(plan, buffers, loaded.inputs.config.labels);
      found.push({
        color: sha256(buffers.color),
        id: sha256(buffers.instanceId),
        depth: sha256(buffers.depth),
        annotations: sha256(new TextEncoder().encode(JSON.stringify(annotations))),
      });
    }
    return found;
  } finally {
    await pool.close();
  }
}

async function previewFrames(
  config: string,
  { backend, seed }: Readonly<{ backend: TestBackend; seed: string | undefined }>,
): Promise<readonly Fingerprint[]> {
  const preview = await openTestPreview({ configPath: config, sets: SETS }, backend);
  try {
    const found: Fingerprint[] = [];
    const seedWord = seed === undefined ? '' : `&seed=${seed}`;
    for (const frame of FRAMES) {
      await preview.go(`#frame=${frame}${seedWord}&labels=${LABELS}`);
      await preview.page.waitForFunction(`window.diorama.frame?.record.frame === ${frame}`);
      found.push((await preview.page.evaluate(READ_FRAME)) as Fingerprint);
    }
    expect(preview.complaints).toEqual([]);
    return found;
  } finally {
    await preview.close();
  }
}

describe.each(BACKENDS)(
  'frames in the preview on %s are those of the batch, byte for byte',
  (backend) => {
    it.each(CONFIGS)('%s', async (name) => {
      const config = `configs/${name}.yaml`;
      const batch = await batchFrames(config, { backend, seed: undefined });
      expect(await previewFrames(config, { backend, seed: undefined })).toEqual(batch);
      expect(batch[0]).not.toEqual(batch[1]);
    });
  },
);

it('the seed box stands for --seed', async () => {
  const config = 'configs/tabletop.yaml';
  const seeded = { backend: 'mesa', seed: 'other' } as const;
  const batch = await batchFrames(config, seeded);
  expect(await previewFrames(config, seeded)).toEqual(batch);
  expect(batch).not.toEqual(await batchFrames(config, { ...seeded, seed: undefined }));
});
