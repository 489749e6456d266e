import { describe, expect, it } from 'vitest';
import { drawUntilAccepted } from '#shared/annotate/draw-until-accepted';
import { configSchema, type ConfigInput } from '#shared/config/config-schema';
import { AcceptanceError } from '#shared/core/errors';
import type { FrameRecord } from '#shared/formats/frame-record';
import { summariseDataset } from '#shared/formats/dataset-summary';
import { sampleScene } from '#shared/sampling/sample-scene';
import { makeAnnotation } from '../../../makers/make-annotation.ts';
import { makeRunInputs } from '../../../makers/make-run-inputs.ts';

const annotationsOf = (count: number) => ({
  instances: Array.from({ length: count }, (_, i) => makeAnnotation(i + 1, '1')),
  dropped: [],
  depthBeyond16Bit: 0,
});
const color = Uint8Array.from([0, 0, 0, 255]);

/** Frame 0, whose attempts show these numbers of instances; counts how often it was drawn. */
function makeFrame(changes: Partial<ConfigInput>, counts: readonly number[]) {
  const inputs = makeRunInputs({ frames: 1, ...changes });
  let draws = 0;
  const draw = (retry: number) => {
    draws += 1;
    return Promise.resolve({
      annotations: annotationsOf(counts[retry] ?? 0),
      buffers: { color },
      sample: sampleScene(inputs, 0, { retry }),
    });
  };
  return {
    config: configSchema.parse(inputs.config),
    run: () => drawUntilAccepted(inputs.config, 0, draw),
    draws: () => draws,
  };
}

const twoOrMore = { rules: [{ kind: 'count', atLeast: 2 }], attempts: 3 } as const;
const rules = [...twoOrMore.rules];
const accept = { ...twoOrMore, rules };
const always = { goals: { many: { instances: 1, perFrame: 4 } }, attempts: 3 };

describe('drawUntilAccepted', () => {
  it('draws once, and records nothing, where nothing is asked', async () => {
    const frame = makeFrame({}, [0]);
    expect((await frame.run()).acceptance).toBeNull();
    expect(frame.draws()).toBe(1);
  });

  it('takes the first attempt that keeps the rules, with what the others broke', async () => {
    const frame = makeFrame({ accept }, [0, 1, 5]);
    const { taken, acceptance } = await frame.run();
    expect(taken.sample.retry).toBe(2);
    expect(acceptance).toEqual({
      attempts: 3,
      accepted: true,
      rejected: [
        { attempt: 0, rule: 'accept.rules[0]', found: 0 },
        { attempt: 1, rule: 'accept.rules[0]', found: 1 },
      ],
    });
  });

  it('refuses a frame whose attempts are exhausted, and says what was found', async () => {
    const frame = makeFrame({ accept }, [0, 1, 1, 9]);
    await expect(frame.run()).rejects.toThrow(AcceptanceError);
    await expect(makeFrame({ accept }, [0, 1, 1, 9]).run()).rejects.toThrow(
      'frame 0: expected one of 3 attempts to be accepted, found accept.rules[0] broken by 3 (found 0 to 1).',
    );
    expect(frame.draws()).toBe(3);
  });

  it('keeps the last attempt where it is told to, and says so', async () => {
    const frame = makeFrame({ accept: { ...accept, onFailure: 'keep' } }, [0, 0, 1]);
    const { taken, acceptance } = await frame.run();
    expect(taken.annotations.instances).toHaveLength(1);
    expect(acceptance).toMatchObject({ attempts: 3, accepted: false });
  });

  it('draws on for a goal, and falls back to the first attempt that keeps the rules', async () => {
    const met = await makeFrame({ targets: always }, [1, 4]).run();
    expect(met.acceptance).toMatchObject({ attempts: 2, accepted: true, goalMet: true });
    const missed = await makeFrame({ targets: always, accept }, [1, 2, 3]).run();
    expect(missed.taken.sample.retry).toBe(1);
    expect(missed.acceptance).toMatchObject({ attempts: 3, accepted: true, goalMet: false });
  });
});

describe('summariseDataset', () => {
  it('adds up attempts, kept frames and what targets are short of', async () => {
    const both = { targets: always, accept: { ...accept, onFailure: 'keep' as const } };
    const outcomes = [[4], [0, 5], [3, 3, 3], [0, 0, 0]];
    const { config } = makeFrame(both, []);
    const records: FrameRecord[] = [];
    for (const [frame, counts] of outcomes.entries()) {
      const { taken, acceptance } = await makeFrame(both, counts).run();
      const { annotations, sample } = taken;
      records.push({ frame, annotations, sample, acceptance } as unknown as FrameRecord);
    }
    const goals = { many: { instances: 20, perFrame: 4 } };
    const asked = configSchema.parse({ ...config, targets: { goals } });
    expect(summariseDataset(asked, records)).toEqual({
      summaryVersion: 1,
      frames: 4,
      acceptance: {
        attempts: 1 + 2 + 3 + 3,
        redrawn: 3,
        keptFrames: [3],
        broken: { 'accept.rules[0]': 4, 'targets.goals.many': 7 },
      },
      targets: [
        { goal: 'many', asked: 20, found: 12, missing: 8, frames: 4, met: 2, framesAsked: 5 },
      ],
    });
  });
});
