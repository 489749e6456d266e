import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WriteError } from '#shared/core/errors';
import { LOCK_FILE, lockDataset } from '#node/store/dataset-lock';
import { makeFolder } from './make-dataset.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (): string => join(folder, LOCK_FILE);
const leave = (holder: Readonly<Record<string, unknown>>): void =>
  writeFileSync(
    path(),
    JSON.stringify({ since: '2026-01-01T00:00:00Z', processStart: null, ...holder }),
  );
/** The number of a process that has ended. */
const endedPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

describe('lockDataset', () => {
  it('keeps a second run out until it is released', async () => {
    const lock = await lockDataset(folder);
    expect(JSON.parse(readFileSync(path(), 'utf8'))).toMatchObject({
      pid: process.pid,
      host: hostname(),
    });
    await expect(lockDataset(folder)).rejects.toThrow(
      new RegExp(`process ${process.pid} on ${hostname()} since .* is writing this dataset`),
    );
    await lock.release();
    expect(existsSync(path())).toBe(false);
    await (await lockDataset(folder)).release();
  });

  it('takes over from a process that has ended', async () => {
    const pid = endedPid();
    leave({ pid, host: hostname() });
    const lock = await lockDataset(folder);
    expect(lock.staleHolder).toMatchObject({ pid });
    expect(JSON.parse(readFileSync(path(), 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
  });

  it('takes over from an earlier process with our own number, as after a restart of a container', async () => {
    leave({ pid: process.pid, host: hostname(), processStart: '1' });
    const lock = await lockDataset(folder);
    expect(lock.staleHolder).toMatchObject({ processStart: '1' });
    await lock.release();
  });

  it('respects a live process of this host', async () => {
    leave({ pid: process.ppid, host: hostname() });
    await expect(lockDataset(folder)).rejects.toThrow(/is writing this dataset/);
  });

  it('respects another host until it has been silent for long', async () => {
    leave({ pid: 1, host: 'elsewhere' });
    await expect(lockDataset(folder)).rejects.toThrow(/process 1 on elsewhere/);
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(path(), longAgo, longAgo);
    await (await lockDataset(folder)).release();
  });

  it('does not guess about a lock that it cannot read', async () => {
    writeFileSync(path(), '');
    await expect(lockDataset(folder)).rejects.toThrow(
      /If that run is surely gone, delete .*\.diorama\.lock/,
    );
  });

  it('lets one of many through, each time', async () => {
    const pid = endedPid();
    for (let time = 0; time < 100; time++) {
      leave({ pid, host: hostname() });
      const tried = Array.from({ length: 8 }, () => lockDataset(folder));
      const outcomes = await Promise.allSettled(tried);
      const locks = outcomes.flatMap((o) => (o.status === 'fulfilled' ? [o.value] : []));
      expect(locks).toHaveLength(1);
      for (const { reason } of outcomes.filter((o) => o.status === 'rejected'))
        expect(reason).toBeInstanceOf(WriteError);
      await locks[0]?.release();
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it('leaves a lock alone that another is about to take over, until that one has been silent for long', async () => {
    const text = JSON.stringify({ pid: endedPid(), host: hostname() });
    writeFileSync(path(), text);
    const name = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const claim = `${path()}.${name}.stale`;
    linkSync(path(), claim);
    await expect(lockDataset(folder)).rejects.toThrow('another run is writing this dataset');
    vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] });
    const lock = await lockDataset(folder).finally(() => vi.useRealTimers());
    await lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });
});
