import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { findBrowser, requireBrowser } from '#node/browser/find-browser';
import { openPool } from '#node/browser/page-pool';
import type { PagePool, PoolOptions } from '#node/browser/page-pool';
import type { PageClient, RenderedFrame } from '#node/browser/page-client';
import { endProcesses, survivors } from '#node/browser/process-tree';
import { MISBEHAVE, makeFakePage, makePlan, ownChromium } from '../unit/node/browser/fake-page.ts';

let page: Awaited<ReturnType<typeof makeFakePage>>;
let pool: PagePool | null = null;
const lines: string[] = [];

/** A temporary folder of this file's own, so that what is left in it is ours. */
let temporary = '';
const profiles = (): string[] =>
  readdirSync(temporary).filter((name) => name.startsWith('diorama-profile-'));

async function open(options: Partial<PoolOptions> = {}): Promise<PagePool> {
  pool = await openPool({
    browser: await requireBrowser(undefined),
    backend: 'auto',
    workers: 1,
    sandbox: 'auto',
    pageRoot: page.pageRoot,
    resolveResource: () => new Promise(() => undefined),
    timeoutMs: 60_000,
    log: (line) => lines.push(line),
    ...options,
  });
  return pool;
}

const colorOf = ({ buffers }: RenderedFrame): number | undefined => buffers.color[0];
const renderColor = (client: PageClient, frame: number): Promise<number | undefined> =>
  client.render(makePlan(frame)).then(colorOf);

function killRenderers(): void {
  endProcesses(ownChromium('--type=renderer').map((entry) => entry.pid));
}

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'diorama-test-'));
  vi.stubEnv('TMPDIR', temporary);
  page = await makeFakePage();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(temporary, { recursive: true });
});
afterEach(async () => {
  await pool?.close();
  pool = null;
  lines.length = 0;
  expect(ownChromium()).toEqual([]);
  expect(profiles()).toEqual([]);
});

describe('a healthy pool', () => {
  it('runs every task once, on two browsers, the second once it is needed, and leaves no process behind', async () => {
    const opened = await open({ workers: 2 });
    expect(opened.renderer.renderer).toBe(opened.report.renderer);
    expect(opened.renderer.browser).toMatch(/^(Headless)?Chrome\/\d+/);
    expect(profiles()).toHaveLength(1);
    const clients = new Set<PageClient>();
    const frames = [1, 2, 3, 4, 5, 6];
    const bothAreOpen = expect.poll(() => clients.size, { timeout: 60_000 }).toBe(2);
    const colors = await Promise.all(
      frames.map((frame) =>
        opened.run(async (client) => {
          clients.add(client);
          await bothAreOpen;
          return renderColor(client, frame);
        }),
      ),
    );
    expect(colors).toEqual(frames);
    expect(opened.replaced()).toBe(0);
    expect(profiles()).toHaveLength(2);
    const before = ownChromium();
    expect(before.length).toBeGreaterThanOrEqual(4);
    await opened.close();
    expect(survivors(before)).toEqual([]);
    await expect(opened.run((client) => renderColor(client, 1))).rejects.toThrow('pool was closed');
  });
});

describe('a page that is handed over', () => {
  it('draws the next frame while the last one is on its way', async () => {
    const opened = await open();
    const events: string[] = [];
    const colors = opened.run(async (client, handOver) => {
      const color = await client.render(makePlan(1), () => events.push('drawn')).then(colorOf);
      events.push('received');
      handOver();
      // With the one page still taken this would never come.
      return [color, await opened.run((next) => renderColor(next, 2))];
    });
    expect(await colors).toEqual([1, 2]);
    expect(events).toEqual(['drawn', 'received']);
    expect(opened.replaced()).toBe(0);
  });

  it('and is lost costs each of its tasks a try, and both are made again, alone', async () => {
    const opened = await open();
    const attempts = [0, 0];
    let together = 0;
    let most = 0;
    const task = (index: 0 | 1) => async (client: PageClient, handOver: () => void) => {
      attempts[index] = (attempts[index] ?? 0) + 1;
      if (attempts[index] === 1) {
        const hanging = client.render(makePlan(MISBEHAVE.hang));
        handOver();
        return hanging.then(() => -1);
      }
      handOver();
      most = Math.max(most, ++together);
      const color = await renderColor(client, 10 + index);
      together -= 1;
      return color;
    };
    const tasks = [opened.run(task(0)), opened.run(task(1))];
    await expect.poll(() => attempts).toEqual([1, 1]);
    killRenderers();
    expect(await Promise.all(tasks)).toEqual([10, 11]);
    expect({ attempts, most, replaced: opened.replaced() }).toEqual({
      attempts: [2, 2],
      most: 1,
      replaced: 2,
    });
    expect(profiles()).toHaveLength(1);
  });
});

describe('tasks that are given ahead', () => {
  it('have a page with one other, and none with who is alone', async () => {
    const opened = await open();
    const begun: string[] = [];
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const task = (name: string, ahead: boolean): Promise<number | undefined> =>
      opened.run(
        async (client) => {
          begun.push(name);
          await gate;
          return renderColor(client, 1);
        },
        { ahead },
      );
    const tasks = [task('a', true), task('b', true), task('alone', false), task('c', true)];
    await expect.poll(() => begun).toEqual(['a', 'b']);
    letGo();
    expect(await Promise.all(tasks)).toEqual([1, 1, 1, 1]);
    expect(begun).toEqual(['a', 'b', 'alone', 'c']);
  });

  it('and are lost with a page are made again, alone', async () => {
    const opened = await open();
    const attempts = [0, 0];
    const task = (index: 0 | 1): Promise<number | undefined> =>
      opened.run(
        async (client) => {
          attempts[index] = (attempts[index] ?? 0) + 1;
          if (attempts[index] > 1) return renderColor(client, 10 + index);
          return client.render(makePlan(MISBEHAVE.hang)).then(() => -1);
        },
        { ahead: true },
      );
    const tasks = [task(0), task(1)];
    await expect.poll(() => attempts).toEqual([1, 1]);
    killRenderers();
    expect(await Promise.all(tasks)).toEqual([10, 11]);
    expect(lines.filter((line) => line.startsWith('a browser is replaced'))).toHaveLength(1);
    expect(profiles()).toHaveLength(1);
  });
});

describe('a page that is lost', () => {
  it('is replaced, and its task runs again: killed renderer', async () => {
    const opened = await open();
    let attempts = 0;
    const color = await opened.run(async (client) => {
      attempts += 1;
      if (attempts > 1) return renderColor(client, 7);
      const hanging = client.render(makePlan(MISBEHAVE.hang));
      killRenderers();
      return hanging.then(() => -1);
    });
    expect({ attempts, color, replaced: opened.replaced() }).toEqual({
      attempts: 2,
      color: 7,
      replaced: 1,
    });
    expect(lines.join('\n')).toContain('crashed');
  });

  it('is replaced when the whole browser goes, while others wait for their turn', async () => {
    const opened = await open();
    let attempts = 0;
    const first = opened.run(async (client) => {
      attempts += 1;
      if (attempts > 1) return renderColor(client, 7);
      const hanging = client.render(makePlan(MISBEHAVE.hang));
      endProcesses(ownChromium().map((entry) => entry.pid));
      return hanging.then(() => -1);
    });
    const others = [8, 9].map((frame) => opened.run((client) => renderColor(client, frame)));
    expect(await Promise.all([first, ...others])).toEqual([7, 8, 9]);
    expect(opened.replaced()).toBe(1);
  });

  it('fails its task the second time, with what the page said, and the pool goes on', async () => {
    const opened = await open();
    const lost = opened.run((client) => client.render(makePlan(MISBEHAVE.loseContext)));
    await expect(lost).rejects.toMatchObject({ failure: 'lost' });
    await expect(lost).rejects.toThrow(/webglcontextlost[\s\S]*context lost, says the page/);
    expect(await opened.run((client) => renderColor(client, 5))).toBe(5);
    expect(opened.replaced()).toBe(1);
  });

  it('counts as lost after the time-out, which names what it was loading', async () => {
    const opened = await open({ timeoutMs: 15_000 });
    let attempts = 0;
    const color = await opened.run((client) => {
      attempts += 1;
      return attempts > 1
        ? renderColor(client, 3)
        : client.render(makePlan(MISBEHAVE.hang)).then(() => -1);
    });
    expect(color).toBe(3);
    expect(lines.join('\n')).toMatch(/within 15000 ms; still loading:\n {2}GET \/resources\/never/);
    // The secret prefix opens the server to whoever reads the log.
    expect(lines.join('\n')).not.toMatch(/[\w-]{43}/);
  });
});

describe('faults that another try cannot mend', () => {
  it.each([
    [MISBEHAVE.throwError, 'a bug in the page'],
    [MISBEHAVE.shortPacket, 'expected 12288 values for 64×48, found 3071'],
    [MISBEHAVE.silent, 'its packet did not arrive'],
  ])('fail at once: frame %i, %s', async (frame, text) => {
    const opened = await open();
    let attempts = 0;
    const failing = opened.run((client) => {
      attempts += 1;
      return client.render(makePlan(frame));
    });
    await expect(failing).rejects.toMatchObject({ failure: 'internal' });
    await expect(failing).rejects.toThrow(text);
    expect({ attempts, replaced: opened.replaced() }).toEqual({ attempts: 1, replaced: 0 });
  });
});

describe('abort', () => {
  it('rejects running and waiting tasks with its reason, and ends every browser', async () => {
    const stop = new AbortController();
    const opened = await open({ workers: 2, signal: stop.signal });
    const processes = ownChromium();
    const tasks = [1, 2, 3, 4].map(() =>
      opened.run((client) => client.render(makePlan(MISBEHAVE.hang))),
    );
    const reasons = Promise.allSettled(tasks);
    stop.abort(new Error('interrupted by the user'));
    for (const result of await reasons) {
      expect(result).toMatchObject({ reason: { message: 'interrupted by the user' } });
    }
    await opened.close();
    expect(survivors(processes)).toEqual([]);
  });

  it('while the pool is opening leaves nothing behind', async () => {
    const stop = new AbortController();
    const opening = open({
      signal: stop.signal,
      backend: 'auto',
      resolveResource: () => Promise.resolve(null),
    });
    const heard = expect(opening).rejects.toThrow('changed my mind');
    await expect
      .poll(() => ownChromium('--remote-debugging-pipe').length, { timeout: 60_000 })
      .toBeGreaterThan(0);
    stop.abort(new Error('changed my mind'));
    await heard;
    expect(ownChromium()).toEqual([]);
  });
});

it('refuses a browser path that is none, and a program that is no browser', async () => {
  await expect(findBrowser('/nowhere/chrome')).rejects.toThrow('no executable file at');
  await expect(findBrowser('/bin/true')).rejects.toThrow('does not run as a browser');
});
