import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import type { FramePlan } from '#shared/plan/frame-plan';
import { compareColorToIds, SNAP_PIXELS, shiftedPlans } from './support/compare-color-to-ids.ts';
import { makeStageShelf, type StageShelf } from './support/make-stage-shelf.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';
import {
  LOAD_REFUSALS,
  PARITY_REFUSALS,
  PARITY_SCENES,
  parityModule,
} from './support/parity-scenes.ts';

/** Of the pixels that show anything, how many may lie so close to an edge that they are not judged. */
const GREATEST_SHARE_UNSETTLED = 0.2;

describe.each(BACKENDS)('colour shows what labels say on %s', (backend) => {
  let shelf: StageShelf | undefined;
  let pool: PagePool | undefined;
  beforeAll(async () => {
    shelf = await makeStageShelf();
    pool = await openTestPool(backend, shelf.resolve);
  });
  afterAll(async () => {
    await pool?.close();
    await shelf?.close();
  });

  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);

  it.each(PARITY_SCENES)('$name', async (scene) => {
    if (shelf === undefined) throw new Error('the shelf did not open');
    const file = `${PARITY_SCENES.indexOf(scene)}.ts`;
    await shelf.add(file, parityModule(scene));
    const made = shelf.plan(file, scene.config);
    const farMeters = scene.farMeters ?? made.camera.farMeters;
    const plan = { ...made, camera: { ...made.camera, farMeters } };
    const buffers = await render(plan);
    const shifted: GBuffers[] = [];
    for (const other of shiftedPlans(plan, SNAP_PIXELS[backend])) shifted.push(await render(other));
    const { shown, unsettled, wrong } = compareColorToIds(plan, buffers, shifted);
    console.info(
      `${backend}, ${scene.name}: ${shown} pixels show something, ${unsettled} too close to an edge to judge`,
    );
    expect(wrong).toEqual([]);
    expect(shown).toBeGreaterThan(150);
    expect(unsettled / shown).toBeLessThan(GREATEST_SHARE_UNSETTLED);
  });

  it.each(Object.entries(PARITY_REFUSALS))('what %s is refused by name', async (words, build) => {
    if (shelf === undefined) throw new Error('the shelf did not open');
    const file = `refused-${Object.keys(PARITY_REFUSALS).indexOf(words)}.ts`;
    await shelf.add(file, parityModule({ name: words, build }));
    const rendered = render(shelf.plan(file));
    await expect(rendered).rejects.toMatchObject({ failure: 'unsupported' });
    await expect(rendered).rejects.toThrow(`"red" ${words}`);
  });
});

describe('what has no triangles of its own', () => {
  it.each(Object.entries(LOAD_REFUSALS))('a %s is refused by name', async (type, build) => {
    const shelf = await makeStageShelf();
    try {
      await expect(shelf.add('refused.ts', parityModule({ name: type, build }))).rejects.toThrow(
        new RegExp(`node "red": a ${type} cannot be labelled`),
      );
    } finally {
      await shelf.close();
    }
  });
});
