import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RenderedFrame } from '#node/browser/page-client';
import type { PagePool } from '#node/browser/page-pool';
import type { FramePlan } from '#shared/plan/frame-plan';
import { BYTES_PER_MIB } from '#shared/protocol/asset-budget';
import { loadMixedPlans, type MixedPlans } from './support/mixed-plans.ts';
import { openTestPool, requireOpen, SHADING_BACKENDS } from './support/open-test-pool.ts';

/** Less than a frame of a config that ships needs, and enough for what a made one does. */
const BUDGET = 12 * BYTES_PER_MIB;
const ROUNDS = [0, 1, 2] as const;

/** Resources go by the hash of their bytes. */
const KEY = /\b[0-9a-f]{64}\b/g;

/** The key, as the resource goes by it in a round: other keys are other assets, whatever their bytes. */
const aliasOf = (key: string, round: number): string => key.slice(round) + key.slice(0, round);

/** The plan with models, images and maps that no other round has, though they look the same. */
function planOfRound(plan: FramePlan, round: number): FramePlan {
  const text = JSON.stringify(plan).replaceAll(KEY, (key) => aliasOf(key, round));
  return JSON.parse(text) as FramePlan;
}

describe.each(SHADING_BACKENDS)('a page on %s that keeps a few assets', (backend) => {
  let mixed: MixedPlans | undefined;
  let pool: PagePool | undefined;
  const rounds: RenderedFrame[][] = [];

  beforeAll(async () => {
    mixed = await loadMixedPlans();
    const { plans, resolveResource } = mixed;
    const chosen = [...plans].filter(([name]) => /table-top|touching|indoors/.test(name));
    const resolve = async (key: string) => {
      for (const round of ROUNDS) {
        const found = await resolveResource(aliasOf(key, key.length - round));
        if (found !== null) return found;
      }
      return null;
    };
    pool = await openTestPool(backend, resolve, { assetBytes: BUDGET });
    for (const round of ROUNDS) {
      const frames: RenderedFrame[] = [];
      for (const [, plan] of chosen) {
        frames.push(
          await requireOpen(pool).run((client) => client.render(planOfRound(plan, round))),
        );
      }
      rounds.push(frames);
    }
  });
  afterAll(async () => {
    await pool?.close();
    await mixed?.remove();
  });

  it('draws the same bytes after what they were made of was let go of', () => {
    const differing = rounds.flatMap((frames, round) =>
      frames.flatMap(({ packet }, i) => {
        const first = rounds[0]?.[i]?.packet ?? Buffer.of();
        return Buffer.compare(packet, first) === 0 ? [] : [`round ${round}, plan ${i}`];
      }),
    );
    expect(differing).toEqual([]);
  });

  it('keeps no more than that, draws frames that need more, and says so', () => {
    const uses = rounds.flat().map(({ assets }) => assets);
    expect(Math.max(...uses.map(({ bytes }) => bytes))).toBeLessThanOrEqual(BUDGET);
    expect(Math.max(...uses.map(({ frameBytes }) => frameBytes))).toBeGreaterThan(BUDGET);
    expect(uses.reduce((sum, { evicted }) => sum + evicted, 0)).toBeGreaterThan(20);
    expect(Math.max(...uses.map(({ entries }) => entries))).toBeGreaterThan(2);
  });

  it('has no more on the GPU, nor programs, however many assets there were', () => {
    const [, second, third] = rounds.map((frames) =>
      frames.map(({ assets: { geometries, textures, programs } }) => ({
        ...{ geometries, textures, programs },
      })),
    );
    expect(third).toEqual(second);
  });
});
