import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InstanceAnnotation } from '#shared/annotate/annotations';
import { decodeMask, encodeMask } from '#shared/annotate/rle';
import type { Mat4 } from '#shared/core/geometry';
import type { FrameRecord } from '#shared/formats/frame-record';
import {
  copyOf,
  editInstance,
  editRecord,
  journalLines,
  linesOf,
  makeTrueDataset,
  path,
  readRecord,
  REPRODUCE,
  verify,
  withValue,
  writeJournal,
} from './make-true-dataset.ts';

let sound: string;
beforeAll(async () => {
  sound = await makeTrueDataset();
});

/** A record whose camera has a lens of Brown and Conrady. */
function withLens(record: FrameRecord, coefficients: readonly number[]): FrameRecord {
  const distortion = { model: 'brown-conrady', coefficients } as const;
  const { camera } = record;
  return { ...record, camera: { ...camera, intrinsics: { ...camera.intrinsics, distortion } } };
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
            withValue(
              decodeMask(one.amodal.segmentation),
              decodeMask(one.segmentation).indexOf(1),
              0,
            ),
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
      what: 'a lens that the sample does not have',
      change: (record) => withLens(record, [-0.01, 0, 0, 0, 0]),
      text: 'frame 1: camera: distortion: expected null as in the sample, found {"model":"brown-conrady","coefficients":[-0.01,0,0,0,0]}.',
    },
    {
      what: 'a lens that folds inside the image',
      change: (record) => withLens(record, [-9, 0, 0, 0, 0]),
      text: 'frame 1: frames.jsonl: camera.intrinsics.distortion: expected a lens that fills the image without a fold, found {"model":"brown-conrady","coefficients":[-9,0,0,0,0]}.',
    },
    {
      what: 'a lens with a coefficient too few',
      change: (record) => withLens(record, [0, 0, 0, 0]),
      text: 'frame 1: frames.jsonl: camera.intrinsics.distortion.coefficients: expected a list of 5, 8 or 12, found [0,0,0,0].',
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
