import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { PagePool } from '#node/browser/page-pool';
import { prepareInputs } from '#node/run/prepare-run';
import { sampleScene, type RunInputs } from '#shared/sampling/sample-scene';
import { EVERY_KIND, loadEveryKind } from './support/load-every-kind.ts';
import { openTestPool, requireOpen } from './support/open-test-pool.ts';

const FRAMES = Array.from({ length: 24 }, (_, frame) => frame);

/** Values of every property `kind`, at any depth, of configs and of a JSON schema alike. */
function collectKinds(value: unknown, kinds = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return kinds;
  for (const [key, child] of Object.entries(value)) {
    if (key === 'kind') {
      if (typeof child === 'string') kinds.add(child);
      const { const: one, enum: several = [] } = (child ?? {}) as {
        const?: unknown;
        enum?: readonly unknown[];
      };
      for (const text of [one, ...several]) if (typeof text === 'string') kinds.add(text);
    }
    collectKinds(child, kinds);
  }
  return kinds;
}

/** Sampling touches no GL, so one back end stands for all. */
describe('a sample drawn in the page', () => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool('mesa');
  });
  afterAll(() => pool?.close());

  async function expectParity(inputs: RunInputs, frames = FRAMES): Promise<void> {
    const texts = new Set<string>();
    for (const frame of frames) {
      const inNode = JSON.stringify(sampleScene(inputs, frame));
      const inPage = await requireOpen(pool).run((client) => client.sample({ ...inputs, frame }));
      expect(inPage === inNode ? 'equal' : inPage, `frame ${frame}`).toBe(
        inPage === inNode ? 'equal' : inNode,
      );
      texts.add(inNode);
    }
    expect(texts.size).toBe(frames.length);
  }

  it('is, to the letter, the one drawn in Node: the table-top', async () => {
    const { inputs } = await prepareInputs({ configPath: 'configs/tabletop.yaml' });
    await expectParity(inputs);
  });

  it('is, to the letter, the one drawn in Node: where physics brings objects to rest', async () => {
    const { inputs } = await prepareInputs({
      configPath: 'configs/crate.yaml',
      sets: ['frames=100', 'objects.heap.count=4', 'objects.about.count=1'],
    });
    await expectParity(
      inputs,
      Array.from({ length: 100 }, (_, frame) => frame),
    );
  }, 600_000);

  it.each(EVERY_KIND)('is, to the letter, the one drawn in Node: %s', async (path) => {
    const loaded = await loadEveryKind(path);
    try {
      await expectParity(loaded.inputs);
    } finally {
      await loaded.remove();
    }
  });
});

it('the fixtures use every kind that the schema has', async () => {
  const used = new Set<string>();
  for (const path of [...EVERY_KIND, 'test/fixtures/page/every-kind-scene.yaml']) {
    collectKinds(parse(await readFile(path, 'utf8')), used);
  }
  const schemas = ['configs/schema.json', 'configs/scene.schema.json'];
  const known = new Set<string>();
  // A calibration is read from its file before anything is drawn: the page has the lens that it states.
  used.add('calibration');
  for (const path of schemas) collectKinds(JSON.parse(await readFile(path, 'utf8')), known);
  expect([...known].filter((kind) => !used.has(kind)).sort()).toEqual([]);
  expect(known.size).toBeGreaterThan(25);
});
