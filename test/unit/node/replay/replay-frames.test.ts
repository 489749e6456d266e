import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { viewDataset, type DatasetView } from '#node/inspect/read-dataset';
import { fileSource, recordedSource } from '#node/replay/replay-source';
import { replayInto, type ReplayJob, type ReplayResult } from '#node/replay/replay-frames';
import type { FrameRange } from '#node/run/select-frames';
import {
  copyOf,
  CRATES,
  journalLines,
  makeEffects,
  makeLoaded,
  makeTrueDataset,
  readRecord,
} from '../verify/make-true-dataset.ts';
import { makeFolder } from '../store/make-dataset.ts';

/** What frames must show, so that some take more than one attempt. */
const PICKY: Partial<ConfigInput> = {
  accept: { rules: [{ kind: 'count', categories: ['crate'], atLeast: 3 }], attempts: 50 },
};
const FLOWING: Partial<ConfigInput> = {
  frames: 3,
  sequence: { frames: 3, framesPerSecond: 10 },
  objects: {
    crates: {
      categories: ['crate'],
      count: 2,
      placement: { kind: 'scatter', surface: 'table' },
      motion: { velocityMetersPerSecond: [{ kind: 'uniform', min: -0.4, max: 0.4 }, 0, 0.1] },
    },
  },
  outputs: { ...CRATES.outputs, flow: { forward: 'flo', backward: 'kitti' } },
};
/** Nothing of a frame is drawn as before by such a config. */
const OTHERWISE: Partial<ConfigInput> = {
  camera: { pose: { kind: 'at', position: [0, 2, 2], target: [0, 0.5, 0] }, rollDegrees: 80 },
  objects: {
    crates: {
      categories: ['post'],
      count: 1,
      placement: { kind: 'scatter', surface: 'table' },
    },
  },
};

let picky: string;
beforeAll(async () => {
  picky = await makeTrueDataset(PICKY);
});

type Replaying = Readonly<{
  changes?: Partial<ConfigInput>;
  range?: FrameRange;
  job?: Partial<ReplayJob>;
}>;

/** Replays frames with a config that is the dataset's but for some changes. */
async function replay(
  folder: string,
  { changes = PICKY, range, job = {} }: Replaying = {},
): Promise<ReplayResult & Readonly<{ out: string }>> {
  const dataset: DatasetView = viewDataset(folder);
  const loaded = makeLoaded(changes);
  const out = job.folder ?? join(makeFolder(), 'out');
  const source =
    job.sampleFile === undefined
      ? recordedSource(dataset, range)
      : await fileSource(job.sampleFile, dataset.manifest.config);
  const { renderer: _, ...draft } = dataset.manifest;
  const result = await replayInto(
    {
      job: { dataset: folder, folder: out, check: true, ...job },
      dataset,
      source,
      prepared: {
        inputs: loaded.inputs,
        draft,
        resolveResource: loaded.resolveResource,
        warnings: [],
      },
    },
    makeEffects(loaded),
    { signal: new AbortController().signal, onEvent: () => undefined },
  );
  return { ...result, out };
}

const sampleFileOf = (document: unknown): string => {
  const path = join(makeFolder(), 'sample.json');
  writeFileSync(path, JSON.stringify(document));
  return path;
};

describe('a replay of recorded samples', () => {
  it('gives every byte again, of frames that took several attempts too', async () => {
    const { checked, out } = await replay(picky);
    expect(checked?.map(({ frame, same }) => [frame, same])).toEqual(
      [0, 1, 2, 3].map((frame) => [frame, true]),
    );
    expect(
      Math.max(...[0, 1, 2, 3].map((k) => readRecord(picky, k).sample.retry ?? 0)),
    ).toBeGreaterThan(0);
    expect(journalLines(out)).toEqual(journalLines(picky));
    for (const { path } of Object.values(readRecord(picky, 2).files))
      expect(readFileSync(join(out, path)).equals(readFileSync(join(picky, path)))).toBe(true);
  });

  it('draws nothing: other distributions, and rules that no frame keeps, change nothing', async () => {
    const rules = [{ kind: 'count' as const, atLeast: 99 }];
    const { checked } = await replay(picky, { changes: { ...OTHERWISE, accept: { rules } } });
    expect(checked?.every(({ same }) => same)).toBe(true);
  });

  it('takes the neighbours that optical flow leads to from their records', async () => {
    const flowing = await makeTrueDataset(FLOWING, [0, 1, 2]);
    const still: Partial<ConfigInput> = { ...FLOWING, objects: OTHERWISE.objects };
    const { checked } = await replay(flowing, {
      changes: still,
      range: { first: 1, last: 1 },
    });
    expect(checked?.map(({ frame, same, files }) => [frame, same, files.length])).toEqual([
      [1, true, 9],
    ]);
    const alone = await makeTrueDataset(FLOWING, [1]);
    await expect(replay(alone, { changes: FLOWING })).rejects.toThrow(
      /expected the record of frame [02], found frames 1\./,
    );
  });

  it('says what differs, by pixels where the dataset has the file of its record', async () => {
    const damaged = copyOf(picky);
    const { path } = readRecord(damaged, 1).files.instance ?? { path: '' };
    writeFileSync(join(damaged, path), 'no image');
    const found = await replay(damaged, {
      changes: { ...PICKY, image: { width: 40, height: 36 } },
      range: { first: 1, last: 1 },
    });
    const [frame] = found.checked ?? [];
    expect(frame?.same).toBe(false);
    expect(frame?.record).toMatch(/width: 48 → 40/);
    const told = new Map(frame?.files.map(({ kind, difference }) => [kind, difference]));
    expect(told.get('depth')).toBe('expected 48×36 pixels, found 40×36.');
    expect(told.get('instance')).toMatch(
      /^expected the SHA-256 [0-9a-f]{12}…, found [0-9a-f]{12}…; the dataset’s own file is not the one of its record\.$/,
    );
  });

  it('writes neither into the dataset nor over frames that are there', async () => {
    await expect(replay(picky, { job: { folder: `${picky}/../out` } })).rejects.toThrow(
      /--out: expected another folder than the dataset itself/,
    );
    const { out } = await replay(picky, { range: { first: 0, last: 0 } });
    await expect(replay(picky, { job: { folder: out } })).rejects.toThrow(
      /holds frames 0 already\. .* --fresh/,
    );
    expect((await replay(picky, { job: { folder: out, fresh: true } })).checked).toHaveLength(4);
  });

  it('tells which frames there are where one is asked for that is not', async () => {
    const two = await makeTrueDataset({}, [0, 2]);
    const asked = { changes: {}, range: { first: 1, last: 2 } };
    await expect(replay(two, asked)).rejects.toThrow(/record of frame 1, found frames 0, 2\./);
  });
});

describe('a replay of a sample in a file', () => {
  it('takes a record, what `plan` prints, or a sample by itself', async () => {
    const record = readRecord(picky, 3);
    const { acceptance: _, ...judged } = record;
    for (const document of [record, { sample: record.sample, plan: {} }, record.sample]) {
      const { checked, out } = await replay(picky, { job: { sampleFile: sampleFileOf(document) } });
      // Nothing says how a sample of a file came to be.
      expect(checked?.[0]?.files.every(({ same }) => same)).toBe(true);
      expect(readRecord(out, 0)).toEqual(judged);
    }
  });

  it('shows what was edited', async () => {
    const { sample } = readRecord(picky, 0);
    const edited = { ...sample, objects: sample.objects.slice(0, 1) };
    const { out } = await replay(picky, { job: { sampleFile: sampleFileOf(edited) } });
    const names = readRecord(out, 0).annotations.instances.map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('crates'))).toEqual([
      `crates[${sample.objects[0]?.slot}]`,
    ]);
  });

  it.each<[string, (sample: SceneSample) => unknown, RegExp]>([
    [
      'no sample',
      () => [1],
      /expected the sample of a frame.*\n {2}expected an object, found \[1\]/,
    ],
    [
      'a wrong field',
      (s) => ({ ...s, camera: { ...s.camera, target: [0, 1] } }),
      /camera\.target: expected a list of 3, found \[0,1\]/,
    ],
    [
      'a frame beyond',
      (s) => ({ ...s, frame: 4 }),
      /frame: the dataset has frames 0\.\.3, found 4/,
    ],
    [
      'a sequence',
      (s) => ({ ...s, sequence: { index: 0, step: 0, timeSeconds: 0 } }),
      /sequence: expected none, as frames stand alone/,
    ],
  ])('refuses %s, with its place', async (_, change, message) => {
    const sampleFile = sampleFileOf(change(readRecord(picky, 0).sample));
    await expect(replay(picky, { job: { sampleFile } })).rejects.toThrow(message);
  });
});
