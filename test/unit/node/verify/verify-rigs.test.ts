import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import type { FrameRecord } from '#shared/formats/frame-record';
import { decodeLabel } from '#node/readers/decode-label';
import { derivedFiles } from '#node/run/dataset-writers';
import { mergeDatasets } from '#node/store/merge-datasets';
import { makeFolder, readTree } from '../store/make-dataset.ts';
import {
  copyOf,
  editLabel,
  editRecord,
  linesOf,
  makeTrueDataset,
  path,
  readRecord,
  verify,
  withValue,
} from './make-true-dataset.ts';

/** Two moments of a stereo pair with a third camera that looks down from above, through a wider lens. */
const RIG: Partial<ConfigInput> = {
  frames: 6,
  camera: {
    pose: { kind: 'at', position: [0, 1.3, 1.6], target: [0, 0.8, 0] },
    rollDegrees: { kind: 'uniform', min: -20, max: 20 },
    rig: {
      views: {
        left: {},
        right: { positionMeters: [0.12, 0, 0] },
        above: {
          positionMeters: [0, -0.4, 0],
          pitchDegrees: { kind: 'uniform', min: -20, max: -10 },
          lens: { kind: 'fov', verticalDegrees: { kind: 'uniform', min: 60, max: 80 } },
        },
      },
      pairs: [['left', 'right']],
    },
  },
  outputs: { depth: { png: true, float: 'npz' }, disparity: { png: true, float: 'npz' } },
};
const ALL = [0, 1, 2, 3, 4, 5];

let sound: string;
beforeAll(async () => {
  sound = await makeTrueDataset(RIG, ALL);
});

const read = async (file: string): Promise<ArrayLike<number>> =>
  (await decodeLabel(file, readFileSync(path(sound, file)))).values;

describe('a dataset of a rig', () => {
  it('verifies; its views share what was drawn, and differ by where they look from', async () => {
    expect(linesOf(await verify(sound))).toEqual([]);
    const records = ALL.map((frame) => readRecord(sound, frame));
    expect(records.map(({ rig }) => rig)).toEqual([
      { moment: 0, view: 'left' },
      { moment: 0, view: 'right' },
      { moment: 0, view: 'above' },
      { moment: 1, view: 'left' },
      { moment: 1, view: 'right' },
      { moment: 1, view: 'above' },
    ]);
    const focals = records.map(({ camera }) => camera.intrinsics.fx);
    expect(focals[1]).toBe(focals[0]);
    expect(focals[2]).toBeLessThan(0.8 * (focals[0] ?? NaN));
    expect(focals[5]).not.toBe(focals[2]);
    expect(focals[2]).toBe(records[0]?.sample.rig?.views[2]?.intrinsics?.fx);
    const objectsOf = (frame: number): unknown => records[frame]?.sample.objects;
    expect(objectsOf(1)).toEqual(objectsOf(0));
    expect(objectsOf(2)).toEqual(objectsOf(0));
    expect(objectsOf(3)).not.toEqual(objectsOf(0));
    const [left = [], right = []] = records.map(({ camera }) => camera.worldFromCamera);
    const step = [3, 7, 11].map((i) => (right[i] ?? NaN) - (left[i] ?? NaN));
    // The columns of a pose are its axes: the step is 12 cm along x, which the roll has turned.
    for (const [axis, i] of [0, 4, 8].entries())
      expect(step[axis]).toBeCloseTo(0.12 * (left[i] ?? NaN), 12);
    expect([0, 1, 2, 4, 5, 6, 8, 9, 10].map((i) => right[i])).toEqual(
      [0, 1, 2, 4, 5, 6, 8, 9, 10].map((i) => left[i]),
    );
  });

  it('gives one object one track in all views of a moment, and another in the next', () => {
    const tracks = ALL.map((frame) => {
      const { instances } = readRecord(sound, frame).annotations;
      return new Map(instances.map(({ instanceId, trackId }) => [instanceId, trackId]));
    });
    const shared = [...(tracks[0]?.keys() ?? [])].filter((id) => tracks[1]?.has(id));
    expect(shared.length).toBeGreaterThan(1);
    for (const id of shared) {
      expect(tracks[0]?.get(id)).toBe(65536 + id);
      expect(tracks[1]?.get(id)).toBe(65536 + id);
      expect(tracks[3]?.get(id) ?? 4 * 65536 + id).toBe(4 * 65536 + id);
    }
  });

  it('tells COCO which images are of one moment', () => {
    const text = readFileSync(path(sound, 'annotations/instances.json'), 'utf8');
    const { images } = JSON.parse(text) as { images: readonly object[] };
    expect(images.map((image) => image)).toMatchObject([
      { id: 1, file_name: 'images/000000.png', moment: 0, view: 'left' },
      { id: 2, file_name: 'images/000001.png', moment: 0, view: 'right' },
      { id: 3, moment: 0, view: 'above' },
      { id: 4, moment: 1, view: 'left' },
      { id: 5, moment: 1, view: 'right' },
      { id: 6, moment: 1, view: 'above' },
    ]);
  });

  it('has the disparity f · b / z in both views of a pair, and none above', async () => {
    expect(Object.keys(readRecord(sound, 2).files)).not.toContain('disparity');
    for (const frame of [0, 1]) {
      const { camera, disparity } = readRecord(sound, frame);
      expect(disparity).toMatchObject({ side: frame === 0 ? 'left' : 'right', other: 1 - frame });
      const name = `00000${frame}`;
      const found = await read(`labels/disparity/${name}.npz`);
      const coarse = await read(`labels/disparity/${name}.png`);
      const depth = await read(`labels/depth/${name}.npz`);
      for (let i = 0; i < depth.length; i++) {
        const expected = (camera.intrinsics.fx * 0.12) / (depth[i] ?? NaN);
        expect(Math.abs((found[i] ?? NaN) - expected)).toBeLessThan(1e-5);
        expect(Math.abs((coarse[i] ?? NaN) / 256 - expected)).toBeLessThan(1 / 512 + 1e-5);
      }
    }
  });

  it('says which points the other view hides: what it shows there is nearer', async () => {
    const [left, right] = ['000000', '000001'];
    const mask = await read(`labels/disparity-mask/${left}.png`);
    const disparity = await read(`labels/disparity/${left}.npz`);
    const other = await read(`labels/disparity/${right}.npz`);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < mask.length; i++) {
      const state = mask[i] ?? 0;
      counts[state] = (counts[state] ?? 0) + 1;
      const x = (i % 48) + 0.5 - (disparity[i] ?? NaN);
      if (state === 3) expect(x).toBeLessThan(0.001);
      else expect(x).toBeGreaterThan(-0.001);
      if (state === 3 || x < 1 || x > 47) continue;
      const seen = other[i - (i % 48) + Math.floor(x)] ?? NaN;
      // A pixel of slopes apart; what hides is nearer by more than a thousandth.
      if (state === 2) expect(seen).toBeGreaterThan(disparity[i] ?? NaN);
      else expect(seen).toBeLessThan((disparity[i] ?? NaN) + 1);
    }
    const { visible, occluded, outside, unknown } = readRecord(sound, 0).disparity ?? {};
    expect(counts).toEqual([unknown, visible, occluded, outside]);
    expect(occluded).toBeGreaterThan(10);
  });

  it('is the same in shards that part the views of a moment', async () => {
    const shards = [await makeTrueDataset(RIG, [5, 0, 3]), await makeTrueDataset(RIG, [1, 2, 4])];
    const merged = join(makeFolder(), 'merged');
    await mergeDatasets(merged, shards, derivedFiles);
    const { 'run.json': _, ...whole } = readTree(sound);
    expect(readTree(merged)).toEqual(whole);
  });

  it('has videos of each view where moments follow one another', async () => {
    const moving = { ...RIG, frames: 12, sequence: { frames: 2, framesPerSecond: 10 } };
    const folder = await makeTrueDataset(
      { ...moving, outputs: { ...RIG.outputs, flow: { forward: 'flo' } } },
      Array.from({ length: 12 }, (_, k) => k),
    );
    expect(linesOf(await verify(folder))).toEqual([]);
    const text = readFileSync(path(folder, 'annotations/instances.json'), 'utf8');
    const { images, videos } = JSON.parse(text) as Record<
      'images' | 'videos',
      readonly Record<string, unknown>[]
    >;
    expect(images.map((one) => `${String(one['video_id'])}.${String(one['frame_index'])}`)).toEqual(
      '1.0 2.0 3.0 1.1 2.1 3.1 4.0 5.0 6.0 4.1 5.1 6.1'.split(' '),
    );
    expect(videos.map(({ name }) => name)).toEqual(
      ['000000', '000006'].flatMap((k) =>
        ['left', 'right', 'above'].map((view) => `sequence-${k}-${view}`),
      ),
    );
    // Flow leads to the next moment by the same view.
    expect(Object.keys(readRecord(folder, 1).files)).toContain('flow-forward');
    expect(Object.keys(readRecord(folder, 4).files)).not.toContain('flow-forward');
  });
});

describe('damage to a rig', () => {
  const labelsOf = async (folder: string): Promise<readonly string[]> =>
    linesOf(await verify(folder), 'record', 'labels');

  it.each<{ what: string; change: (record: FrameRecord) => unknown; text: RegExp }>([
    {
      what: 'another view',
      change: (record) => ({ ...record, rig: { moment: 0, view: 'right' } }),
      text: /rig\.view: expected "left", found "right"/,
    },
    {
      what: 'no rig',
      change: ({ rig: _, ...record }) => record,
      text: /rig: expected an object, found nothing/,
    },
    {
      what: 'a sample of another view',
      change: (record) => ({
        ...record,
        sample: { ...record.sample, rig: { ...record.sample.rig, view: 1 } },
      }),
      text: /camera: worldFromCamera: .* as in the sample/,
    },
    {
      what: 'another baseline',
      change: (record) => ({ ...record, disparity: { ...record.disparity, baselineMeters: 0.13 } }),
      text: /disparity\/000000\.npz: pixel \(0, 0\): expected .* pixels at depth/,
    },
  ])('$what is told', async ({ change, text }) => {
    const folder = copyOf(sound);
    editRecord(folder, 0, change);
    expect((await labelsOf(folder)).join('\n')).toMatch(text);
  });

  it('files that are not those of the depth, the mask or each other are told', async () => {
    const mask = copyOf(sound);
    await editLabel(mask, { frame: 0, kind: 'disparity-mask' }, (v) => withValue(v, 3, 0));
    expect((await labelsOf(mask)).join('\n')).toMatch(/disparity-mask\/000000\.png: .*counts/);
    expect((await labelsOf(mask)).join('\n')).toMatch(/pixel \(3, 0\): expected none, as the mask/);
    const coarse = copyOf(sound);
    await editLabel(coarse, { frame: 0, kind: 'disparity' }, (v) => withValue(v, 3, 9));
    expect((await labelsOf(coarse)).join('\n')).toMatch(
      /disparity\/000000\.png: pixel \(3, 0\): expected the disparity/,
    );
  });
});
