import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'puppeteer';
import type { Worker } from '#node/browser/open-worker';
import { openPageClient } from '#node/browser/page-client';
import { openPageServer } from '#node/server/page-server';
import type { PageServer } from '#node/server/page-server';
import { MISBEHAVE, makeFakePage, makePlan } from '../unit/node/browser/fake-page.ts';
import { openTestWorker } from './support/open-test-worker.ts';

const TIMEOUT_MS = 60_000;

let fake: Awaited<ReturnType<typeof makeFakePage>>;
let server: PageServer;
let worker: Worker;
let page: Page;
const told: string[] = [];

beforeAll(async () => {
  fake = await makeFakePage();
  server = await openPageServer({
    pageRoot: fake.pageRoot,
    resolveResource: () => Promise.resolve(null),
  });
  ({ worker, page } = await openTestWorker('swiftshader', server, {
    tell: (line) => told.push(line),
  }));
});
afterAll(async () => {
  await worker.close();
  await server.close();
  await fake.remove();
});

it('says that frames are posted, and why', () => {
  expect(told).toEqual([
    "frames are posted to the server, which takes longer than files of the browser's: it has none",
  ]);
});

it('hears of no request while it posts frames: DevTools would keep each body', async () => {
  const heard: string[] = [];
  page.on('request', (request) => heard.push(request.url()));
  page.on('response', (response) => heard.push(response.url()));
  for (const frame of [1, 2]) await worker.client.render(makePlan(frame));
  expect(heard).toEqual([]);
});

/**
 * Memory that is taken and let go of, outside of V8's heap but counted against it: V8 collects garbage over it as
 * in any run. The collection that DevTools offers clears V8's caches too, and would hide what they keep.
 */
const COLLECT = `(async () => {
  for (let i = 0; i < 20; i++) {
    new ArrayBuffer(2 ** 26);
    await new Promise((done) => setTimeout(done, 0));
  }
})()`;

it('keeps nothing of the plans that it rendered', async () => {
  const session = await page.createCDPSession();
  const heapMebibytes = async (): Promise<number> => {
    await page.evaluate(COLLECT);
    return (await session.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;
  };
  const before = await heapMebibytes();
  for (let frame = 0; frame < 16; frame++) {
    const padding = { padding: `${frame}`.padEnd(2 ** 20, 'x') };
    await worker.client.render({ ...makePlan(frame), ...padding });
  }
  expect((await heapMebibytes()) - before).toBeLessThan(4);
});

it('tells what its page could not load, and what it may not', async () => {
  const [home = ''] = /\/[\w-]{43}/.exec(page.url()) ?? [];
  for (const url of [`${home}/resources/missing`, 'http://example.com/secret']) {
    await page.evaluate(`fetch(${JSON.stringify(url)}).catch(() => undefined)`);
  }
  const lost = worker.client.render(makePlan(MISBEHAVE.loseContext));
  await expect(lost).rejects.toThrow(/127\.0\.0\.1:\d+\/resources\/missing: .* 404/);
  await expect(lost).rejects.toThrow(/http:\/\/example\.com\/secret.*Content Security Policy/s);
});

it('tells the status of a page that is not there', async () => {
  const elsewhere: PageServer = {
    ...server,
    admit: () => {
      const visit = server.admit();
      return { ...visit, url: `${visit.url}nowhere` };
    },
  };
  const opening = openPageClient({
    page: await worker.launched.browser.newPage(),
    server: elsewhere,
    profile: worker.launched.profile,
    timeoutMs: TIMEOUT_MS,
    tell: (line) => told.push(line),
  });
  await expect(opening).rejects.toMatchObject({ failure: 'lost' });
  await expect(opening).rejects.toThrow('the page did not load: expected status 200, got 404');
});
