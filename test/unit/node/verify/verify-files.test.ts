import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeNpz } from '#node/writers/encode-npz';
import {
  copyOf,
  editLabel,
  idsOf,
  linesOf,
  makeTrueDataset,
  path,
  readRecord,
  replaceFile,
  REPRODUCE,
  verify,
  withValue,
} from './make-true-dataset.ts';

let sound: string;
beforeAll(async () => {
  sound = await makeTrueDataset();
});

const flipByte = (file: string, fromEnd: number): void => {
  const bytes = readFileSync(file);
  const at = bytes.length - fromEnd;
  bytes[at] = (bytes[at] ?? 0) ^ 4;
  writeFileSync(file, bytes);
};

describe('damaged files', () => {
  it('a flipped byte in a PNG', async () => {
    const folder = copyOf(sound);
    flipByte(path(folder, 'labels/instance/000001.png'), 24);
    const lines = linesOf(await verify(folder));
    expect(lines[0]).toMatch(
      /^error: frame 1: labels\/instance\/000001\.png: expected the SHA-256 [0-9a-f]{12}…, found [0-9a-f]{12}…\./,
    );
    expect(lines[0]).toContain(REPRODUCE(1));
    expect(lines[1]).toContain('frame 1: labels/instance/000001.png: expected an image, ');
    expect(lines).toHaveLength(2);
  });

  it('a truncated file', async () => {
    const folder = copyOf(sound);
    const { bytes = 0 } = readRecord(folder, 2).files.rgb ?? {};
    truncateSync(path(folder, 'images/000002.png'), bytes - 20);
    expect(linesOf(await verify(folder))[0]).toContain(
      `frame 2: images/000002.png: expected ${bytes} bytes, found ${bytes - 20}.`,
    );
  });

  it('a missing file', async () => {
    const folder = copyOf(sound);
    rmSync(path(folder, 'labels/depth/000002.npz'));
    expect(linesOf(await verify(folder))).toEqual([
      `error: frame 2: labels/depth/000002.npz: expected the file that the record lists, found none. ${REPRODUCE(2)}`,
    ]);
  });

  it('an image of another size, of 8 bits, or of one colour', async () => {
    const folder = copyOf(sound);
    const grey = (width: number, height: number, level: number) =>
      sharp({
        create: { width, height, channels: 3, background: { r: level, g: level, b: level } },
      })
        .png()
        .toBuffer();
    replaceFile(folder, { frame: 0, kind: 'rgb' }, await grey(36, 48, 9));
    replaceFile(folder, { frame: 1, kind: 'rgb' }, await grey(48, 36, 0));
    replaceFile(folder, { frame: 2, kind: 'instance' }, await grey(48, 36, 0));
    const lines = linesOf(await verify(folder), 'image', 'labels').map((line) =>
      line.replace(/ Reproduce.*/, ''),
    );
    expect(lines).toEqual([
      'error: frame 0: images/000000.png: expected an image, of 48×36 pixels, found 36×48.',
      'error: frame 2: labels/instance/000002.png: expected an image, of 16 bits and 1 channel, found 8 bits and 3 channels.',
      'error: frame 1: images/000001.png: colour: expected an image, but every pixel is (0, 0, 0). Nothing was lit or drawn: check lights, environment.strength, sensor.exposureStops and where the camera stands.',
    ]);
  });

  it('a lossy image of one colour is a doubt alone', async () => {
    const outputs = { rgb: { format: 'jpeg' as const } };
    const folder = await makeTrueDataset({ frames: 1, outputs }, [0]);
    const black = { width: 48, height: 36, channels: 3 as const, background: '#000' };
    const bytes = await sharp({ create: black }).jpeg().toBuffer();
    replaceFile(folder, { frame: 0, kind: 'rgb' }, bytes);
    const report = await verify(folder);
    expect(report.outcome).toBe('ok');
    expect(linesOf(report)[0]).toMatch(/^warning: frame 0: images\/000000\.jpg: colour: /);
  });
});

describe('files whose hashes are right and whose content is not', () => {
  it('swapped id images of two frames', async () => {
    const folder = copyOf(sound);
    const [a, b] = [1, 2].map((frame) =>
      readFileSync(path(folder, `labels/instance/00000${frame}.png`)),
    );
    replaceFile(folder, { frame: 1, kind: 'instance' }, b ?? Buffer.of());
    replaceFile(folder, { frame: 2, kind: 'instance' }, a ?? Buffer.of());
    const report = await verify(folder);
    expect(linesOf(report, 'file', 'image', 'record', 'derived')).toEqual([]);
    const lines = linesOf(report, 'labels');
    for (const frame of [1, 2]) {
      const about = lines.filter((line) => line.startsWith(`error: frame ${frame}: instance 2`));
      expect(about[0]).toMatch(
        /expected the area \d+ of its label and at least 1, found \d+ pixels/,
      );
      expect(lines.some((line) => line.includes(`frame ${frame}: labels/semantic/`))).toBe(true);
    }
  });

  it('an unknown id in the id image', async () => {
    const folder = copyOf(sound);
    await editLabel(folder, { frame: 3, kind: 'instance' }, (ids) => withValue(ids, 0, 77));
    expect(linesOf(await verify(folder), 'labels')[0]).toContain(
      'frame 3: id image: pixel (0, 0): expected an instance id of 0..5, found 77.',
    );
  });

  it('a dropped instance that is still visible in the id image', async () => {
    const folder = copyOf(sound);
    const { dropped } = readRecord(folder, 0).annotations;
    const { instanceId = 0, visiblePixels = 0 } =
      dropped.find((one) => one.visiblePixels > 0) ?? {};
    expect(visiblePixels).toBeGreaterThan(0);
    const corner = Array.from({ length: visiblePixels }, (_, i) => i);
    await editLabel(folder, { frame: 0, kind: 'instance' }, (ids) =>
      ids.map((id, i) => (corner.includes(i) ? instanceId : id)),
    );
    expect(linesOf(await verify(folder), 'labels')[0]).toContain(
      `frame 0: dropped instance ${instanceId}: expected 0 visible pixels, found ${visiblePixels}.`,
    );
  });

  it('a semantic image with another category under an instance', async () => {
    const folder = copyOf(sound);
    const before = readRecord(folder, 1);
    await editLabel(folder, { frame: 1, kind: 'semantic' }, (categories) => {
      const first = categories.findIndex((category) => category === 4);
      return withValue(categories, first, 1);
    });
    expect(before.annotations.instances[0]?.categoryId).toBe(4);
    expect(linesOf(await verify(folder))).toEqual([
      expect.stringMatching(
        /^error: frame 1: labels\/semantic\/000001\.png: pixel \(\d+, \d+\): expected category 4, found 1\. Reproduce/,
      ),
    ]);
  });

  it('depth shifted by 2 cm under an instance, in 16 bits', async () => {
    const folder = await makeTrueDataset({ frames: 1, outputs: { depth: { png: true } } }, [0]);
    const ids = await idsOf(folder, 0);
    const shift = (millimetres: number) => (depth: Uint8Array | Uint16Array) =>
      depth.map((value, i) => (ids[i] === 1 ? value + millimetres : value));
    await editLabel(folder, { frame: 0, kind: 'depth' }, shift(1));
    expect(linesOf(await verify(folder))).toEqual([]);
    await editLabel(folder, { frame: 0, kind: 'depth' }, shift(-20));
    expect(linesOf(await verify(folder))).toEqual([
      expect.stringMatching(
        /^error: frame 0: instance 1 \(vase\): pixel \(\d+, \d+\) at depth [\d.]+ m: expected [xyz] within .* of the object, found .*Depth, id, pose and bounds do not belong together/,
      ),
    ]);
  });

  it('depth of 16 bits that is not the float depth', async () => {
    const folder = copyOf(sound);
    await editLabel(folder, { frame: 2, kind: 'depth' }, (depth) => withValue(depth, 5, 8999));
    expect(linesOf(await verify(folder))).toEqual([
      `error: frame 2: labels/depth/000002.png: pixel (5, 0): expected millimetres 9000, found 8999. ${REPRODUCE(2)}`,
    ]);
  });

  it('float depth that is negative, infinite, or nothing under an instance', async () => {
    const folder = copyOf(sound);
    const ids = await idsOf(folder, 0);
    const write = (frame: number, at: number, meters: number): void => {
      const values = new Float32Array(48 * 36).fill(9);
      values[at] = meters;
      replaceFile(
        folder,
        { frame, kind: 'depth-float' },
        encodeNpz({ depth: { values, shape: [36, 48] } }),
      );
    };
    write(0, ids.indexOf(1), 0);
    write(1, 3, -1);
    write(2, 4, Infinity);
    const lines = linesOf(await verify(folder), 'labels');
    expect(lines).toContainEqual(expect.stringContaining('frame 0: depth: pixel'));
    expect(lines).toContainEqual(
      expect.stringContaining('found 0 under instance 1 (1 such pixels)'),
    );
    expect(lines).toContainEqual(
      expect.stringContaining(
        'frame 1: depth: pixel (3, 0): expected 0 or a finite number of metres above it, found -1.',
      ),
    );
    expect(lines).toContainEqual(
      expect.stringContaining('frame 2: depth: pixel (4, 0): expected 0 or a finite'),
    );
  });
});
