import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal, readEntries, readJournal, rewriteJournal } from '#node/store/journal';
import { readLines } from '#node/store/read-lines';
import { makeFolder, makeRecord } from './make-dataset.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = makeFolder();
  path = join(folder, 'frames.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a journal', () => {
  it('keeps lines whole and in the order of the calls, however many at once', async () => {
    const journal = await openJournal(path);
    const frames = Array.from({ length: 40 }, (_, i) => (i * 7) % 40);
    const entries = await Promise.all(frames.map((frame) => journal.append(makeRecord(frame, {}))));
    await journal.close();
    expect(readJournal(path)).toEqual({ entries, tornBytes: 0 });
    expect([...readEntries(path, entries)]).toEqual(frames.map((frame) => makeRecord(frame, {})));
  });

  it('goes on at the end of what is there', async () => {
    for (const frame of [3, 1]) {
      const journal = await openJournal(path);
      await journal.append(makeRecord(frame, {}));
      await journal.close();
    }
    expect(readJournal(path).entries.map((entry) => entry.frame)).toEqual([3, 1]);
  });

  it('is rewritten without a change to its lines', async () => {
    const journal = await openJournal(path);
    for (const frame of [2, 0, 1]) await journal.append(makeRecord(frame, {}));
    await journal.close();
    const lines = readFileSync(path, 'utf8').split('\n');
    const sorted = [...readJournal(path).entries].sort((a, b) => a.frame - b.frame);
    const moved = await rewriteJournal(path, sorted);
    expect(readFileSync(path, 'utf8').split('\n')).toEqual([lines[1], lines[2], lines[0], '']);
    expect(readJournal(path).entries).toEqual(moved);
  });

  it('is empty where there is none', () => {
    expect(readJournal(path)).toEqual({ entries: [], tornBytes: 0 });
  });
});

describe('readLines', () => {
  it('finds lines that cross the bounds of its chunks', async () => {
    const journal = await openJournal(path);
    // Some 3 MiB, so that lines lie across the 1 MiB chunks.
    const long = makeRecord(0, {});
    const note = 'ü'.repeat(50_000);
    const records = Array.from({ length: 30 }, (_, frame) => ({
      ...long,
      frame,
      sample: { ...long.sample, vars: { note } },
    }));
    for (const record of records) await journal.append(record);
    await journal.close();
    const lines = [...readLines(path)];
    expect(lines.map((line) => JSON.parse(line.text) as unknown)).toEqual(records);
    expect(lines.map((line) => line.number)).toEqual(records.map((_, i) => i + 1));
  });
});
