import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { RendererInfo } from '#shared/formats/dataset-manifest';
import type { FramePlan } from '#shared/plan/frame-plan';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from '../page/support/open-test-pool.ts';
import { compareFrames, findBlankness } from './compare-frames.ts';
import { readGolden, writeDifference, writeGolden, type Golden } from './golden-files.ts';
import { SCENARIOS } from './scenarios.ts';

/** What a golden depends on besides the plan, in one line. */
const describeRenderer = ({ renderer, browser, three }: RendererInfo): string =>
  `${renderer}, ${browser}, three ${three}`;

async function renderGolden(pool: PagePool, plan: FramePlan): Promise<Golden> {
  const buffers = await renderPlan(pool, plan);
  const annotations = annotateFrame(plan, buffers, { minPixels: 1 });
  return { frame: { buffers, annotations }, renderer: pool.renderer };
}

/** docs/adr/0007-golden-policy.md. Goldens are written to `out/` only, and put here by hand. */
describe.each(BACKENDS)('goldens of %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());

  it.for(Object.entries(SCENARIOS))('%s', async ([name, plan], { skip }) => {
    const golden = join('test', 'golden', backend, name);
    const out = join('out', 'golden', backend, name);
    const opened = requireOpen(pool);
    const actual = await renderGolden(opened, plan);
    expect(findBlankness(actual.frame)).toBe(null);
    const expected = await readGolden(golden);
    if (expected === null) {
      await writeGolden(join(out, 'actual'), actual);
      expect.fail(`there is no ${golden}: review ${out}/actual, and copy it there if it is right`);
    }
    const [mine, its] = [describeRenderer(opened.renderer), describeRenderer(expected.renderer)];
    if (mine !== its) {
      skip(`this is ${mine}; the golden was made by ${its}`);
    }
    const faults = compareFrames(actual.frame, expected.frame);
    if (faults.length === 0) return;
    await writeDifference(out, actual, expected);
    expect.fail(`${name} differs from its golden; see ${out}:\n${faults.join('\n')}`);
  });
});
