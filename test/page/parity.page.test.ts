import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import type { FramePlan } from '#shared/plan/frame-plan';
import { compareColorToIds, SNAP_PIXELS, shiftedPlans } from './support/compare-color-to-ids.ts';
import { makeStageShelf, type StageShelf } from './support/make-stage-shelf.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';
import { LOAD_REFUSALS, PARITY_REFUSALS } from './support/parity-refusals.ts';
import { PARITY_SCENES, parityModule } from './support/parity-scenes.ts';

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

  it('a displacement map moves vertices along their normals, in pixels and in bounds', async () => {
    if (shelf === undefined) throw new Error('the shelf did not open');
    const build = `
      const look = { displacementMap: heightTexture((x) => 64 + 16 * x), displacementScale: 0.5, displacementBias: 0.1 };
      look.displacementMap.wrapS = THREE.ClampToEdgeWrapping;
      add('red', new THREE.Mesh(new THREE.PlaneGeometry(0.8, 0.8, 4, 1), lit(THREE.MeshStandardMaterial, 'red', look)));`;
    await shelf.add('displaced.ts', parityModule({ name: 'displaced', build }));
    const plan = shelf.plan('displaced.ts');
    // At u = 0, ¼, ½, ¾ and 1: the first texel, the means of two neighbours, and the last.
    const heights = [64, 88, 120, 152, 176].map((byte) => (byte / 255) * 0.5 + 0.1);
    const [box] = plan.instances.map(({ bounds }) => bounds);
    expect([box?.min[2], box?.max[2]]).toEqual(
      [heights[0], heights[4]].map((z) => expect.closeTo(z ?? NaN, 6) as number),
    );
    const { depth, instanceId } = await render(plan);
    const judged = [...instanceId.keys()].filter((i) => instanceId[i] === 1);
    expect(judged.length).toBeGreaterThan(1000);
    for (const i of judged) {
      // The ray meets one of four planes: where it does, x and z fit one another.
      const z = depth[i] ?? NaN;
      const u = (((i % 96) + 0.5 - 48) * z) / 96 / 0.8 + 0.5;
      const strip = Math.min(3, Math.floor(4 * u));
      const [left = NaN, right = NaN] = heights.slice(strip, strip + 2);
      expect(2 - z).toBeCloseTo(left + (4 * u - strip) * (right - left), 4);
    }
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

describe('when a scene is read', () => {
  it.each(Object.entries(LOAD_REFUSALS))('%s: refused by name', async (words, build) => {
    const shelf = await makeStageShelf();
    try {
      const added = shelf.add('refused.ts', parityModule({ name: 'refused', build }));
      await expect(added).rejects.toThrow(`node "red": ${words}`);
    } finally {
      await shelf.close();
    }
  });
});
