import { describe, expect, it } from 'vitest';
import { configSchema, type ConfigInput } from '#shared/config/config-schema';
import { goalOf } from '#shared/sampling/goal';
import { sampleScene } from '#shared/sampling/sample-scene';
import { makeRunInputs } from '../../../makers/make-run-inputs.ts';

const FRAMES = 1000;
const targets = { goals: { small: { instances: 300 }, hidden: { instances: 400, perFrame: 4 } } };
const configOf = (changes: Partial<ConfigInput>) =>
  configSchema.parse({ ...makeRunInputs().config, frames: FRAMES, targets, ...changes });
const countsOf = (config: ReturnType<typeof configOf>, until: number): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (let frame = 0; frame < until; frame++) {
    const goal = goalOf(config, frame) ?? 'none';
    counts[goal] = (counts[goal] ?? 0) + 1;
  }
  return counts;
};

describe('goalOf', () => {
  it.each([FRAMES, 500, 100])(
    'gives goals their share of the first %d frames, within 3',
    (until) => {
      for (const seed of ['a', 'b', 'c']) {
        const { small = 0, hidden = 0, none = 0 } = countsOf(configOf({ seed }), until);
        expect(Math.abs(small - 0.3 * until)).toBeLessThanOrEqual(3);
        expect(Math.abs(hidden - 0.1 * until)).toBeLessThanOrEqual(3);
        expect(small + hidden + none).toBe(until);
      }
    },
  );

  it('shrinks all shares alike where goals ask for more frames than there are', () => {
    const { small = 0, hidden = 0, none = 0 } = countsOf(configOf({ frames: 200 }), 200);
    expect(none).toBe(0);
    expect(Math.abs(small - 150)).toBeLessThanOrEqual(3);
    expect(small + hidden).toBe(200);
  });

  it('is none without targets', () => {
    expect(goalOf(configOf({ targets: undefined }), 3)).toBeUndefined();
  });
});

describe('a frame with a goal', () => {
  const inputs = makeRunInputs({
    targets,
    frames: FRAMES,
    vars: {
      near: { kind: 'if', when: "goal == 'small'", then: 1, else: 0 },
      free: { kind: 'expression', of: "goal == 'none'" },
      sun: { kind: 'uniform', min: 0, max: 1 },
    },
  });

  it('is known to expressions and records it', () => {
    for (let frame = 0; frame < 40; frame++) {
      const { vars, schedule } = sampleScene(inputs, frame);
      expect(schedule?.goal).toBe(goalOf(inputs.config, frame));
      expect(vars).toMatchObject({
        near: schedule?.goal === 'small' ? 1 : 0,
        free: schedule?.goal === undefined,
      });
    }
  });

  it('draws other numbers in each attempt, those of no attempt in the first, and keeps its goal', () => {
    const samples = [0, 1, 2].map((retry) => sampleScene(inputs, 7, { retry }));
    expect(new Set(samples.map(({ vars }) => vars.sun)).size).toBe(3);
    expect(samples[0]).toEqual(sampleScene(inputs, 7));
    expect(samples.map(({ retry }) => retry)).toEqual([undefined, 1, 2]);
    expect(new Set(samples.map(({ schedule }) => schedule?.goal)).size).toBe(1);
  });
});
