import { appendFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { mergeDatasets } from '#node/store/merge-datasets';
import { openStore } from '#node/store/open-store';
import {
  listFrames,
  makeDraft,
  makeFolder,
  makeRecord,
  readTree,
  RENDERER,
  writeFrameFile,
} from './make-dataset.ts';

let root: string;
beforeEach(() => {
  root = makeFolder();
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const at = (name: string): string => join(root, name);

type ShardOptions = Readonly<{ changes?: Partial<ConfigInput>; browser?: string }>;

async function makeShard(name: string, frames: readonly number[], options: ShardOptions = {}) {
  const store = await openStore(at(name), makeDraft({ frames: 6, ...options.changes }), {
    mode: 'resume',
    derived: listFrames,
  });
  await store.begin({ ...RENDERER, browser: options.browser ?? RENDERER.browser });
  for (const frame of frames) {
    await store.append(makeRecord(frame, { rgb: writeFrameFile(at(name), frame) }));
  }
  await store.finalise();
  await store.close();
  return at(name);
}

const merge = (...shards: readonly string[]) => mergeDatasets(at('all'), shards, listFrames);

describe('mergeDatasets', () => {
  it('gives the bytes of one run over all frames, whatever the order of the shards', async () => {
    const whole = await makeShard('whole', [0, 1, 2, 3, 4, 5]);
    const even = await makeShard('even', [4, 0, 2]);
    const odd = await makeShard('odd', [1, 5, 3]);
    expect(await merge(odd, even)).toEqual({ folder: at('all'), frames: 6, files: 6, shards: 2 });
    expect(readTree(at('all'))).toEqual(readTree(whole));
  });

  it('links files instead of copying them', async () => {
    await makeShard('a', [0, 1, 2, 3, 4, 5]);
    await merge(at('a'));
    const inode = (name: string): number => statSync(join(at(name), 'images/000003.png')).ino;
    expect(inode('all')).toBe(inode('a'));
  });

  it('may be run again', async () => {
    const shards = [await makeShard('a', [0, 1, 2]), await makeShard('b', [3, 4, 5])];
    await merge(...shards);
    const before = readTree(at('all'));
    await merge(...shards);
    expect(readTree(at('all'))).toEqual(before);
  });

  it('names frames that are in no shard', async () => {
    const shards = [await makeShard('a', [0, 1]), await makeShard('b', [4])];
    await expect(merge(...shards)).rejects.toThrow('3 of 6 frames are in no shard: 2..3, 5.');
    expect(readTree(root)).not.toHaveProperty('all/dataset.json');
  });

  it('names a frame that two shards have', async () => {
    const shards = [await makeShard('a', [0, 1, 2]), await makeShard('b', [2, 3, 4, 5])];
    await expect(merge(...shards)).rejects.toThrow(/frame 2 is in .*a and in .*b/);
  });

  it('names a frame that the config does not have', async () => {
    const shards = [await makeShard('a', [0, 1, 2, 3, 4, 5, 6])];
    await expect(merge(...shards)).rejects.toThrow(
      /frame 6 is foreign; the config has frames 0\.\.5/,
    );
  });

  it('refuses shards of different datasets, path by path', async () => {
    const shards = [
      await makeShard('a', [0, 1, 2]),
      await makeShard('b', [3, 4, 5], { changes: { seed: 43 }, browser: 'Chrome/9' }),
    ];
    await expect(merge(...shards)).rejects.toThrow(
      /b: not a shard of the same dataset as .*a:\n {2}config\.seed: "42" → "43"\n {2}renderer\.browser: /,
    );
  });

  it('takes 42 and "42" for the same seed', async () => {
    const shards = [
      await makeShard('a', [0, 1, 2]),
      await makeShard('b', [3, 4, 5], { changes: { seed: 42 } }),
    ];
    await expect(merge(...shards)).resolves.toMatchObject({ frames: 6 });
  });

  it('refuses a file that is not the recorded one, even of the same length', async () => {
    const shard = await makeShard('a', [0, 1, 2, 3, 4, 5]);
    writeFileSync(join(shard, 'images/000000.png'), 'PIXELS of frame 0');
    await expect(merge(shard)).rejects.toThrow(
      /000000\.png: .* found other bytes of the same length/,
    );
  });

  it('refuses an unfinished shard, a folder that is none, and the target as a shard', async () => {
    const shard = await makeShard('a', [0, 1, 2, 3, 4, 5]);
    appendFileSync(join(shard, 'frames.jsonl'), '{"recordVers');
    await expect(merge(shard)).rejects.toThrow(/Run the shard again; it continues/);
    mkdirSync(at('empty'));
    await expect(merge(at('empty'))).rejects.toThrow(/expected a shard, found no dataset\.json/);
    await expect(merge(at('all'))).rejects.toThrow(/the target and a shard at once/);
  });
});
