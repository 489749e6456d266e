import type { CDPSession } from 'puppeteer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Worker } from '#node/browser/open-worker';
import { openPageServer, type PageServer } from '#node/server/page-server';
import { makePlan } from '../unit/node/browser/fake-page.ts';
import { openTestWorker } from './support/open-test-worker.ts';

/** Its packet has 2.4 MB, more than the quota below. */
const PLAN = makePlan(1, { width: 640, height: 480 });
const QUOTA_BYTES = 100_000;

let server: PageServer | undefined;
let worker: Worker | undefined;
let session: CDPSession | undefined;
const told: string[] = [];
/** How many packets the server took. */
let posts = 0;

beforeAll(async () => {
  server = await openPageServer({ resolveResource: () => Promise.resolve(null) });
  const { expectPacket } = server;
  const counting: PageServer = {
    ...server,
    expectPacket: (ticket, maxBytes, how) => {
      const packet = expectPacket(ticket, maxBytes, how);
      packet.then(
        () => (posts += 1),
        () => undefined,
      );
      return packet;
    },
  };
  const opened = await openTestWorker('mesa', counting, { tell: (line) => told.push(line) });
  worker = opened.worker;
  session = await opened.page.createCDPSession();
});
afterAll(async () => {
  await worker?.close();
  await server?.close();
});

/** The packet of the plan. */
async function render(): Promise<Uint8Array> {
  if (!worker) throw new Error('no browser was started');
  return (await worker.client.render(PLAN)).packet;
}

it('brings a packet through a file, and posts the same one where the file has no room', async () => {
  const storage = async (quota: Readonly<{ quotaSize?: number }>): Promise<void> => {
    const origin = server?.origin ?? '';
    await session?.send('Storage.overrideQuotaForOrigin', { origin, ...quota });
  };
  await storage({ quotaSize: QUOTA_BYTES });
  const packet = await render();
  expect(posts).toBe(1);
  expect(told).toEqual([
    expect.stringMatching(/^frames are posted to the server.*no space available/i),
  ]);
  await storage({});
  // More frames than there are files.
  for (let frame = 0; frame < 5; frame++) expect(Buffer.compare(await render(), packet)).toBe(0);
  expect(posts).toBe(1);
});
