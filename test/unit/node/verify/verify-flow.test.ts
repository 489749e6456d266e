import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { flowOf } from '#shared/draw/flow-map';
import { decodeLabel } from '#node/readers/decode-label';
import { encodeFlo, encodeKittiFlow } from '#node/writers/encode-flow';
import type { OpticalFlow } from '#shared/annotate/optical-flow';
import {
  copyOf,
  CRATES,
  editInstance,
  editLabel,
  editRecord,
  journalLines,
  linesOf,
  makeTrueDataset,
  readRecord,
  replaceFile,
  verify,
  withValue,
  writeJournal,
} from './make-true-dataset.ts';

/** A sequence of three frames in which crates slide and turn before a wall, and every label of them. */
const FLOWING: Partial<ConfigInput> = {
  frames: 3,
  sequence: { frames: 3, framesPerSecond: 10 },
  image: { width: 96, height: 72 },
  objects: {
    crates: {
      categories: ['crate'],
      count: 2,
      scale: 1.5,
      placement: { kind: 'scatter', surface: 'table' },
      motion: {
        velocityMetersPerSecond: [{ kind: 'uniform', min: -0.4, max: 0.4 }, 0, 0.1],
        spinDegreesPerSecond: 45,
      },
    },
  },
  labels: { minPixels: 1 },
  outputs: { ...CRATES.outputs, flow: { forward: 'flo', backward: 'kitti' } },
};

let sound: string;
beforeAll(async () => {
  sound = await makeTrueDataset(FLOWING, [0, 1, 2]);
});

/** Replaces a flow of frame 1 by a changed one. */
async function editFlow(
  folder: string,
  kind: 'flow-forward' | 'flow-backward',
  change: (flow: OpticalFlow) => OpticalFlow,
): Promise<void> {
  const { files } = readRecord(folder, 1);
  const read = async (name: 'flow-forward' | 'flow-backward' | `${typeof kind}-mask`) => {
    const path = files[name]?.path ?? '';
    return decodeLabel(path, readFileSync(join(folder, path)));
  };
  const { width, height, uv } = flowOf(await read(kind));
  const { values } = await read(`${kind}-mask`);
  const changed = change({ width, height, uv, state: Uint8Array.from(values) });
  const bytes = kind === 'flow-forward' ? encodeFlo(changed) : await encodeKittiFlow(changed);
  replaceFile(folder, { frame: 1, kind }, bytes);
}

/** Where the largest vector of a flow stands. */
const largest = ({ uv }: OpticalFlow): number => {
  let at = 0;
  for (const [i, value] of uv.entries()) if (Math.abs(value) > Math.abs(uv[at] ?? 0)) at = i;
  return at;
};

describe('a dataset with flow', () => {
  it('verifies, with flow in every direction that stays in the sequence', async () => {
    expect(linesOf(await verify(sound))).toEqual([]);
    const kinds = [0, 1, 2].map((frame) =>
      Object.keys(readRecord(sound, frame).files).filter((kind) => kind.startsWith('flow')),
    );
    const [forward, backward] = ['forward', 'backward'].map((direction) => [
      `flow-${direction}`,
      `flow-${direction}-mask`,
    ]);
    expect(kinds).toEqual([forward, [...(forward ?? []), ...(backward ?? [])], backward]);
    const { flow } = readRecord(sound, 1);
    const { visible = 0, occluded = 0, outside = 0, unknown = 0 } = flow?.forward ?? {};
    expect(visible + occluded + outside + unknown).toBe(96 * 72);
    expect(occluded).toBeGreaterThan(0);
  });

  it('verifies with depth in millimetres alone, and without depth', async () => {
    for (const depth of [{ png: true }, { png: false }]) {
      const outputs = { ...FLOWING.outputs, depth };
      const folder = await makeTrueDataset({ ...FLOWING, outputs }, [0, 1, 2]);
      expect(linesOf(await verify(folder))).toEqual([]);
    }
  });

  it('ends with the dataset, where that cuts its last sequence short', async () => {
    const cut = { ...FLOWING, frames: 5 };
    const folder = await makeTrueDataset(cut, [0, 1, 2, 3, 4]);
    expect(linesOf(await verify(folder), 'record', 'labels', 'file')).toEqual([]);
    const flows = [3, 4].map((frame) => Object.keys(readRecord(folder, frame).flow ?? {}));
    expect(flows).toEqual([['forward'], ['backward']]);
    expect(readRecord(folder, 4).sequence).toMatchObject({ index: 1, step: 1 });
  });

  it('verifies in part, where the neighbour is not there', async () => {
    const folder = copyOf(sound);
    writeJournal(folder, journalLines(folder).slice(1, 2));
    expect(linesOf(await verify(folder), 'record', 'labels', 'file', 'image')).toEqual([]);
  });
});

describe('damage to flow', () => {
  it.each(['flow-forward', 'flow-backward'] as const)(
    'a vector of %s that is not that of depth and poses is found',
    async (kind) => {
      const folder = copyOf(sound);
      await editFlow(folder, kind, (flow) => {
        const at = largest(flow);
        expect(Math.abs(flow.uv[at] ?? 0)).toBeGreaterThan(1);
        return { ...flow, uv: flow.uv.map((v, i) => (i === at ? v + 0.1 : v)) };
      });
      expect(linesOf(await verify(folder), 'labels')).toEqual([
        expect.stringMatching(
          /labels\/flow-\w+\/000001\.\w+: flow \w+: pixel \(\d+, \d+\): expected \(.*\) by depth and poses, found \(/,
        ),
      ]);
    },
  );

  it('flow that is turned upside down is found', async () => {
    const folder = copyOf(sound);
    await editFlow(folder, 'flow-forward', (flow) => ({
      ...flow,
      uv: flow.uv.map((v, i) => (i % 2 === 1 ? -v : v)),
    }));
    expect(linesOf(await verify(folder), 'labels')).toContainEqual(
      expect.stringMatching(/by depth and poses/),
    );
  });

  it('vectors where the mask knows of none are found', async () => {
    const folder = copyOf(sound);
    await editFlow(folder, 'flow-forward', (flow) => ({
      ...flow,
      state: flow.state.map((state, i) => (i === 7 ? 0 : state)),
    }));
    expect(linesOf(await verify(folder), 'labels')).toEqual([
      expect.stringContaining('pixel (7, 0): expected a vector, as the mask says, found none.'),
    ]);
  });

  it('vectors that are not numbers are found', async () => {
    const folder = copyOf(sound);
    await editFlow(folder, 'flow-forward', (flow) => ({
      ...flow,
      uv: flow.uv.map((v, i) => (i === 20 ? NaN : v)),
    }));
    expect(linesOf(await verify(folder), 'labels')).toContainEqual(
      expect.stringMatching(/pixel \(10, 0\): expected .*, found \(NaN/),
    );
  });

  it.each([
    [4, /pixel \(\d+, \d+\): expected a state of 0..3, found 4|expected the counts/],
    [3, /expected state 3 where points leave the image alone, found 3|expected the counts/],
  ])('a mask of state %i is found', async (state, text) => {
    const folder = copyOf(sound);
    const kind = 'flow-forward-mask';
    await editLabel(folder, { frame: 1, kind }, (values) => withValue(values, 500, state));
    expect(linesOf(await verify(folder), 'labels').join('\n')).toMatch(text);
  });

  it.each([
    ['hidden points visible', 2, 1],
    ['visible points hidden', 1, 2],
  ])('a mask that calls %s is found', async (_, was, is) => {
    const folder = copyOf(sound);
    const kind = 'flow-forward-mask';
    await editLabel(folder, { frame: 1, kind }, (values) =>
      values.map((state) => (state === was ? is : state)),
    );
    expect(linesOf(await verify(folder), 'labels')).toContainEqual(
      expect.stringContaining(`expected state ${was} by ids and depth of frame 2, found ${is}.`),
    );
  });

  it('a neighbour whose object stands elsewhere is found', async () => {
    const folder = copyOf(sound);
    const { instanceId: id = 0 } = readRecord(folder, 2).annotations.instances.at(-1) ?? {};
    editInstance(folder, { frame: 2, id }, (one) => ({
      ...one,
      cameraFromObject: one.cameraFromObject.map((v, i) => (i === 3 ? v + 0.02 : v)),
    }));
    expect(linesOf(await verify(folder), 'labels')).toContainEqual(
      expect.stringMatching(/^error: frame 1: .*by depth and poses/),
    );
  });

  it.each([
    ['counts', { visible: 1 }, /mask: expected the counts of the record, found .*visible/],
    [
      'a count of none',
      { visible: -1 },
      /flow\.forward\.visible: expected a whole number of 0..6912/,
    ],
  ])('%s of the record that are wrong are found', async (_, changed, text) => {
    const folder = copyOf(sound);
    editRecord(folder, 1, (record) => ({
      ...record,
      flow: { ...record.flow, forward: { ...record.flow?.forward, ...changed } },
    }));
    expect(linesOf(await verify(folder)).join('\n')).toMatch(text);
  });

  it('a flow that leads out of the sequence is found', async () => {
    const folder = copyOf(sound);
    editRecord(folder, 2, (record) => {
      const { files, flow } = readRecord(folder, 1);
      return {
        ...record,
        files: { ...record.files, 'flow-forward': files['flow-forward'] },
        flow: { ...record.flow, forward: flow?.forward },
      };
    });
    const lines = linesOf(await verify(folder), 'record').join('\n');
    expect(lines).toMatch(/files\.flow-forward: expected no such file/);
    expect(lines).toMatch(/flow\.forward: expected nothing/);
  });

  it('a file that is no .flo is found', async () => {
    const folder = copyOf(sound);
    replaceFile(folder, { frame: 1, kind: 'flow-forward' }, Buffer.from('PIEHless'));
    expect(linesOf(await verify(folder), 'image')).toEqual([
      expect.stringContaining('expected an image, which begins with PIEH, found no .flo file.'),
    ]);
  });
});
