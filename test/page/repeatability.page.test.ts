import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import { endProcesses } from '#node/browser/process-tree';
import type { FramePlan } from '#shared/plan/frame-plan';
import { decodePacket } from '#shared/protocol/frame-packet';
import { ownChromium } from '../unit/node/browser/fake-page.ts';
import { makeTouchingPlan } from './support/made-plans.ts';
import { loadMixedPlans, type MixedPlans } from './support/mixed-plans.ts';
import { BACKENDS, openTestPool, requireOpen } from './support/open-test-pool.ts';

type Packets = Map<string, Uint8Array>;

async function renderPacket(pool: PagePool, plan: FramePlan): Promise<Uint8Array> {
  return (await pool.run((client) => client.render(plan))).packet;
}

/** What differs between two packets, in words; `equal` where every byte is the same. */
function compare(actual: Uint8Array | undefined, expected: Uint8Array | undefined): string {
  if (!actual || !expected) return 'missing';
  if (Buffer.compare(actual, expected) === 0) return 'equal';
  const [a, b] = [decodePacket(actual), decodePacket(expected)];
  const count = (part: 'color' | 'depth' | 'instanceId'): string => {
    const [found, wanted]: readonly ArrayLike<number>[] = [a[part], b[part]];
    let differing = 0;
    for (let i = 0; i < a[part].length; i++) differing += Number(found?.[i] !== wanted?.[i]);
    return `${part} ${differing}`;
  };
  return `values that differ: ${[count('instanceId'), count('depth'), count('color')].join(', ')}`;
}

function expectEqual(actual: Packets, expected: Packets): void {
  const found = [...expected.keys()].map((name) => [
    name,
    compare(actual.get(name), expected.get(name)),
  ]);
  expect(found).toEqual([...expected.keys()].map((name) => [name, 'equal']));
}

describe.each(BACKENDS)('a frame on %s depends on its plan alone', (backend) => {
  let mixed: MixedPlans | undefined;
  let first: PagePool | undefined;
  let second: PagePool | undefined;
  const reference: Packets = new Map();

  function plans(): readonly (readonly [string, FramePlan])[] {
    if (mixed === undefined) throw new Error('the plans were not loaded');
    return [...mixed.plans];
  }

  beforeAll(async () => {
    mixed = await loadMixedPlans();
    first = await openTestPool(backend, mixed.resolveResource);
    for (const [name, plan] of plans()) {
      reference.set(name, await renderPacket(first, plan));
    }
  });
  afterAll(async () => {
    await Promise.all([first?.close(), second?.close()]);
    await mixed?.remove();
  });

  it('not on the frames before it: the same browser, in reverse, then twice in a row', async () => {
    const again: Packets = new Map();
    for (const [name, plan] of [...plans()].reverse()) {
      again.set(name, await renderPacket(requireOpen(first), plan));
    }
    expectEqual(again, reference);
    const [name, plan] = plans()[0] ?? ['', null];
    if (plan === null) throw new Error('there are no plans');
    const twice = await renderPacket(requireOpen(first), plan);
    expect(compare(twice, await renderPacket(requireOpen(first), plan))).toBe('equal');
    expect(compare(twice, reference.get(name))).toBe('equal');
  });

  it('nor on what was made first: faces in one plane', async () => {
    const [known, other] = [makeTouchingPlan(0.5), makeTouchingPlan(0.25)];
    const pool = requireOpen(first);
    // The last box alone, so that its material is older than those of the boxes before it.
    await renderPacket(pool, { ...other, nodes: other.nodes.slice(3) });
    const [a, b] = [await renderPacket(pool, known), await renderPacket(pool, other)].map(
      decodePacket,
    );
    expect(Buffer.compare(b?.color ?? Buffer.of(), a?.color ?? Buffer.of())).toBe(0);
    expect([...(b?.instanceId ?? [])]).toEqual([...(a?.instanceId ?? [])]);
    expect(new Set(a?.instanceId).size).toBeGreaterThan(3);
  });

  it('nor on the browser, nor on how many there are, nor on what they keep, nor on a crash in the middle', async () => {
    await first?.close();
    const keepsNothing = { workers: 3, assetBytes: 0 };
    const opened = await openTestPool(backend, mixed?.resolveResource, keepsNothing);
    second = opened;
    const again: Packets = new Map();
    const inOtherOrder = plans().filter((_, i) => i % 2 === 1);
    inOtherOrder.push(...plans().filter((_, i) => i % 2 === 0));
    await Promise.all(
      inOtherOrder.map(async ([name, plan]) => {
        again.set(name, await renderPacket(opened, plan));
      }),
    );
    expectEqual(again, reference);

    const [name, plan] = plans()[2] ?? ['', null];
    if (plan === null) throw new Error('there are too few plans');
    let attempts = 0;
    const { packet } = await opened.run((client) => {
      attempts += 1;
      const rendering = client.render(plan);
      if (attempts === 1) endProcesses(ownChromium('--type=renderer').map(({ pid }) => pid));
      return rendering;
    });
    expect({ attempts, replaced: opened.replaced() }).toEqual({ attempts: 2, replaced: 1 });
    expect(compare(packet, reference.get(name))).toBe('equal');
  });
});
