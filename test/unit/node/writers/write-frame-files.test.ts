import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { ConfigInput } from '#shared/config/config-schema';
import type { FrameRecord } from '#shared/formats/frame-record';
import { derivedFiles } from '#node/run/dataset-writers';
import { writeFrameFiles } from '#node/writers/write-frame-files';
import { makeInstance, makeLabelledFrame } from '../../../makers/make-labelled-frame.ts';
import { readExr } from '../../../makers/read-exr.ts';
import { readNpz } from '../../../makers/read-npz.ts';
import {
  makeConfig,
  makeDraft,
  makeFolder,
  makeRecord,
  RENDERER,
  readTree,
} from '../store/make-dataset.ts';

const EVERYTHING: ConfigInput['outputs'] = {
  panoptic: true,
  depth: { float: 'exr' },
  range: 'npz',
  normals: { png: true, float: 'exr' },
  objectCoordinates: { png: true, float: 'npz' },
  pointCloud: 'npz',
};
const CATEGORIES = ['box', { name: 'floor', isthing: false }];

/** Two crates, the second one of stuff, under normals that face the camera. */
function makeFrame(outputs: ConfigInput['outputs']) {
  const { plan, buffers } = makeLabelledFrame('1122\n11.2', 1);
  const instances = [makeInstance(1), makeInstance(2, { categoryId: 2, category: 'floor' })];
  const changed = { ...plan, instances };
  const normal = Float32Array.from({ length: 24 }, (_, i) => (i % 3 === 2 ? -1 : 0));
  const whole = { ...buffers, normal };
  const config = makeConfig({ outputs, categories: CATEGORIES });
  const { sample } = makeRecord(plan.frame, {});
  const annotations = annotateFrame(changed, whole, { minPixels: 1 });
  return { config, sample, plan: changed, buffers: whole, annotations };
}

describe('writeFrameFiles', () => {
  it('writes what the outputs ask for by default, and nothing else', async () => {
    const folder = makeFolder();
    const files = await writeFrameFiles(folder, makeFrame({}));
    expect(Object.keys(files).sort()).toEqual(['depth', 'instance', 'rgb', 'semantic']);
    expect(Object.keys(readTree(folder))).toHaveLength(4);
  });

  it('writes every label that there is, as the record lists it', async () => {
    const folder = makeFolder();
    const files = await writeFrameFiles(folder, makeFrame(EVERYTHING));
    expect(
      Object.fromEntries(Object.entries(files).map(([kind, { path }]) => [kind, path])),
    ).toEqual({
      rgb: 'images/000017.png',
      instance: 'labels/instance/000017.png',
      semantic: 'labels/semantic/000017.png',
      panoptic: 'labels/panoptic/000017.png',
      depth: 'labels/depth/000017.png',
      'depth-float': 'labels/depth/000017.exr',
      range: 'labels/range/000017.npz',
      normals: 'labels/normals/000017.png',
      'normals-float': 'labels/normals/000017.exr',
      'object-coordinates': 'labels/object-coordinates/000017.png',
      'object-coordinates-float': 'labels/object-coordinates/000017.npz',
      'point-cloud': 'labels/point-cloud/000017.npz',
    });
    for (const { path, sha256, bytes } of Object.values(files)) {
      const content = readFileSync(join(folder, path));
      expect(content.length).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    }
  });

  it.each([true, false])('holds codes and light of a raw image: mosaic %s', async (isMosaic) => {
    const adc = { bits: 12, blackLevel: 256, fullScale: 1 };
    const channels = isMosaic ? 1 : 3;
    const codes = Array.from({ length: 8 * channels }, (_, i) => (i === 0 ? 4095 : 13 * i));
    const raw = Float32Array.from(codes, (code) => (code - 256) / (4095 - 256));
    const write = async (format: 'png' | 'exr'): Promise<Buffer> => {
      const { plan, buffers, ...frame } = makeFrame({ raw: format });
      const mosaic = isMosaic && { mosaic: { pattern: 'rggb', demosaic: 'malvar' } as const };
      const sensor = { ...plan.sensor, adc, ...mosaic };
      const folder = makeFolder();
      const whole = { ...frame, plan: { ...plan, sensor }, buffers: { ...buffers, raw } };
      const files = await writeFrameFiles(folder, whole);
      expect(files.raw?.path).toBe(`raw/000017.${format}`);
      return readFileSync(join(folder, files.raw?.path ?? ''));
    };
    const png = sharp(await write('png'));
    expect((await png.metadata()).depth).toBe('ushort');
    const { data, info } = await png
      .toColourspace(isMosaic ? 'grey16' : 'rgb16')
      .raw({ depth: 'ushort' })
      .toBuffer({ resolveWithObject: true });
    expect(info.channels).toBe(channels);
    expect([...new Uint16Array(data.buffer, data.byteOffset, data.length / 2)]).toEqual(codes);
    const { channels: found } = readExr(await write('exr'));
    expect([...found.keys()].sort()).toEqual(isMosaic ? ['Y'] : ['B', 'G', 'R']);
    const first = raw.filter((_, i) => i % channels === 0);
    expect(found.get(isMosaic ? 'Y' : 'R')).toEqual(first);
  });

  it('gives equal bytes again', async () => {
    const [first, second] = [makeFolder(), makeFolder()];
    await writeFrameFiles(first, makeFrame(EVERYTHING));
    await writeFrameFiles(second, makeFrame(EVERYTHING));
    expect(readTree(first)).toEqual(readTree(second));
  });

  it('holds in each file what the frame is', async () => {
    const folder = makeFolder();
    const files = await writeFrameFiles(folder, makeFrame(EVERYTHING));
    const bytesOf = (kind: keyof FrameRecord['files']): Buffer =>
      readFileSync(join(folder, files[kind]?.path ?? ''));
    const panoptic = await sharp(bytesOf('panoptic')).raw().toBuffer();
    expect([...panoptic.subarray(0, 12)]).toEqual([1, 0, 0, 1, 0, 0, 2, 0, 1, 2, 0, 1]);
    expect(readExr(bytesOf('normals-float')).channels.get('B')).toEqual(
      new Float32Array(8).fill(-1),
    );
    const normals = await sharp(bytesOf('normals')).raw().toBuffer();
    expect([...normals.subarray(0, 3)]).toEqual([128, 128, 0]);
    expect(readExr(bytesOf('depth-float')).channels.get('Z')?.[0]).toBe(2);
    // The first pixel's ray is (½ − 2, ½ − 1, 4) / 4.
    const range = readNpz(bytesOf('range')).get('range');
    expect(range?.shape).toEqual([2, 4]);
    expect(range?.values[0]).toBeCloseTo(2 * Math.hypot(0.375, 0.125, 1), 6);
    // It lies at (−0.75, −0.25, 2): in the crate of 4 × 4 × 2 m around (0, 0, 2).
    const coordinates = readNpz(bytesOf('object-coordinates-float')).get('object_coordinates');
    expect(coordinates?.shape).toEqual([2, 4, 3]);
    expect([...(coordinates?.values.subarray(0, 3) ?? [])]).toEqual([1.25 / 4, 1.75 / 4, 0.5]);
    const cloud = readNpz(bytesOf('point-cloud'));
    expect(cloud.get('points')?.shape).toEqual([8, 3]);
    expect([...(cloud.get('category_id')?.values ?? [])]).toEqual([1, 1, 2, 2, 1, 1, 0, 2]);
  });

  it('refuses normals that the page did not send', async () => {
    const frame = makeFrame({ normals: { png: true } });
    const buffers = { ...frame.buffers, normal: undefined };
    await expect(writeFrameFiles(makeFolder(), { ...frame, buffers })).rejects.toThrow(
      'frame 17: expected normals from the page, found none.',
    );
  });
});

describe('derivedFiles', () => {
  const record = async (folder: string): Promise<FrameRecord> => {
    const { annotations, ...frame } = makeFrame(EVERYTHING);
    const files = await writeFrameFiles(folder, { annotations, ...frame });
    return { ...makeRecord(17, files), annotations };
  };

  it('writes the documents that are asked for, each from all records, and removes others', async () => {
    const folder = makeFolder();
    const records = [await record(folder)];
    const manifestOf = (outputs: ConfigInput['outputs']) => ({
      ...makeDraft({ outputs, categories: CATEGORIES }),
      categories: [
        { id: 1, name: 'box' },
        { id: 2, name: 'floor', isthing: false },
      ],
      renderer: RENDERER,
    });
    const listed = (): string[] =>
      derivedFiles.paths.filter((path) => Object.hasOwn(readTree(folder), path));
    await derivedFiles.write(folder, manifestOf(EVERYTHING), records);
    expect(listed()).toEqual(['annotations/instances.json', 'annotations/panoptic.json']);
    for (const path of listed()) {
      const document = JSON.parse(readFileSync(join(folder, path), 'utf8')) as {
        annotations: readonly unknown[];
      };
      expect(document.annotations).toHaveLength(1);
    }
    await derivedFiles.write(folder, manifestOf({ coco: false }), records);
    expect(listed()).toEqual([]);
  });
});
