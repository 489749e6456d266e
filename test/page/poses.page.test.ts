import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRig } from '#node/assets/model-rig';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import { compose } from '#shared/core/matrix';
import { sampleChannel } from '#shared/core/clip';
import { type ModelRig, type Pose, visitPosedPoints } from '#shared/core/rig';
import type { FramePlan } from '#shared/plan/frame-plan';
import { makeArm, PUFF } from '../fixtures/assets/make-arm.ts';
import { makeInstance } from '../makers/make-labelled-frame.ts';
import { compareColorToIds, shiftedPlans, SNAP_PIXELS } from './support/compare-color-to-ids.ts';
import { makeModelPlan } from './support/made-plans.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';

const KEY = 'a'.repeat(64);
const REST: Pose = { nodes: [], weights: [] };
/** Turned a little, so that all of its sides are seen; 64 pixels to a metre at 1 m. */
const WORLD_FROM_ARM = compose([-0.1, -0.6, -2.2], [Math.cos(0.2), 0, Math.sin(0.2), 0], [1, 1, 1]);

/** A pose of a clip, by what each of its channels says. */
function poseOf(rig: ModelRig, clip: string, seconds: number): Pose {
  const channels = rig.clips.find(({ name }) => name === clip)?.channels ?? [];
  const nodes = channels.flatMap((channel) => {
    const stored = rig.nodes[channel.node];
    if (!stored || channel.path === 'weights') return [];
    const [x = 0, y = 0, z = 0, w = 1] = sampleChannel(channel, seconds);
    const { translation, rotation, scale } = stored;
    const rest = { node: channel.node, translation, rotation, scale };
    return channel.path === 'rotation'
      ? [{ ...rest, rotation: [w, x, y, z] as const }]
      : [{ ...rest, translation: [x, y, z] as const }];
  });
  const weights = channels
    .filter(({ path }) => path === 'weights')
    .map((channel) => ({ node: channel.node, weights: sampleChannel(channel, seconds) }));
  return { nodes, weights };
}

function planOf(pose: Pose | undefined): FramePlan {
  const plan = makeModelPlan([{ resource: KEY, worldFromNode: WORLD_FROM_ARM }]);
  const [node] = plan.nodes;
  if (node?.kind !== 'model') throw new Error('expected a model');
  return {
    ...plan,
    nodes: [{ ...node, name: 'red', ...(pose && { pose }) }],
    instances: [makeInstance(1, { name: 'red' })],
  };
}

/** Columns and rows of a box around what an id has: first and last. */
function boxOf({ instanceId, width }: GBuffers): readonly number[] {
  const pixels = [...instanceId.keys()].filter((i) => instanceId[i] === 1);
  const [xs, ys] = [pixels.map((i) => i % width), pixels.map((i) => Math.floor(i / width))];
  return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
}

/** The same of the vertices that Node poses: pixels in which the outermost of them fall. */
function projectedBox(rig: ModelRig, pose: Pose): readonly number[] {
  const box = [Infinity, -Infinity, Infinity, -Infinity] as [number, number, number, number];
  const m = WORLD_FROM_ARM as number[];
  visitPosedPoints(rig, pose, (x, y, z) => {
    const row = (at: number): number =>
      (m[at] ?? 0) * x + (m[at + 1] ?? 0) * y + (m[at + 2] ?? 0) * z + (m[at + 3] ?? 0);
    const [wx, wy, wz] = [row(0), row(4), row(8)];
    const [u, v] = [32 + (64 * wx) / -wz, 32 - (64 * wy) / -wz];
    box[0] = Math.min(box[0], u);
    box[1] = Math.max(box[1], u);
    box[2] = Math.min(box[2], v);
    box[3] = Math.max(box[3], v);
  });
  return box;
}

describe.each(BACKENDS)('posed models on %s', (backend) => {
  let pool: PagePool | undefined;
  let rig: ModelRig;
  beforeAll(async () => {
    const bytes = await makeArm([1, 0, 0]);
    rig = await readRig(bytes, 'arm');
    pool = await openTestPool(backend, (key) =>
      Promise.resolve(key === KEY ? { bytes, contentType: 'model/gltf-binary' } : null),
    );
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);

  it.each([
    ['bend', 1.5],
    ['swing', 1.2],
  ])(
    '%s at %d s: colour shows what labels say, where the vertices of Node are',
    async (clip, seconds) => {
      const pose = poseOf(rig, clip, seconds);
      const plan = planOf(pose);
      const buffers = await render(plan);
      const shifted: GBuffers[] = [];
      for (const other of shiftedPlans(plan, SNAP_PIXELS[backend]))
        shifted.push(await render(other));
      const { shown, wrong } = compareColorToIds(plan, buffers, shifted);
      expect(wrong).toEqual([]);
      expect(shown).toBeGreaterThan(100);
      const [left, right, top, bottom] = boxOf(buffers) as [number, number, number, number];
      const [u0, u1, v0, v1] = projectedBox(rig, pose) as [number, number, number, number];
      // A pixel is covered where its centre is: within half of one, and the slope of a corner.
      for (const [found, expected] of [
        [left, u0],
        [right + 1, u1],
        [top, v0],
        [bottom + 1, v1],
      ] as const)
        expect(Math.abs(found - expected)).toBeLessThan(1);
    },
  );

  it('a morph target moves the edge of its mesh by its weight', async () => {
    const lid = rig.nodes.findIndex(({ weights }) => weights.length > 0);
    const at = async (weight: number): Promise<number> =>
      boxOf(await render(planOf({ nodes: [], weights: [{ node: lid, weights: [weight] }] })))[1] ??
      NaN;
    const [none, some] = [await at(0), await at(0.6)];
    const expected = (weight: number): number =>
      projectedBox(rig, { nodes: [], weights: [{ node: lid, weights: [weight] }] })[1] ?? NaN;
    expect(Math.abs(some - none - (expected(0.6) - expected(0)))).toBeLessThan(1);
    expect(some - none).toBeGreaterThan(0.6 * PUFF * 20);
  });

  it('a copy that is used again is as its file stores it', async () => {
    const before = await render(planOf(undefined));
    const bent = await render(planOf(poseOf(rig, 'swing', 1.2)));
    const after = await render(planOf(undefined));
    const rest = await render(planOf(REST));
    expect(after.instanceId).toEqual(before.instanceId);
    expect(after.color).toEqual(before.color);
    expect(rest.color).toEqual(before.color);
    expect(bent.instanceId).not.toEqual(before.instanceId);
  });
});
