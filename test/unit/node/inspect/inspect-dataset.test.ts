import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { inspectDataset } from '#node/inspect/inspect-dataset';
import type { ConfigInput } from '#shared/config/config-schema';
import { categoryColor } from '#shared/draw/category-palette';
import type { OverlayName } from '#shared/draw/overlays';
import { turboColor } from '#shared/draw/turbo-color';
import { lockDataset } from '#node/store/dataset-lock';
import { inspectStore } from '#node/store/inspect-store';
import { ALL_OUTPUTS, makeLabelledDataset } from './make-labelled-dataset.ts';
import { makeFolder, readTree } from '../store/make-dataset.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(dirname(folder), { recursive: true, force: true });
});

async function make(...args: Parameters<typeof makeLabelledDataset>): Promise<string> {
  const folder = await makeLabelledDataset(...args);
  folders.push(folder);
  return folder;
}

type Pixels = Readonly<{ width: number; height: number; at: (x: number, y: number) => number[] }>;

async function readPng(path: string | undefined): Promise<Pixels> {
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return {
    width,
    height,
    at: (x, y) => [...data.subarray((y * width + x) * channels, (y * width + x) * channels + 3)],
  };
}

/** The picture of frame 0 with some labels, `scale` pixels for one of the frame. */
async function drawOne(
  folder: string,
  labels: readonly OverlayName[],
  scale = 10,
): Promise<Pixels> {
  const range = { first: 0, last: 0 };
  const { files } = await inspectDataset({
    folder,
    range,
    pictures: [labels],
    sheet: false,
    width: 16 * scale,
  });
  return readPng(files[0]);
}

const near = (found: readonly number[], expected: readonly number[], within = 3): void => {
  for (const [i, value] of expected.entries()) {
    expect(
      Math.abs((found[i] ?? NaN) - value),
      `${found.join()} ~ ${expected.join()}`,
    ).toBeLessThan(within + 1);
  }
};

describe('pictures of a dataset', () => {
  it('are the frames themselves without labels', async () => {
    const folder = await make([0]);
    const picture = await drawOne(folder, ['image'], 1);
    const original = await readPng(join(folder, 'images/000000.png'));
    expect([picture.width, picture.height]).toEqual([16, 12]);
    for (let i = 0; i < 16 * 12; i++) {
      const [x, y] = [i % 16, Math.floor(i / 16)];
      expect(picture.at(x, y)).toEqual(original.at(x, y));
    }
  });

  it('have boxes around the first and last column and row', async () => {
    const folder = await make([0]);
    const picture = await drawOne(folder, ['boxes']);
    const plain = await drawOne(folder, ['image']);
    // Instance 1 covers columns 2..5 and rows 2..5: its box runs from 20 to 60.
    const color = categoryColor(1);
    for (const [x, y] of [
      [40, 20],
      [40, 59],
      [20, 40],
      [59, 40],
    ] as const) {
      const before = plain.at(x, y);
      const after = picture.at(x, y);
      const towards = (p: readonly number[]): number =>
        p.reduce((sum, value, i) => sum + Math.abs(value - (color[i] ?? 0)), 0);
      expect(towards(after)).toBeLessThan(0.6 * towards(before));
    }
    expect(picture.at(40, 40)).toEqual(plain.at(40, 40));
  });

  it('have masks where the instances are', async () => {
    const folder = await make([0]);
    const [picture, plain] = [await drawOne(folder, ['masks']), await drawOne(folder, ['image'])];
    expect(picture.at(40, 40)).not.toEqual(plain.at(40, 40));
    expect(picture.at(80, 80)).toEqual(plain.at(80, 80));
    const blend = plain
      .at(40, 40)
      .map((value, i) => 0.64 * value + 0.36 * (categoryColor(1)[i] ?? 0));
    near(picture.at(40, 40), blend);
  });

  it.each(['depth.png', 'depth.float exr', 'depth.float npz'])(
    'have depth in colours from %s: nearest at one end, farthest at the other',
    async (output) => {
      const [, format] = output.split(' ');
      const depth: NonNullable<ConfigInput['outputs']>['depth'] =
        format === undefined ? { png: true } : { png: false, float: format as 'exr' | 'npz' };
      const outputs = { ...ALL_OUTPUTS.outputs, depth };
      const folder = await make([0], { changes: { ...ALL_OUTPUTS, outputs } });
      const picture = await drawOne(folder, ['depth']);
      expect(picture.at(40, 40)).toEqual([...turboColor(1)]);
      expect(picture.at(150, 5)).toEqual([...turboColor(0)]);
    },
  );

  it('have categories in colours from the semantic file', async () => {
    const folder = await make([0]);
    const [picture, plain] = [
      await drawOne(folder, ['semantic']),
      await drawOne(folder, ['image']),
    ];
    const share = 205 / 255;
    const blend = plain
      .at(40, 40)
      .map((value, i) => (1 - share) * value + share * (categoryColor(1)[i] ?? 0));
    near(picture.at(40, 40), blend);
    expect(picture.at(80, 100)).toEqual(plain.at(80, 100));
  });

  it('draw text without any font of the machine', async () => {
    const folder = await make([0]);
    const [picture, plain] = [
      await drawOne(folder, ['ids'], 20),
      await drawOne(folder, ['image'], 20),
    ];
    // The tag of instance 1 stands above its box, which begins at (40, 40).
    expect(picture.at(44, 36)).not.toEqual(plain.at(44, 36));
  });

  it('stand side by side, one for each list of labels', async () => {
    const folder = await make([0, 1]);
    const { files } = await inspectDataset({
      folder,
      pictures: [['image'], ['masks', 'names', 'axes', 'boxes-3d']],
      sheet: false,
    });
    expect(files.map((file) => file.slice(folder.length))).toEqual([
      '/inspect/000000.png',
      '/inspect/000001.png',
    ]);
    const picture = await readPng(files[0]);
    expect([picture.width, picture.height]).toEqual([32, 12]);
  });

  it('make one sheet, of the size that the layout says', async () => {
    const folder = await make([0, 1, 2, 3, 4]);
    const { files, frames } = await inspectDataset({
      folder,
      out: join(dirname(folder), 'look'),
      pictures: [['masks']],
      sheet: true,
      columns: 3,
      width: 160,
    });
    expect(files).toEqual([join(dirname(folder), 'look', 'sheet.png')]);
    expect(frames).toEqual([0, 1, 2, 3, 4]);
    const { width } = await readPng(files[0]);
    // Points of 0.75 pixels: margins of 20 (26 · 0.75 = 19.5), gaps of 8 (7.5).
    expect(width).toBe(2 * 20 + 3 * 160 + 2 * 8);
  });
});

describe('inspecting', () => {
  it('leaves every file of the dataset as it is, and the dataset whole', async () => {
    const folder = await make([0, 1, 2]);
    const before = readTree(folder);
    await inspectDataset({ folder, pictures: [['boxes']], sheet: true });
    const { 'inspect/sheet.png': sheet, ...after } = readTree(folder);
    expect(sheet).toBeDefined();
    expect(after).toEqual(before);
    expect(inspectStore(folder, null)).toMatchObject({ stale: [], tornBytes: 0 });
  });

  it('works while a run writes: no lock, and a line that is being written does not count', async () => {
    const folder = await make([2, 0], { finalised: false });
    const lock = await lockDataset(folder);
    appendFileSync(join(folder, 'frames.jsonl'), '{"recordVersion":1,"fra');
    const summary = await inspectDataset({
      folder,
      range: { first: 0, last: 3 },
      pictures: [['boxes']],
      sheet: false,
    });
    await lock.release();
    expect(summary).toMatchObject({ frames: [0, 2], missing: [1, 3], available: 2 });
    expect(readFileSync(join(folder, 'frames.jsonl'), 'utf8')).toContain('"fra');
  });

  it('spreads its look over a long dataset', async () => {
    const frames = Array.from({ length: 30 }, (_, i) => i);
    const folder = await make(frames, { changes: { ...ALL_OUTPUTS, frames: 30 } });
    const summary = await inspectDataset({ folder, pictures: [['image']], sheet: true });
    expect(summary.frames).toHaveLength(24);
    expect([summary.frames[0], summary.frames.at(-1)]).toEqual([0, 29]);
  });

  it('says which folder is no dataset', async () => {
    const folder = makeFolder();
    folders.push(join(folder, 'x'));
    await expect(inspectDataset({ folder, pictures: [['image']], sheet: true })).rejects.toThrow(
      `${folder}: expected a dataset, found no dataset.json`,
    );
  });

  it('says which frames are missing', async () => {
    const folder = await make([0, 1]);
    const job = { folder, pictures: [['image'] as const], sheet: true };
    await expect(inspectDataset({ ...job, range: { first: 5, last: 7 } })).rejects.toThrow(
      'expected frames 5..7, found 0..1 in its journal',
    );
    await expect(inspectDataset({ ...job, range: { first: 5, last: 70 } })).rejects.toThrow(
      'the config has frames 0..9, got 5..70',
    );
  });

  it('says that no frame is there yet', async () => {
    const folder = await make([], { finalised: false });
    await expect(inspectDataset({ folder, pictures: [['image']], sheet: true })).rejects.toThrow(
      'expected frames, found none yet',
    );
  });

  it('says which file is missing, and what brings it back', async () => {
    const folder = await make([0]);
    rmSync(join(folder, 'images/000000.png'));
    await expect(inspectDataset({ folder, pictures: [['image']], sheet: false })).rejects.toThrow(
      /images\/000000\.png: expected the file that frames\.jsonl lists, found none\. Run the same/,
    );
  });

  it('says which label was not written, and how to have it', async () => {
    const outputs = { rgb: { format: 'png' as const }, semantic: false };
    const folder = await make([0], { changes: { ...ALL_OUTPUTS, outputs } });
    await expect(
      inspectDataset({ folder, pictures: [['semantic']], sheet: false }),
    ).rejects.toThrow(
      /--labels: semantic was not written: frame 0 does not have it.* set outputs\.semantic in the config/,
    );
  });
});
