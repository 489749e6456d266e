import type { Page } from 'puppeteer';
import { expect } from 'vitest';
import type { LogLine } from '#node/browser/browser-types';
import { requireBrowser } from '#node/browser/find-browser';
import { openWorker, type Worker } from '#node/browser/open-worker';
import type { PageServer } from '#node/server/page-server';
import type { ReadBack } from '#shared/protocol/read-back';
import type { TestBackend } from './open-test-pool.ts';

type TestWorkerOptions = Readonly<{
  /** What hears that the browser does not work as it should; where it is left out the test fails. */
  tell?: LogLine;
  readBack?: ReadBack;
}>;

/** One browser of a back end with the server's page in it, for tests that look into the page. */
export async function openTestWorker(
  backend: TestBackend,
  server: PageServer,
  { tell = (line) => expect.fail(line), readBack }: TestWorkerOptions = {},
): Promise<Readonly<{ worker: Worker; page: Page }>> {
  const worker = await openWorker({
    browser: await requireBrowser(undefined),
    backend,
    threadsPerBrowser: 0,
    sandbox: 'auto',
    server,
    timeoutMs: 60_000,
    readBack,
    tell,
    signal: new AbortController().signal,
  });
  const page = (await worker.launched.browser.pages()).at(-1);
  if (page === undefined) throw new Error('the browser has no page');
  return { worker, page };
}
