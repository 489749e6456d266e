import type { Page } from 'puppeteer';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPageCaller, type PageCaller } from '#node/browser/page-call';
import type { PageLog } from '#node/browser/page-log';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const log: PageLog = { hide: (text) => text, takeErrors: () => [], openRequests: () => [] };

/** A page whose calls end when they are told to. */
function makePage(): Readonly<{ caller: PageCaller; answers: ((value: unknown) => void)[] }> {
  const answers: ((value: unknown) => void)[] = [];
  const listening = { on: () => undefined };
  const page = {
    ...listening,
    browser: () => listening,
    evaluate: () => new Promise((resolve) => answers.push(resolve)),
  };
  return { caller: createPageCaller(page as unknown as Page, log), answers };
}

it('sends calls at once, and counts the time of each from the end of the one before it', async () => {
  const { caller, answers } = makePage();
  const first = caller.call('render', [], 1000);
  const second = caller.call('render', [], 1000);
  let failed: unknown = null;
  second.catch((error: unknown) => (failed = error));
  expect(answers).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(900);
  answers[0]?.('done');
  expect(await first).toBe('done');
  await vi.advanceTimersByTimeAsync(900);
  expect(failed).toBeNull();
  await vi.advanceTimersByTimeAsync(200);
  expect(failed).toMatchObject({ failure: 'timeout' });
});

it('goes on counting where the call before it ran out of time', async () => {
  const { caller } = makePage();
  const failures: unknown[] = [];
  for (const call of [caller.call('render', [], 1000), caller.call('render', [], 500)])
    call.catch((error: unknown) => failures.push(error instanceof Error && error.message));
  await vi.advanceTimersByTimeAsync(1499);
  expect(failures).toEqual([expect.stringContaining('within 1000 ms')]);
  await vi.advanceTimersByTimeAsync(1);
  expect(failures).toHaveLength(2);
  expect(vi.getTimerCount()).toBe(0);
});
