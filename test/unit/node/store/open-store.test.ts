import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ManifestDraft } from '#node/store/inspect-store';
import { openStore, type DatasetStore, type StoreMode } from '#node/store/open-store';
import {
  listFrames,
  makeDraft,
  makeFolder,
  makeRecord,
  readTree,
  RENDERER,
  writeFrameFile,
} from './make-dataset.ts';

let folder: string;
beforeEach(() => {
  folder = join(makeFolder(), 'out');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (
  mode: StoreMode = 'resume',
  draft: ManifestDraft = makeDraft(),
): Promise<DatasetStore> => openStore(folder, draft, { mode, derived: listFrames });

async function writeFrames(store: DatasetStore, frames: readonly number[]): Promise<void> {
  await store.begin(RENDERER);
  for (const frame of frames) {
    await store.append(makeRecord(frame, { rgb: writeFrameFile(folder, frame) }));
  }
}

/** A run from open to close; `finalised: false` ends it as a kill would. */
async function runOver(frames: readonly number[], finalised = true): Promise<void> {
  const store = await open();
  await writeFrames(store, frames);
  if (finalised) await store.finalise();
  await store.close();
}

const journal = (): string => join(folder, 'frames.jsonl');
const journalFrames = (): readonly number[] =>
  readFileSync(journal(), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { frame: number }).frame);

describe('a dataset folder', () => {
  it('has the same bytes whatever the order of completion', async () => {
    await runOver([0, 1, 2, 3, 4, 5]);
    const expected = readTree(folder);
    rmSync(folder, { recursive: true });
    await runOver([3, 5, 0, 4, 2, 1]);
    expect(readTree(folder)).toEqual(expected);
    expect(Object.keys(expected)).toEqual([
      'LICENSES.md',
      'annotations/frames.json',
      'dataset.json',
      'frames.jsonl',
      ...[0, 1, 2, 3, 4, 5].map((k) => `images/00000${k}.png`),
    ]);
  });

  it('has the same bytes when a run was killed and went on', async () => {
    await runOver([0, 1, 2, 3]);
    const expected = readTree(folder);
    rmSync(folder, { recursive: true });
    await runOver([2, 0], false);
    await runOver([3, 1]);
    expect(readTree(folder)).toEqual(expected);
  });

  it('keeps frames of an earlier run that this one did not ask for', async () => {
    await runOver([7]);
    const store = await open();
    expect([...store.completed]).toEqual([7]);
    await writeFrames(store, [1]);
    await store.finalise();
    await store.close();
    expect(journalFrames()).toEqual([1, 7]);
    expect(readTree(folder)['annotations/frames.json']).toBe('{"name":"tiny","frames":[1,7]}');
  });

  it('drops a torn last line, says so, and goes on', async () => {
    await runOver([0, 1], false);
    appendFileSync(journal(), '{"recordVersion":1,"frame":2,"wid');
    const store = await open();
    expect([...store.completed]).toEqual([0, 1]);
    expect(store.notices).toEqual([expect.stringContaining('cut off (33 bytes)')]);
    await writeFrames(store, [2]);
    await store.finalise();
    await store.close();
    expect(journalFrames()).toEqual([0, 1, 2]);
  });

  it('drops a whole record whose newline never reached the disk', async () => {
    await runOver([0, 1], false);
    truncateSync(journal(), readFileSync(journal()).length - 1);
    const store = await open();
    expect([...store.completed]).toEqual([0]);
    await store.close();
    expect(journalFrames()).toEqual([0]);
  });

  it('refuses a corrupt earlier line and names it', async () => {
    await runOver([0, 1, 2], false);
    const lines = readFileSync(journal(), 'utf8').split('\n');
    lines[1] = `${lines[1]?.slice(0, 40)}`;
    writeFileSync(journal(), lines.join('\n'));
    await expect(open()).rejects.toThrow(/frames\.jsonl:2: expected one frame record as JSON/);
    await expect(open()).rejects.toThrow(/not the last one/);
  });

  it('refuses a frame that stands twice in the journal', async () => {
    await runOver([4, 5], false);
    appendFileSync(
      journal(),
      readFileSync(journal(), 'utf8').split('\n').slice(0, 1).join() + '\n',
    );
    await expect(open()).rejects.toThrow(/frame 4 stands on line 1 and on line 3/);
  });

  it('refuses a journal that lists a file outside the folder', async () => {
    await runOver([0, 1], false);
    const text = readFileSync(journal(), 'utf8').replace('images/000000.png', '../../000000.png');
    writeFileSync(journal(), text);
    await expect(open()).rejects.toThrow(
      /frames\.jsonl:1: files\.rgb: expected \{path inside the dataset/,
    );
  });

  it.each([
    ['missing', () => rmSync(join(folder, 'images/000001.png')), 'images/000001.png is missing'],
    [
      'short',
      () => truncateSync(join(folder, 'images/000001.png'), 3),
      'images/000001.png has 3 bytes, expected 34',
    ],
  ])('renders a frame again whose file is %s', async (_, damage, reason) => {
    await runOver([0, 1, 2]);
    damage();
    const store = await open();
    expect([...store.completed]).toEqual([0, 2]);
    expect(store.notices).toEqual([`Frame 1 is rendered again: ${reason}.`]);
    await store.close();
    expect(journalFrames()).toEqual([0, 2]);
    expect(Object.keys(readTree(folder))).not.toContain('images/000001.png');
  });

  it('refuses a folder that holds something else, and touches nothing', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'thesis.tex'), 'years of work');
    await expect(open()).rejects.toThrow(
      /found no dataset\.json but 1 other entry \(thesis\.tex\)/,
    );
    await expect(open('fresh')).rejects.toThrow(/thesis\.tex/);
    expect(readTree(folder)).toEqual({ 'thesis.tex': 'years of work' });
  });

  it('refuses a path on which a file stands', async () => {
    writeFileSync(folder, 'a file');
    await expect(open()).rejects.toThrow(/a part of the path is a file/);
  });

  it('goes on after a kill before the manifest was written', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'dataset.json.partial'), '{"manif');
    await runOver([0]);
    expect(Object.keys(readTree(folder))).not.toContain('dataset.json.partial');
  });
});

describe('--fresh', () => {
  it('deletes what the dataset lists and nothing else', async () => {
    await runOver([0, 1]);
    writeFileSync(join(folder, 'images/notes.txt'), 'mine');
    const store = await open('fresh', makeDraft({ frames: 3 }));
    expect(store.completed.size).toBe(0);
    expect(Object.keys(readTree(folder))).toEqual([
      '.diorama.lock',
      'dataset.json',
      'images/notes.txt',
    ]);
    await writeFrames(store, [2]);
    await store.close();
    expect(JSON.parse(readTree(folder)['dataset.json'] ?? '')).toMatchObject({
      config: { frames: 3 },
    });
  });

  it('clears a dataset whose journal is corrupt', async () => {
    await runOver([0, 1], false);
    writeFileSync(journal(), `nonsense\n${readFileSync(journal(), 'utf8')}`);
    const store = await open('fresh');
    await store.close();
    expect(Object.keys(readTree(folder))).toEqual(['dataset.json']);
  });
});

describe('a dataset made from something else', () => {
  it('is refused with each difference, path by path', async () => {
    await runOver([0]);
    const changed = makeDraft({ image: { width: 8, height: 3 }, description: 'wider' });
    const crate = {
      id: 'crate',
      kind: 'model',
      sha256: 'c'.repeat(64),
      license: 'CC0-1.0',
    } as const;
    const draft = {
      ...changed,
      generator: { name: 'diorama', version: '0.2.0' } as const,
      assets: [...changed.assets.slice(0, 1), crate],
    };
    const error: unknown = await open('resume', draft).catch((e: unknown) => e);
    expect((error as Error).message.split('\n')).toEqual([
      expect.stringMatching(/out: holds a dataset made from something else/),
      '  generator.version: "0.1.0" → "0.2.0"',
      '  config.image.width: 4 → 8',
      '  config.description: (absent) → "wider"',
      '  assets[model:crate].sha256: bbbbbbbbbbbb… → cccccccccccc…',
      '  assets[model:crate].author: "Ann" → (absent)',
      expect.stringMatching(/--out.*--fresh/),
    ]);
  });

  it('is refused when another renderer would draw', async () => {
    await runOver([0]);
    const store = await open();
    await expect(store.begin({ ...RENDERER, browser: 'Chrome/9' })).rejects.toThrow(
      'renderer.browser: "Chrome/1.2.3" → "Chrome/9"',
    );
    await store.close();
  });

  it('does not count where values came from', async () => {
    await runOver([0]);
    const store = await open('resume', { ...makeDraft(), sources: { frames: '--set' } });
    await store.begin(RENDERER);
    await store.close();
    expect(readTree(folder)['dataset.json']).toContain('tiny.yaml:4');
  });

  it('is refused where dataset.json is no manifest of ours', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'dataset.json'), '{"manifestVersion": 7}');
    await expect(open()).rejects.toThrow(/got version 7 of undefined/);
  });
});
