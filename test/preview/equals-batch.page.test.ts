import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import { prepareInputs } from '#node/run/prepare-run';
import type { ResolveResource } from '#node/server/page-server';
import type { GBuffers } from '#shared/annotate/annotations';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import { drawUntilAccepted } from '#shared/annotate/draw-until-accepted';
import type { DrawnRow } from '#shared/protocol/preview-api';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene } from '#shared/sampling/sample-scene';
import { openTestPool, renderPlan, type TestBackend } from '../page/support/open-test-pool.ts';
import { openTestPreview } from './support/open-test-preview.ts';

/** Every config that ships and needs no folder of assets, with what its frame is to show. */
const CONFIGS: Readonly<Record<string, RegExp>> = {
  tabletop: /^household\[/,
  'tabletop-curriculum': /^(household|small-things)\[/,
  crate: /^heap\[/,
  'crate-curriculum': /^heap\[/,
  workbench: /^(drawer|hammer|screwdriver|wrench|tape)-/,
  shelf: /^(shelf|vase-low)$/,
  orbit: /^duck\[/,
  warehouse: /^(boxes|bottles|tins|tea)\[/,
  conveyor: /^lane-near\[/,
  studio: /^products\[/,
  courtyard: /^on-the-(ground|bench)\[/,
  depot: /^(bollard-|left-behind\[)/,
  'living-room': /^sofas\[/,
  'street-corner': /^parked\[/,
  field: /^(beets|cabbages|maize)\[/,
};
/** A heap takes seconds to settle, twice, and is not what is compared here. */
const QUICKER: Readonly<Record<string, readonly string[]>> = { crate: ['objects.heap.count=5'] };
const SETS = ['image.width=192', 'image.height=144'];
/** Asked for by the preview alone: what it draws besides must not touch the rest. */
const LABELS = 'boxes,normals,flow';

type Fingerprint = Readonly<{
  attempts: number;
  color: string;
  id: string;
  depth: string;
  annotations: string;
}>;
/** A frame of the batch, with what a person would see of it. */
type BatchFrame = Readonly<{ print: Fingerprint; names: readonly string[]; contrast: number }>;
type Case = Readonly<{
  backend: TestBackend;
  frames: readonly number[];
  seed?: string;
  sets?: readonly string[];
}>;

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
    attempts: record.acceptance?.attempts ?? 1,
    color: await sha256(color),
    id: await sha256(instanceId),
    depth: await sha256(depth),
    annotations: await sha256(new TextEncoder().encode(JSON.stringify(record.annotations))),
  };
})()`;

/** One pool of a back end for all configs, each with the resources of its own. */
type BatchPool = Readonly<{ pool: PagePool; serve: (resolve: ResolveResource) => void }>;
const pools = new Map<TestBackend, Promise<BatchPool>>();

function poolOf(backend: TestBackend): Promise<BatchPool> {
  const known = pools.get(backend);
  if (known !== undefined) return known;
  let current: ResolveResource = () => Promise.resolve(null);
  const opening = openTestPool(backend, (address) => current(address)).then((pool) => ({
    pool,
    serve: (resolve: ResolveResource) => (current = resolve),
  }));
  pools.set(backend, opening);
  return opening;
}
afterAll(async () => {
  for (const opening of pools.values()) await (await opening).pool.close();
});

/** Greatest standard deviation of the channels of an RGBA image, 0..255. */
function contrastOf({ color }: Pick<GBuffers, 'color'>): number {
  const deviation = (channel: number): number => {
    const values = color.filter((_, i) => i % 4 === channel);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  };
  return Math.max(deviation(0), deviation(1), deviation(2));
}

async function batchFrames(
  config: string,
  { backend, frames, seed, sets = [] }: Case,
): Promise<readonly BatchFrame[]> {
  const loaded = await prepareInputs({ configPath: config, sets: [...SETS, ...sets], seed });
  const { pool, serve } = await poolOf(backend);
  serve(loaded.resolveResource);
  const found: BatchFrame[] = [];
  for (const frame of frames) {
    const { config: parsed } = loaded.inputs;
    const { taken, acceptance } = await drawUntilAccepted(parsed, frame, async (retry) => {
      const sample = sampleScene(loaded.inputs, frame, { retry });
      const plan = planFrame(loaded.inputs, sample);
      const buffers = await renderPlan(pool, plan);
      return { sample, buffers, annotations: annotateFrame(plan, buffers, parsed.labels) };
    });
    const { buffers, annotations } = taken;
    const print = {
      attempts: acceptance?.attempts ?? 1,
      color: sha256(buffers.color),
      id: sha256(buffers.instanceId),
      depth: sha256(buffers.depth),
      annotations: sha256(new TextEncoder().encode(JSON.stringify(annotations))),
    };
    const names = annotations.instances.map(({ name }) => name);
    found.push({ print, names, contrast: contrastOf(buffers) });
  }
  return found;
}

async function previewFrames(
  config: string,
  { backend, frames, seed, sets = [] }: Case,
): Promise<readonly Fingerprint[]> {
  const preview = await openTestPreview({ target: config, sets: [...SETS, ...sets] }, backend);
  try {
    const found: Fingerprint[] = [];
    const seedWord = seed === undefined ? '' : `&seed=${seed}`;
    for (const frame of frames) {
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

const printsOf = (frames: readonly BatchFrame[]): readonly Fingerprint[] =>
  frames.map(({ print }) => print);

it('every config that ships is held to it', () => {
  const shipped = readdirSync('configs').filter((name) => name.endsWith('.yaml'));
  const held = Object.keys(CONFIGS).map((name) => `${name}.yaml`);
  expect([...held, 'scans.yaml'].sort()).toEqual(shipped.sort());
});

describe('a frame in the preview is that of the batch, byte for byte', () => {
  it.each(Object.entries(CONFIGS))('%s on mesa, with labels', async (name, expected) => {
    const config = `configs/${name}.yaml`;
    const drawn = { backend: 'mesa', frames: [3], sets: QUICKER[name] ?? [] } as const;
    const batch = await batchFrames(config, drawn);
    expect(await previewFrames(config, drawn)).toEqual(printsOf(batch));
    const [{ names, contrast } = { names: [], contrast: 0 }] = batch;
    expect(names.filter((instance) => expected.test(instance))).not.toEqual([]);
    expect(contrast).toBeGreaterThan(10);
  });

  it('orbit on swiftshader, frame after frame', async () => {
    const drawn = { backend: 'swiftshader', frames: [3, 0] } as const;
    const batch = printsOf(await batchFrames('configs/orbit.yaml', drawn));
    expect(await previewFrames('configs/orbit.yaml', drawn)).toEqual(batch);
    expect(batch[0]).not.toEqual(batch[1]);
  });
});

it('what frames draw without pictures is what the batch draws, heaps at rest', async () => {
  const target = 'configs/crate.yaml';
  const sets = [...SETS, 'frames=500', ...(QUICKER['crate'] ?? [])];
  const { inputs } = await prepareInputs({ configPath: target, sets });
  const preview = await openTestPreview({ target, sets });
  try {
    await preview.go('#view=coverage');
    const button = '.coverage-count button';
    // In one go: drawing must not end before it is stopped.
    await preview.page.waitForFunction(
      `window.diorama.rows.length >= 6 && (document.querySelector('${button}').click(), true)`,
    );
    const rows = (await preview.page.evaluate('window.diorama.rows')) as DrawnRow[];
    for (const { frame, draws, camera } of rows) {
      const sample = sampleScene(inputs, frame);
      const { position, target: aim } = sample.camera;
      expect({ draws, camera }, `frame ${frame}`).toEqual({
        draws: sample.draws,
        camera: { position, target: aim },
      });
    }
    // Stopped, it goes on from where it was.
    expect(await preview.page.$eval(button, (element) => element.textContent)).toBe('Go on');
    await preview.page.click(button);
    await preview.page.waitForFunction(`window.diorama.rows.length > ${rows.length}`);
    const frames = (await preview.page.evaluate(
      'window.diorama.rows.map(({ frame }) => frame)',
    )) as number[];
    expect(new Set(frames).size).toBe(frames.length);
    expect(preview.complaints).toEqual([]);
  } finally {
    await preview.close();
  }
});

it('the seed box stands for --seed', async () => {
  const config = 'configs/tabletop.yaml';
  const seeded = { backend: 'mesa', frames: [0], seed: 'other' } as const;
  const batch = printsOf(await batchFrames(config, seeded));
  expect(await previewFrames(config, seeded)).toEqual(batch);
  expect(batch).not.toEqual(printsOf(await batchFrames(config, { backend: 'mesa', frames: [0] })));
});

it('a frame that was drawn again for what it showed is the attempt that the batch takes', async () => {
  const config = 'configs/tabletop.yaml';
  const rules = 'accept.rules=[{kind: count, categories: [mug], atLeast: 2}]';
  const judged = {
    backend: 'mesa',
    frames: [0, 3],
    sets: [rules, 'accept.attempts=50'],
  } as const;
  const batch = printsOf(await batchFrames(config, judged));
  expect(Math.max(...batch.map(({ attempts }) => attempts))).toBeGreaterThan(1);
  expect(await previewFrames(config, judged)).toEqual(batch);
});
