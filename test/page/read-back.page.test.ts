import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Worker } from '#node/browser/open-worker';
import { openPageServer, type PageServer } from '#node/server/page-server';
import type { FramePlan } from '#shared/plan/frame-plan';
import { READ_BACKS, type ReadBack } from '#shared/protocol/read-back';
import { loadMixedPlans, type MixedPlans } from './support/mixed-plans.ts';
import { BACKENDS } from './support/open-test-pool.ts';
import { openTestWorker } from './support/open-test-worker.ts';

/** Calls that are watched, as properties of the prototype. */
type Watched = {
  createBuffer: (this: WebGL2RenderingContext) => WebGLBuffer;
  fenceSync: (this: WebGL2RenderingContext, condition: number, flags: number) => WebGLSync | null;
  getSyncParameter: (this: WebGL2RenderingContext, fence: WebGLSync, name: number) => unknown;
};

/** No fence is reached before there is another one, but for each second one. Runs in the page. */
function holdFirstOfTwoFences(): void {
  const prototype = WebGL2RenderingContext.prototype as unknown as Watched;
  const { fenceSync, getSyncParameter } = prototype;
  const order: WebGLSync[] = [];
  prototype.fenceSync = function (...how) {
    const fence = fenceSync.apply(this, how);
    if (fence !== null) order.push(fence);
    return fence;
  };
  prototype.getSyncParameter = function (fence, name) {
    const place = order.indexOf(fence);
    const held = place % 2 === 0 && order.length === place + 1;
    const asked = getSyncParameter.call(this, fence, name);
    return held ? this.UNSIGNALED : asked;
  };
}

/** Counts buffers that are made from now on. Runs in the page. */
function countBuffers(): void {
  const counting = globalThis as unknown as Counting;
  counting.made = 0;
  const prototype = WebGL2RenderingContext.prototype as unknown as Watched;
  const { createBuffer } = prototype;
  prototype.createBuffer = function () {
    counting.made += 1;
    return createBuffer.call(this);
  };
}
type Counting = { made: number };

/** Those whose shaders SwiftShader does not compile for seconds. */
const PLAIN = ['touching boxes', 'striped'];

describe.each(BACKENDS)('pixels that come behind a fence on %s', (backend) => {
  let mixed: MixedPlans | undefined;
  let server: PageServer | undefined;
  const opened = new Map<ReadBack, Readonly<{ worker: Worker; page: Page }>>();
  beforeAll(async () => {
    mixed = await loadMixedPlans();
    server = await openPageServer({ resolveResource: mixed.resolveResource });
    for (const readBack of READ_BACKS)
      opened.set(readBack, await openTestWorker(backend, server, { readBack }));
  });
  afterAll(async () => {
    for (const { worker } of opened.values()) await worker.close();
    await server?.close();
    await mixed?.remove();
  });

  const take = (readBack: ReadBack): Readonly<{ worker: Worker; page: Page }> => {
    const found = opened.get(readBack);
    if (!found) throw new Error('no browser was started');
    return found;
  };
  const packetOf = async (readBack: ReadBack, plan: FramePlan): Promise<Buffer> =>
    Buffer.from((await take(readBack).worker.client.render(plan)).packet);

  it('are those that were waited for, whatever is drawn before they are there', async () => {
    const all = [...(mixed?.plans ?? [])];
    const plans = all.filter(([name]) => backend === 'mesa' || PLAIN.includes(name));
    expect(plans.length).toBeGreaterThan(1);
    const expected = new Map<string, Buffer>();
    for (const [name, plan] of plans) expected.set(name, await packetOf('blocking', plan));
    await take('fenced').page.evaluate(holdFirstOfTwoFences);
    for (const [i, pair] of plans.entries()) {
      const both = [pair, plans[(i + 1) % plans.length] ?? pair];
      const found = await Promise.all(both.map(([, plan]) => packetOf('fenced', plan)));
      for (const [k, [name]] of both.entries())
        expect(found[k]?.equals(expected.get(name) ?? Buffer.of()), name).toBe(true);
    }
  });

  it('are copied into buffers that were there', async () => {
    const [one, other] = PLAIN.map((name) => mixed?.plans.get(name));
    if (!one || !other) throw new Error('there are no such plans');
    const { page } = take('fenced');
    await page.evaluate(countBuffers);
    for (let round = 0; round < 2; round++)
      await Promise.all([packetOf('fenced', one), packetOf('fenced', other)]);
    expect(await page.evaluate(() => (globalThis as unknown as Counting).made)).toBe(0);
  });
});
