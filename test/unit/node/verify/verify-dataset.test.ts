import { cpSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { InstanceAnnotation } from '#shared/annotate/annotations';
import { encodeMask, decodeMask } from '#shared/annotate/rle';
import type { Mat4 } from '#shared/core/geometry';
import type { FrameRecord } from '#shared/formats/frame-record';
import { SHOWN_PER_KIND } from '#node/verify/problem-list';
import { laneCount } from '#node/verify/verify-dataset';
import { encodeNpz } from '#node/writers/encode-npz';
import { makeFolder, readTree } from '../store/make-dataset.ts';
import {
  editLabel,
  editRecord,
  journalLines,
  linesOf,
  makeTrueDataset,
  readRecord,
  replaceFile,
  verify,
  writeJournal,
} from './make-true-dataset.ts';

let sound: string;
const copies: string[] = [];
beforeAll(async () => {
  sound = await makeTrueDataset();
});
afterEach(() => {
  for (const copy of copies.splice(0)) rmSync(dirname(copy), { recursive: true, force: true });
});
afterAll(() => rmSync(dirname(sound), { recursive: true, force: true }));

/** A copy that a test may damage. */
function copyOf(folder: string): string {
  const copy = join(makeFolder(), 'out');
  cpSync(folder, copy, { recursive: true });
  copies.push(copy);
  return copy;
}

/** Changes one instance of a frame. */
function editInstance(
  folder: string,
  { frame, id }: Readonly<{ frame: number; id: number }>,
  change: (instance: InstanceAnnotation) => unknown,
): void {
  editRecord(folder, frame, (record) => ({
    ...record,
    annotations: {
      ...record.annotations,
      instances: record.annotations.instances.map((one) =>
        one.instanceId === id ? change(one) : one,
      ),
    },
  }));
}

const path = (folder: string, name: string): string => join(folder, name);
const flipByte = (file: string, fromEnd: number): void => {
  const bytes = readFileSync(file);
  const at = bytes.length - fromEnd;
  bytes[at] = (bytes[at] ?? 0) ^ 4;
  writeFileSync(file, bytes);
};
const REPRODUCE = (frame: number): string =>
  `Reproduce: npx diorama render crates.yaml --seed verify --frames ${frame}..${frame} ` +
  `--set image.width=48 --set image.height=36 --gl swiftshader --out out/frame-${frame}`;

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

  it.each([
    { depth: { png: true, float: 'exr' as const } },
    { depth: { png: true, float: 'none' as const } },
    { depth: { png: false, float: 'npz' as const } },
    { depth: { png: false }, instance: false, semantic: false },
    { instance: false, rgb: { format: 'jpeg' as const, quality: 80 } },
    { semantic: false, coco: false, rgb: { format: 'webp' as const } },
  ])('has none with %j', async (outputs) => {
    const folder = await makeTrueDataset({ frames: 2, outputs }, [0, 1]);
    copies.push(folder);
    expect(linesOf(await verify(folder))).toEqual([]);
  });

  it('has none without amodal masks, without categories and without instances', async () => {
    const plain = await makeTrueDataset({ frames: 1, labels: { amodal: false } }, [0]);
    const empty = await makeTrueDataset(
      { frames: 1, objects: {}, nodes: { vase: { visible: false } } },
      [0],
    );
    copies.push(plain, empty);
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
    copies.push(folder);
    const report = await verify(folder);
    expect(linesOf(report)).toEqual(['warning: expected 4 frames, found 2; not there: 0, 3.']);
    expect(report.outcome).toBe('ok');
    expect(await verify(folder, { complete: true })).toMatchObject({
      outcome: 'failed',
      errors: 1,
    });
  });
});

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
    copies.push(folder);
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
    await editLabel(folder, { frame: 3, kind: 'instance' }, (ids) => ids.with(0, 77));
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
      return categories.with(first, 1);
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
    copies.push(folder);
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
    await editLabel(folder, { frame: 2, kind: 'depth' }, (depth) => depth.with(5, 8999));
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

async function idsOf(folder: string, frame: number): Promise<Uint8Array | Uint16Array> {
  let ids: Uint8Array | Uint16Array = new Uint16Array();
  await editLabel(folder, { frame, kind: 'instance' }, (values) => (ids = values));
  return ids;
}

describe('records that are wrong', () => {
  const shiftX = (matrix: Mat4): Mat4 => matrix.map((v, i) => (i === 3 ? v + 0.5 : v));
  it.each<{
    what: string;
    id?: number;
    change: (instance: InstanceAnnotation) => unknown;
    text: string | RegExp;
  }>([
    {
      what: 'a wrong box',
      change: (one) => ({ ...one, bbox: [one.bbox[0], one.bbox[1], one.bbox[2] + 1, one.bbox[3]] }),
      text: /frame 1: instance 2 \(crates\[0\]\): expected the box \[.*\] of its label, found \[/,
    },
    {
      what: 'a wrong area',
      change: (one) => ({ ...one, area: one.area + 1 }),
      text: /frame 1: instance 2 \(crates\[0\]\): expected the area 21 of its label and at least 1, found 20 pixels/,
    },
    {
      what: 'an area that is width × height',
      id: 5,
      change: (one) => ({ ...one, area: one.bbox[2] * one.bbox[3] }),
      text: /frame 1: instance 5 \(crates\[3\]\): expected the area \d+ of its label and at least 1, found 8/,
    },
    {
      what: 'a wrong RLE',
      change: (one) => {
        const mask = decodeMask(one.segmentation);
        const moved = mask.map((_, i) => mask[i - 1] ?? 0);
        return { ...one, segmentation: encodeMask(moved, { width: 48, height: 36 }) };
      },
      text: /frame 1: instance 2 \(crates\[0\]\): mask: pixel \(\d+, \d+\): expected id 2, found \d/,
    },
    {
      what: 'an RLE of rows instead of columns',
      change: (one) => {
        const mask = decodeMask(one.segmentation);
        const turned = mask.map((_, i) => mask[(i % 36) * 48 + Math.floor(i / 36)] ?? 0);
        const { counts } = encodeMask(turned, { width: 48, height: 36 });
        return { ...one, segmentation: { ...one.segmentation, counts } };
      },
      text: /frame 1: instance 2 \(crates\[0\]\): mask: pixel/,
    },
    {
      what: 'an RLE whose size is [width, height]',
      change: (one) => ({ ...one, segmentation: { ...one.segmentation, size: [48, 36] } }),
      text: 'frame 1: frames.jsonl: annotations.instances[1].segmentation.size: expected [36, 48]: height, then width, found [48,36].',
    },
    {
      what: 'an RLE that is cut off',
      change: (one) => ({
        ...one,
        segmentation: { ...one.segmentation, counts: one.segmentation.counts.slice(0, -1) },
      }),
      text: /frame 1: instance 2 \(crates\[0\]\): mask: |frame 1: run-length encoding: /,
    },
    {
      what: 'amodal smaller than visible',
      change: (one) => ({
        ...one,
        amodal: one.amodal && {
          ...one.amodal,
          area: one.amodal.area - 1,
          segmentation: encodeMask(
            decodeMask(one.amodal.segmentation).with(decodeMask(one.segmentation).indexOf(1), 0),
            { width: 48, height: 36 },
          ),
        },
      }),
      text: 'frame 1: instance 2 (crates[0]): amodal: expected all visible pixels inside its mask, found 1 outside.',
    },
    {
      what: 'a visibility that is not visible by amodal',
      change: (one) => ({ ...one, amodal: { ...one.amodal, visibility: 0.5 } }),
      text: /frame 1: instance 2 \(crates\[0\]\): amodal: expected visibility 0\.83\d+, found 0\.5\./,
    },
    {
      what: 'no amodal mask',
      change: ({ amodal: _amodal, ...one }) => one,
      text: 'frame 1: frames.jsonl: annotations.instances[1].amodal: expected an object, found nothing.',
    },
    {
      what: 'another category',
      change: (one) => ({ ...one, categoryId: 3 }),
      text: 'frame 1: instance 2 (crates[0]): category: expected 2 (crate) as in the sample, found 3 (wedge).',
    },
    {
      what: 'another category, in pixels too',
      change: (one) => ({ ...one, categoryId: 3 }),
      text: /frame 1: labels\/semantic\/000001\.png: pixel \(\d+, \d+\): expected category 3, found 2 \(20 such pixels\)/,
    },
    {
      what: 'a category that the dataset does not have',
      change: (one) => ({ ...one, categoryId: 9 }),
      text: 'frame 1: frames.jsonl: annotations.instances[1].categoryId: expected a whole number of 1..4, found 9.',
    },
    {
      what: 'the category 0, which is background',
      change: (one) => ({ ...one, categoryId: 0 }),
      text: 'annotations.instances[1].categoryId: expected a whole number of 1..4, found 0.',
    },
    {
      what: 'an area that is a list',
      change: (one) => ({ ...one, area: [one.area] }),
      text: 'annotations.instances[1].area: expected a whole number from 1, found [20].',
    },
    {
      what: 'an empty annotation',
      change: (one) => ({ ...one, area: 0, bbox: [0, 0, 0, 0] }),
      text: 'annotations.instances[1].area: expected a whole number from 1, found 0.',
    },
    {
      what: 'a number that became null',
      change: (one) => ({ ...one, scale: [null, 1, 1] }),
      text: 'annotations.instances[1].scale[0]: expected a finite number, found null.',
    },
    {
      what: 'a pose that is not rigid',
      change: (one) => ({
        ...one,
        cameraFromObject: one.cameraFromObject.map((v, i) => (i < 12 ? v * 1.25 : v)),
      }),
      text: /frame 1: instance 2 \(crates\[0\]\): cameraFromObject: expected a rotation: columns 0 and 0 must have the product 1/,
    },
    {
      what: 'a pose that is mirrored',
      change: (one) => ({
        ...one,
        cameraFromObject: one.cameraFromObject.map((v, i) => (i % 4 === 0 && i < 12 ? -v : v)),
      }),
      text: /frame 1: instance 2 \(crates\[0\]\): cameraFromObject: .* the axes are mirrored/,
    },
    {
      what: 'a pose in other columns (column-major)',
      change: (one) => ({
        ...one,
        cameraFromObject: one.cameraFromObject.map(
          (_, i) => one.cameraFromObject[(i % 4) * 4 + (i >> 2)],
        ),
      }),
      text: /frame 1: instance 2 \(crates\[0\]\): cameraFromObject: expected the last row 0, 0, 0, 1/,
    },
    {
      what: 'a pose half a metre off',
      change: (one) => ({ ...one, cameraFromObject: shiftX(one.cameraFromObject) }),
      text: /frame 1: instance 2 \(crates\[0\]\): pixel \(\d+, \d+\) at depth [\d.]+ m: expected [xyz] within/,
    },
    {
      what: 'a pose half a metre off, by the sample too',
      change: (one) => ({ ...one, cameraFromObject: shiftX(one.cameraFromObject) }),
      text: /frame 1: instance 2 \(crates\[0\]\): cameraFromObject: row 0, column 3: expected .* as in the sample, found/,
    },
    {
      what: 'bounds whose sides are swapped',
      change: (one) => ({
        ...one,
        bounds: one.bounds && { min: one.bounds.max, max: one.bounds.min },
      }),
      text: /frame 1: frames\.jsonl: annotations\.instances\[1\]\.bounds\.max: expected at least min/,
    },
    {
      what: 'an instance id gap',
      change: (one) => ({ ...one, instanceId: 6 }),
      text: 'frame 1: frames.jsonl: annotations.instances[2].instanceId: expected more than 6, as ids ascend, found 3.',
    },
    {
      what: 'another model than the sample has',
      change: (one) => ({ ...one, assetId: 'rod' }),
      text: /frame 1: instance 2 \(crates\[0\]\): assetId: expected ".*" as in the sample, found "rod"\./,
    },
  ])('$what', async ({ id = 2, change, text }) => {
    const folder = copyOf(sound);
    editInstance(folder, { frame: 1, id }, change);
    const report = await verify(folder);
    expect(report.outcome).toBe('failed');
    const lines = linesOf(report, 'labels', 'record');
    expect(lines).toContainEqual(
      typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text),
    );
    for (const line of lines) {
      expect(line).toMatch(/^error: frame 1: /);
      expect(line).toContain(REPRODUCE(1));
    }
  });

  it('an instance id gap that ascends', async () => {
    const folder = copyOf(sound);
    editInstance(folder, { frame: 2, id: 5 }, (one) => ({ ...one, instanceId: 6 }));
    expect(linesOf(await verify(folder), 'labels')[0]).toContain(
      'frame 2: instances: expected ids 1..5, each once, found 6 in place of 5.',
    );
  });

  it('a number that is not finite', async () => {
    const folder = copyOf(sound);
    const lines = journalLines(folder);
    writeJournal(
      folder,
      lines.map((line, i) => (i === 1 ? line.replace(/"strength":1\b/, '"strength":1e999') : line)),
    );
    expect(linesOf(await verify(folder), 'record')[0]).toContain(
      'frame 1: frames.jsonl: sample.environment.strength: expected a finite number, found Infinity.',
    );
  });

  it.each<{ what: string; change: (record: FrameRecord) => unknown; text: string }>([
    {
      what: 'width and height swapped',
      change: (record) => ({ ...record, width: record.height, height: record.width }),
      text: 'frame 1: frames.jsonl: width: expected 48, found 36.',
    },
    {
      what: 'a camera that is not the sample’s',
      change: (record) => ({
        ...record,
        camera: { ...record.camera, intrinsics: { ...record.camera.intrinsics, cx: 23.5 } },
      }),
      text: 'frame 1: camera: cx: expected 24 as in the sample, found 23.5.',
    },
    {
      what: 'another seed',
      change: (record) => ({ ...record, sample: { ...record.sample, seed: 'other' } }),
      text: 'frame 1: frames.jsonl: sample.seed: expected "verify", found "other".',
    },
    {
      what: 'the sample of another frame',
      change: (record) => ({ ...record, sample: { ...record.sample, frame: 2 } }),
      text: 'frame 1: frames.jsonl: sample.frame: expected 1, found 2.',
    },
    {
      what: 'a reason for a drop that does not exist',
      change: (record) => ({
        ...record,
        annotations: {
          ...record.annotations,
          dropped: [{ instanceId: 9, categoryId: 1, visiblePixels: 0, reason: 'ugly' }],
        },
      }),
      text: 'frame 1: frames.jsonl: annotations.dropped[0].reason: expected "outside-or-hidden" or',
    },
    {
      what: 'a file that is not listed',
      change: ({ files: { depth: _depth, ...files }, ...record }) => ({ ...record, files }),
      text: 'frame 1: frames.jsonl: files.depth: expected labels/depth/000001.png, found none.',
    },
    {
      what: 'the file of another frame',
      change: (record) => ({
        ...record,
        files: { ...record.files, rgb: readRecord(sound, 2).files.rgb },
      }),
      text: 'frame 1: frames.jsonl: files.rgb: expected images/000001.png, found images/000002.png.',
    },
  ])('$what', async ({ change, text }) => {
    const folder = copyOf(sound);
    editRecord(folder, 1, change);
    expect(linesOf(await verify(folder), 'labels', 'record')).toContainEqual(
      expect.stringContaining(text),
    );
  });

  it('every instance of a frame is told of, not the first alone', async () => {
    const folder = copyOf(sound);
    for (const id of [1, 2, 3]) {
      editInstance(folder, { frame: 2, id }, (one) => ({ ...one, area: one.area + 1 }));
    }
    const lines = linesOf(await verify(folder), 'labels');
    expect(lines.filter((line) => /expected the area/.test(line))).toHaveLength(3);
  });
});

describe('a damaged journal', () => {
  it('a duplicate frame', async () => {
    const folder = copyOf(sound);
    const lines = journalLines(folder);
    writeJournal(folder, [...lines, lines[1] ?? '']);
    expect(linesOf(await verify(folder))).toEqual([
      'error: frame 1: frames.jsonl: line 5: expected each frame once, found it on line 2 too.',
    ]);
  });

  it('a frame out of range', async () => {
    const folder = copyOf(sound);
    editRecord(folder, 3, (record) => ({ ...record, frame: 7 }));
    expect(linesOf(await verify(folder))).toEqual(
      expect.arrayContaining([
        'error: frame 7: frames.jsonl: line 4: expected frames 0..3, as in the config.',
        'warning: expected 4 frames, found 3; not there: 3.',
      ]),
    );
  });

  it('frames out of order', async () => {
    const folder = copyOf(sound);
    writeJournal(folder, journalLines(folder).reverse());
    expect(linesOf(await verify(folder), 'journal')[0]).toBe(
      'error: frame 2: frames.jsonl: line 2: expected ascending frames, found it after 3.',
    );
  });

  it('a torn last line', async () => {
    const folder = copyOf(sound);
    const text = readFileSync(path(folder, 'frames.jsonl'), 'utf8');
    writeFileSync(path(folder, 'frames.jsonl'), text.slice(0, -9));
    const lines = linesOf(await verify(folder));
    expect(lines[0]).toMatch(
      /^error: frames\.jsonl: line 4: expected a line that ends, found one that was cut off \(\d+ bytes\)\./,
    );
    expect(lines).toContain('warning: expected 4 frames, found 3; not there: 3.');
  });

  it('a line that is no record, in the middle', async () => {
    const folder = copyOf(sound);
    writeJournal(
      folder,
      journalLines(folder).map((line, i) => (i === 1 ? line.slice(0, 40) : line)),
    );
    expect(linesOf(await verify(folder))[0]).toMatch(
      /^error: frames\.jsonl: line 2: expected one frame record as JSON, got /,
    );
  });

  it('a path that leaves the dataset', async () => {
    const folder = copyOf(sound);
    editRecord(folder, 0, ({ files, ...record }) => ({
      ...record,
      files: { ...files, rgb: { ...files.rgb, path: '../../etc/passwd' } },
    }));
    expect(linesOf(await verify(folder))[0]).toContain(
      'frames.jsonl: line 1: files.rgb: expected {path inside the dataset, sha256, bytes}',
    );
  });

  it('no journal', async () => {
    const folder = copyOf(sound);
    rmSync(path(folder, 'frames.jsonl'));
    expect(linesOf(await verify(folder))[0]).toBe(
      'error: frames.jsonl: expected one record a line, found no such file.',
    );
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
    copies.push(plain);
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
    expect(laneCount({ width: 640, height: 480 }, 8)).toBe(8);
    expect(laneCount({ width: 4096, height: 4096 }, 8)).toBe(1);
    expect(laneCount({ width: 8192, height: 8192 }, 8)).toBe(1);
  });
});
