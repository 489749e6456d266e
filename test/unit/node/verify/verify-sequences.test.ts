import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import type { FrameRecord } from '#shared/formats/frame-record';
import { mergeDatasets } from '#node/store/merge-datasets';
import { derivedFiles } from '#node/run/dataset-writers';
import { makeFolder, readTree } from '../store/make-dataset.ts';
import {
  copyOf,
  CRATES,
  editInstance,
  editRecord,
  journalLines,
  linesOf,
  makeTrueDataset,
  readRecord,
  verify,
  writeJournal,
} from './make-true-dataset.ts';

/** Two sequences of three frames, in which the crates slide and turn and the camera goes round them. */
const MOVING: Partial<ConfigInput> = {
  frames: 6,
  sequence: { frames: 3, framesPerSecond: 10 },
  camera: {
    pose: { kind: 'at', position: [0, 1.3, 1.6], target: [0, 0.8, 0] },
    motion: { orbitDegreesPerSecond: { kind: 'uniform', min: 20, max: 40 } },
  },
  objects: Object.fromEntries(
    Object.entries(CRATES.objects ?? {}).map(([name, group]) => [
      name,
      {
        ...group,
        motion: {
          velocityMetersPerSecond: [{ kind: 'uniform', min: -0.2, max: 0.2 }, 0, 0],
          spinDegreesPerSecond: 45,
        },
      },
    ]),
  ),
};
const ALL = [0, 1, 2, 3, 4, 5];

let sound: string;
beforeAll(async () => {
  sound = await makeTrueDataset(MOVING, ALL);
});

describe('a dataset of sequences', () => {
  it('verifies, and moves', async () => {
    expect(linesOf(await verify(sound))).toEqual([]);
    const poses = [0, 1, 2, 3].map(
      (frame) => readRecord(sound, frame).annotations.instances.at(-1)?.cameraFromObject,
    );
    expect(new Set(poses.map((pose) => JSON.stringify(pose))).size).toBe(4);
  });

  it('has the same frame 4 where that is the only one', async () => {
    const alone = await makeTrueDataset(MOVING, [4]);
    expect(journalLines(alone)).toEqual([journalLines(sound)[4]]);
    const [tree, whole] = [readTree(alone), readTree(sound)];
    const names = Object.keys(tree).filter((name) => name.includes('000004'));
    expect(names.length).toBeGreaterThanOrEqual(4);
    for (const name of names) expect(tree[name]).toEqual(whole[name]);
  });

  it('is the same in shards that cut through its sequences, last frames first', async () => {
    const shards = [
      await makeTrueDataset(MOVING, [5, 3, 1]),
      await makeTrueDataset(MOVING, [2, 4, 0]),
    ];
    const merged = join(makeFolder(), 'merged');
    await mergeDatasets(merged, shards, derivedFiles);
    const { 'run.json': _, ...whole } = readTree(sound);
    expect(readTree(merged)).toEqual(whole);
  });

  it('verifies in part, where the frame before is not there', async () => {
    const folder = copyOf(sound);
    writeJournal(folder, journalLines(folder).slice(2, 3));
    for (const name of ['instances', 'keypoints']) {
      rmSync(join(folder, `annotations/${name}.json`), { force: true });
    }
    writeFileSync(join(folder, 'annotations/unused'), '');
    expect(linesOf(await verify(folder), 'record', 'labels')).toEqual([]);
  });
});

describe('damage to sequences', () => {
  const sequenceOf = (change: (sequence: object) => unknown) => (record: FrameRecord) => ({
    ...record,
    sequence: change(record.sequence ?? {}),
  });
  it.each<{ what: string; change: (record: FrameRecord) => unknown; text: RegExp }>([
    {
      what: 'no sequence',
      change: sequenceOf(() => undefined),
      text: /frame 4: frames\.jsonl: sequence: expected an object, found nothing/,
    },
    {
      what: 'a wrong index',
      change: sequenceOf((one) => ({ ...one, index: 4 })),
      text: /sequence\.index: expected 1, found 4/,
    },
    {
      what: 'a wrong step',
      change: sequenceOf((one) => ({ ...one, step: 2 })),
      text: /sequence\.step: expected 1, found 2/,
    },
    {
      what: 'a wrong time',
      change: sequenceOf((one) => ({ ...one, timeSeconds: 0.2 })),
      text: /sequence\.timeSeconds: expected 0\.1, found 0\.2/,
    },
    {
      what: 'a sample of another step',
      change: (record) => ({
        ...record,
        sample: { ...record.sample, sequence: { index: 1, step: 0, timeSeconds: 0 } },
      }),
      text: /sample\.sequence\.step: expected 1, found 0/,
    },
  ])('$what is found', async ({ change, text }) => {
    const folder = copyOf(sound);
    editRecord(folder, 4, change);
    expect(linesOf(await verify(folder), 'record')).toContainEqual(expect.stringMatching(text));
  });

  it.each([
    [{ trackId: 2 * 65536 + 2 }, /instances\[1\]\.trackId: expected 262146, found 131074/],
    [{ trackId: undefined }, /instances\[1\]\.trackId: expected 262146, found nothing/],
  ])('a track of another sequence, or none, is found: %j', async (changed, text) => {
    const folder = copyOf(sound);
    editInstance(folder, { frame: 4, id: 2 }, (one) => ({ ...one, ...changed }));
    expect(linesOf(await verify(folder), 'record')).toContainEqual(expect.stringMatching(text));
  });

  it('two objects that change their ids in the middle of a sequence are found', async () => {
    const folder = copyOf(sound);
    const name = readRecord(folder, 3).annotations.instances[1]?.name ?? '';
    editInstance(folder, { frame: 4, id: 2 }, (one) => ({ ...one, name: 'another' }));
    expect(linesOf(await verify(folder), 'labels')).toContainEqual(
      expect.stringContaining(
        `frame 4: instance 2: name: expected "${name}" as in frame 3 of its sequence, found "another".`,
      ),
    );
  });

  it('a lens that changes in the middle of a sequence is found', async () => {
    const folder = copyOf(sound);
    editRecord(folder, 4, (record) => {
      const { camera, sample } = record;
      const intrinsics = { ...camera.intrinsics, fx: camera.intrinsics.fx + 1 };
      return {
        ...record,
        camera: { ...camera, intrinsics },
        sample: { ...sample, camera: { ...sample.camera, intrinsics } },
      };
    });
    expect(linesOf(await verify(folder), 'labels')).toContainEqual(
      expect.stringMatching(/frame 4: sample\.camera\.intrinsics: expected .* as in frame 3/),
    );
  });

  it('a track where frames stand alone is found', async () => {
    const folder = copyOf(await makeTrueDataset({}, [0]));
    const id = readRecord(folder, 0).annotations.instances[0]?.instanceId ?? 0;
    editInstance(folder, { frame: 0, id }, (one) => ({ ...one, trackId: 65538 }));
    expect(linesOf(await verify(folder), 'record')).toContainEqual(
      expect.stringContaining('trackId: expected nothing, as frames stand alone, found 65538'),
    );
  });
});
