import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import { makeFramePlan } from '../makers/make-frame-plan.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';

/** At both sides of 8 bits, of the whole numbers of a half float, of 15 bits, and the greatest. */
const IDS = [1, 254, 255, 256, 257, 2047, 2048, 2049, 4097, 32767, 32768, 65534, 65535];

describe.each(BACKENDS)('instance ids on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());

  it('are exact past 8 bits, past a half float and up to 65,535', async () => {
    const size = { width: 13 * 8, height: 8 };
    const buffers = await renderPlan(
      requireOpen(pool),
      makeFramePlan({
        size,
        intrinsics: { fx: 8, fy: 8, cx: size.width / 2, cy: 4 },
        shapes: IDS.map((instanceId, i) => ({
          shape: { kind: 'box', size: [0.5, 0.5, 0.1], bevelMeters: 0 },
          position: [i - 6, 0, -1.05],
          instanceId,
        })),
      }),
    );
    // A box of 4 pixels in the middle of each 8, seen from in front: the corner pixel is bare.
    for (const [i, id] of IDS.entries()) {
      const at = (x: number, y: number) => buffers.instanceId[y * size.width + i * 8 + x];
      expect([at(0, 0), at(3, 3), at(4, 4)]).toEqual([0, id, id]);
    }
    expect(new Set(buffers.instanceId)).toEqual(new Set([0, ...IDS]));
  });
});
