import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { configHashText } from '#shared/config/canonical-json';
import type { Config } from '#shared/config/config-schema';
import { SHOWN_PER_KIND } from '#node/verify/problem-list';
import { laneCount } from '#node/verify/verify-dataset';
import { makeRunInputs } from '../../../makers/make-run-inputs.ts';
import { readTree } from '../store/make-dataset.ts';
import {
  copyOf,
  journalLines,
  linesOf,
  makeTrueDataset,
  path,
  readRecord,
  verify,
} from './make-true-dataset.ts';

let sound: string;
beforeAll(async () => {
  sound = await makeTrueDataset();
});

describe('a sound dataset', () => {
  it('has no problems, and is not touched', async () => {
    const before = readTree(sound);
    const report = await verify(sound);
    expect(linesOf(report)).toEqual([]);
    expect(report).toMatchObject({
      name: 'test',
      outcome: 'ok',
      errors: 0,
      frames: { expected: 4, found: 4, checked: 4 },
    });
    expect(readTree(sound)).toEqual(before);
    expect(readRecord(sound, 0).annotations.dropped.map(({ reason }) => reason)).toContain(
      'min-pixels',
    );
  });

  it('is sound without what was added to configs since it was rendered', async () => {
    const folder = copyOf(sound);
    const file = path(folder, 'dataset.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as {
      config: Record<string, unknown> & { outputs: Record<string, unknown> };
      configSha256: string;
    };
    const { sequence: _sequence, parts: _parts, ...rest } = manifest.config;
    const { range: _range, panoptic: _panoptic, pointCloud: _cloud, ...outputs } = rest.outputs;
    const config = { ...rest, outputs };
    const text = configHashText(config as unknown as Config);
    const configSha256 = createHash('sha256').update(text).digest('hex');
    writeFileSync(file, JSON.stringify({ ...manifest, config, configSha256 }));
    // Documents name the hash of the config, which is another one here.
    expect(linesOf(await verify(folder)).filter((line) => !line.includes('annotations/'))).toEqual(
      [],
    );
  });

  it.each([
    { depth: { png: true, float: 'exr' as const } },
    { depth: { png: true, float: 'none' as const } },
    { depth: { png: false, float: 'npz' as const } },
    { depth: { png: false }, instance: false, semantic: false },
    { instance: false, rgb: { format: 'jpeg' as const, quality: 80 } },
    { semantic: false, coco: false, rgb: { format: 'webp' as const } },
  ])('has none with %j', async (outputs) => {
    const folder = await makeTrueDataset({ frames: 2, outputs }, [0, 1]);
    expect(linesOf(await verify(folder))).toEqual([]);
  });

  it('has none without amodal masks, without categories and without instances', async () => {
    const plain = await makeTrueDataset({ frames: 1, labels: { amodal: false } }, [0]);
    const empty = await makeTrueDataset(
      { frames: 1, objects: {}, nodes: { vase: { visible: false } } },
      [0],
    );
    expect(linesOf(await verify(plain))).toEqual([]);
    expect(linesOf(await verify(empty))).toEqual([]);
    expect(readRecord(empty, 0).annotations.instances).toEqual([]);
  });

  it('checks the frames of a range alone', async () => {
    const folder = copyOf(sound);
    rmSync(path(folder, 'images/000003.png'));
    expect(await verify(folder, { range: { first: 0, last: 2 } })).toMatchObject({
      outcome: 'ok',
      frames: { expected: 3, found: 3, checked: 3 },
    });
    await expect(verify(folder, { range: { first: 2, last: 9 } })).rejects.toThrow(
      '--frames: the config has frames 0..3, got 2..9',
    );
  });

  it('refuses a folder that is no dataset', async () => {
    await expect(verify(dirname(sound))).rejects.toThrow(
      'expected a dataset, found no dataset.json',
    );
  });
});

describe('frames that are not there', () => {
  it('are a warning, and an error where the dataset is to be complete', async () => {
    const folder = await makeTrueDataset({}, [1, 2]);
    const report = await verify(folder);
    expect(linesOf(report)).toEqual(['warning: expected 4 frames, found 2; not there: 0, 3.']);
    expect(report.outcome).toBe('ok');
    expect(await verify(folder, { complete: true })).toMatchObject({
      outcome: 'failed',
      errors: 1,
    });
  });
});

describe('damaged documents', () => {
  const replaceText = (file: string, from: string | RegExp, to: string): void => {
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(from);
    writeFileSync(file, text.replace(from, to));
  };

  it('an edited instances.json', async () => {
    const folder = copyOf(sound);
    replaceText(path(folder, 'annotations/instances.json'), '"iscrowd":0', '"iscrowd":1');
    expect(linesOf(await verify(folder))).toEqual([
      expect.stringMatching(
        /^error: annotations\/instances\.json: line \d+: character \d+: expected ….*"iscrowd":0.*, found ….*"iscrowd":1.*\. The same `diorama render` writes it again\.$/,
      ),
    ]);
  });

  it('an instances.json that ends early, is missing, or was not asked for', async () => {
    const folder = copyOf(sound);
    const file = path(folder, 'annotations/instances.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.slice(0, -2));
    expect(linesOf(await verify(folder))[0]).toMatch(/expected \}, found the end of the file/);
    rmSync(file);
    expect(linesOf(await verify(folder))[0]).toContain(
      'instances.json: expected the file, as outputs ask for it, found none',
    );
    const plain = await makeTrueDataset({ frames: 1, outputs: { coco: false } }, [0]);
    expect(existsSync(path(plain, 'annotations/instances.json'))).toBe(false);
    cpSync(dirname(file), path(plain, 'annotations'), { recursive: true });
    writeFileSync(path(plain, 'annotations/instances.json'), text);
    expect(linesOf(await verify(plain))).toEqual([
      'error: annotations/instances.json: expected no such file, as outputs do not ask for it.',
    ]);
  });

  it('an edited LICENSES.md', async () => {
    const folder = copyOf(sound);
    replaceText(path(folder, 'LICENSES.md'), 'CC0-1.0', 'MIT');
    expect(linesOf(await verify(folder))).toEqual([
      expect.stringMatching(/^error: LICENSES\.md: line \d+: expected ## CC0-1\.0, found ## MIT\./),
    ]);
  });

  it('a foreign manifest version', async () => {
    const folder = copyOf(sound);
    replaceText(path(folder, 'dataset.json'), '"manifestVersion": 1', '"manifestVersion": 2');
    expect(linesOf(await verify(folder))).toEqual([
      'error: dataset.json: manifestVersion: expected 1, found 2.',
      'error: dataset.json: Nothing else can be checked.',
    ]);
  });

  it('a manifest that is no JSON', async () => {
    const folder = copyOf(sound);
    writeFileSync(path(folder, 'dataset.json'), '{"manifestVersion":');
    expect(linesOf(await verify(folder))[0]).toMatch(/^error: dataset\.json: expected JSON, /);
  });

  it('a manifest whose config was edited', async () => {
    const folder = copyOf(sound);
    replaceText(path(folder, 'dataset.json'), '"minPixels": 7', '"minPixels": 8');
    expect(linesOf(await verify(folder))[0]).toMatch(
      /^error: dataset\.json: config: expected the SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}\. It was changed since\.$/,
    );
  });

  it('a manifest whose categories were renumbered, or whose config is none', async () => {
    const folder = copyOf(sound);
    const file = path(folder, 'dataset.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as {
      categories: { id: number }[];
      config: object;
    };
    writeFileSync(
      file,
      JSON.stringify({
        ...manifest,
        categories: manifest.categories.map((one) => ({ ...one, id: one.id - 1 })),
      }),
    );
    expect(linesOf(await verify(folder))[0]).toContain('categories[0].id: 1 → 0');
    writeFileSync(file, JSON.stringify({ ...manifest, config: { ...manifest.config, frames: 0 } }));
    expect(linesOf(await verify(folder))[0]).toMatch(/^error: dataset\.json: config\.frames: /);
  });
});

describe('other files in the folder', () => {
  it('are told of, and do not fail it', async () => {
    const folder = copyOf(sound);
    writeFileSync(path(folder, 'notes.txt'), 'mine');
    writeFileSync(path(folder, 'images/000009.png'), 'of a frame that never was');
    writeFileSync(path(folder, 'images/000001.png.partial'), '');
    const report = await verify(folder);
    expect(report).toMatchObject({ outcome: 'ok', errors: 0 });
    expect(linesOf(report)).toEqual([
      'warning: images/000001.png.partial: left by a run that was interrupted; the same `diorama render` puts it right.',
      'notice: images/000009.png: no frame of the journal has this file.',
      'notice: notes.txt: no frame of the journal has this file.',
    ]);
  });

  it('a lock of a run that lives: what it has not written yet is no problem', async () => {
    const folder = copyOf(sound);
    const holder = { pid: process.pid, host: 'elsewhere', processStart: null, since: '' };
    writeFileSync(path(folder, '.diorama.lock'), JSON.stringify(holder));
    const lines = journalLines(folder);
    writeFileSync(
      path(folder, 'frames.jsonl'),
      `${lines[2]}\n${lines[0]}\n${lines[1]?.slice(0, 99)}`,
    );
    rmSync(path(folder, 'annotations'), { recursive: true });
    const report = await verify(folder);
    expect(report).toMatchObject({
      writing: true,
      outcome: 'ok',
      frames: { found: 2, checked: 2 },
    });
  });
});

describe('bounds', () => {
  it('tells the first problems of a kind and counts the others', async () => {
    const folder = copyOf(sound);
    for (let i = 0; i < SHOWN_PER_KIND + 7; i++) writeFileSync(path(folder, `extra-${i}`), '');
    const [group] = (await verify(folder)).groups;
    expect(group).toMatchObject({ kind: 'foreign', notices: SHOWN_PER_KIND + 7, errors: 0 });
    expect(group?.problems).toHaveLength(SHOWN_PER_KIND);
  });

  it('checks as many frames at once as there are cores and memory for', () => {
    const lanes = (width: number, height: number, flow = {}): number =>
      laneCount(makeRunInputs({ image: { width, height }, outputs: { flow } }).config, 8);
    expect(lanes(640, 480)).toBe(8);
    expect(lanes(4096, 4096)).toBe(1);
    expect(lanes(8192, 8192)).toBe(1);
    // Flow comes with files, vectors and the frame that it leads to.
    expect(lanes(2048, 2048)).toBe(6);
    expect(lanes(2048, 2048, { forward: 'flo' })).toBe(3);
    expect(lanes(2048, 2048, { forward: 'flo', backward: 'kitti' })).toBe(2);
  });
});
