import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GBuffers } from '#shared/annotate/annotations';
import { FLOW_STATE, type OpticalFlow } from '#shared/annotate/optical-flow';
import { RenderError } from '#shared/core/errors';
import type { FramePlan } from '#shared/plan/frame-plan';
import { inspectStore } from '#node/store/inspect-store';
import type { RunEffects } from '#node/run/render-prepared';
import { describeDifference } from '#node/verify/compare-files';
import { formatProblem } from '#node/verify/problem-list';
import { rerenderFrames, spreadEvenly, type RerenderFindings } from '#node/verify/rerender-frames';
import { encodeFlo, encodeKittiFlow } from '#node/writers/encode-flow';
import { encodeColor } from '#node/writers/encode-image';
import { drawBoxes } from '../../../makers/draw-boxes.ts';
import { makeEffects, makeLoaded, makeTrueDataset } from './make-true-dataset.ts';

let folder: string;
beforeAll(async () => {
  folder = await makeTrueDataset();
});
afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

/** Renders frames 1 and 3 again. */
function rerender(
  draw: (plan: FramePlan) => GBuffers,
  change: (effects: RunEffects) => RunEffects = (effects) => effects,
): Promise<RerenderFindings> {
  const { manifest, entries } = inspectStore(folder, null);
  if (manifest === null) throw new Error('expected a dataset');
  const loaded = makeLoaded();
  return rerenderFrames(
    { folder, manifest, entries },
    {
      entries: entries.filter(({ frame }) => frame % 2 === 1),
      loaded,
      effects: change(makeEffects(loaded, draw)),
      reproduce: (frame) => `again ${frame}`,
      signal: new AbortController().signal,
      log: () => undefined,
    },
  );
}

describe('rerenderFrames', () => {
  it('finds equal bytes where the same is drawn', async () => {
    expect(await rerender(drawBoxes)).toEqual({ frames: [1, 3], problems: [] });
  });

  it('says in which pixels colour and depth differ, and by how much', async () => {
    const { frames, problems } = await rerender((plan) => {
      const buffers = drawBoxes(plan);
      if (plan.frame !== 3) return buffers;
      const color = buffers.color.slice();
      // Red of pixels 3 and 4 of the first row: frame + 7 · index.
      color.set([24 + 90], 12);
      color.set([31 - 5], 16);
      const depth = buffers.depth.slice();
      depth[49] = 9.25;
      return { ...buffers, color, depth };
    });
    expect(frames).toEqual([1, 3]);
    expect(problems.map(formatProblem)).toEqual([
      'frame 3: images/000003.png: expected the pixels of the dataset, found 2 of 1728 that differ, by at most 90 of 255; the first is (3, 0). Reproduce: again 3',
      'frame 3: labels/depth/000003.png: expected the pixels of the dataset, found 1 of 1728 that differ, by at most 250 mm; the first is (1, 1). Reproduce: again 3',
      'frame 3: labels/depth/000003.npz: expected the pixels of the dataset, found 1 of 1728 that differ, by at most 0.25 m; the first is (1, 1). Reproduce: again 3',
    ]);
  });

  it('says which fields of the record differ', async () => {
    const { problems } = await rerender((plan) => {
      const buffers = drawBoxes(plan);
      if (plan.frame !== 1) return buffers;
      const at = buffers.instanceId.indexOf(1);
      const [instanceId, depth] = [buffers.instanceId.slice(), buffers.depth.slice()];
      instanceId[at] = 0;
      depth[at] = 9;
      return { ...buffers, instanceId, depth };
    });
    const lines = problems.map(formatProblem);
    expect(lines[0]).toMatch(
      /^frame 1: its record: expected that of the dataset, found .*annotations\.instances\[0\]\.area: 42 → 41; /,
    );
    expect(lines[1]).toMatch(/^frame 1: labels\/instance\/000001\.png: .* 1 of 1728 that differ/);
  });

  it('tells of frames that cannot be made any more, and compares the others', async () => {
    const { frames, problems } = await rerender((plan) => {
      if (plan.frame === 1) throw new RenderError('shader', 'a program does not link');
      return drawBoxes(plan);
    });
    expect(frames).toEqual([3]);
    expect(problems.map(formatProblem)).toEqual([
      'frame 1: a program does not link Reproduce: again 1',
    ]);
  });

  it('refuses another renderer with the difference, and closes it', async () => {
    let closed = 0;
    const other = (effects: RunEffects): RunEffects => ({
      ...effects,
      openRenderer: async (context) => {
        const renderer = await effects.openRenderer(context);
        return {
          ...renderer,
          info: { ...renderer.info, browser: 'Chrome/2.0' },
          close: () => {
            closed += 1;
            return Promise.resolve();
          },
        };
      },
    });
    await expect(rerender(drawBoxes, other)).rejects.toThrow(
      'renderer.browser: "Chrome/1.2.3" → "Chrome/2.0"',
    );
    expect(closed).toBe(1);
  });
});

describe('spreadEvenly', () => {
  it('takes the middles of equal parts, all where there are fewer', () => {
    const ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(spreadEvenly(ten, 1)).toEqual([5]);
    expect(spreadEvenly(ten, 2)).toEqual([2, 7]);
    expect(spreadEvenly(ten, 3)).toEqual([1, 5, 8]);
    expect(spreadEvenly(ten, 10)).toEqual(ten);
    expect(spreadEvenly(ten, 99)).toEqual(ten);
    expect(spreadEvenly([], 2)).toEqual([]);
  });
});

describe('describeDifference', () => {
  const color = (red: number) =>
    encodeColor(
      Uint8Array.of(red, 0, 0, 255, 9, 9, 9, 255),
      { width: 2, height: 1 },
      { format: 'png', quality: null },
    );

  const flow = (uv: readonly number[], state: readonly number[]): OpticalFlow => ({
    width: 2,
    height: 1,
    uv: Float32Array.from(uv),
    state: Uint8Array.from(state),
  });
  const UNKNOWN = [1, FLOW_STATE.unknown] as const;
  it.each([
    ['KITTI', 'labels/flow-forward/000000.png', encodeKittiFlow],
    [
      'Middlebury',
      'labels/flow-forward/000000.flo',
      (made: OpticalFlow) => Promise.resolve(encodeFlo(made)),
    ],
  ])('tells differences of flow in pixels, in the format of %s, too', async (_, path, encode) => {
    const encoded = async (...made: Parameters<typeof flow>): Promise<Buffer> =>
      Buffer.from(await encode(flow(...made)));
    const before = await encoded([3, -2, 1, 0], [1, 1]);
    const pair = { kind: 'flow-forward' as const, path, before };
    expect(
      await describeDifference({ ...pair, after: await encoded([3, -4.5, 1, 0], [1, 1]) }),
    ).toBe(
      'expected the pixels of the dataset, found 1 of 2 that differ, by at most 2.5 px; the first is (0, 0).',
    );
    expect(
      await describeDifference({ ...pair, after: await encoded([3, -1.5, 0, 0], [...UNKNOWN]) }),
    ).toBe(
      'expected the pixels of the dataset, found 2 of 2 that differ, by at most 0.5 px where both have a value (1 lack one); the first is (0, 0).',
    );
  });

  it('tells equal pixels in other bytes from other pixels, and what is no image', async () => {
    const pair = { kind: 'rgb' as const, path: 'images/000000.png', before: await color(5) };
    expect(await describeDifference({ ...pair, after: await color(5) })).toBeNull();
    expect(await describeDifference({ ...pair, after: await color(7) })).toContain(
      'found 1 of 2 that differ, by at most 2 of 255; the first is (0, 0)',
    );
    const padded = Buffer.concat([pair.before, Buffer.of(0)]);
    expect(await describeDifference({ ...pair, after: padded })).toContain(
      'equal pixels in others',
    );
    expect(await describeDifference({ ...pair, after: Buffer.from('no image') })).toBe(
      `expected ${pair.before.length} bytes as in the dataset, found 8 others.`,
    );
  });
});
