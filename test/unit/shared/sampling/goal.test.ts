import { describe, expect, it } from 'vitest';
import { configSchema, type ConfigInput } from '#shared/config/config-schema';
import { goalOf } from '#shared/sampling/goal';
import { sampleScene } from '#shared/sampling/sample-scene';
import { drawnParameters } from '#shared/sampling/drawn-parameters';
import { statedAt } from '#shared/stats/stated-at';
import { makeRunInputs } from '../../../makers/make-run-inputs.ts';
import { CHI_SQUARE_LIMIT, chiSquare, countsOf as countValues } from './goodness-of-fit.ts';

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

describe('the weight of a goal', () => {
  const FRAME_COUNT = 4000;
  const mixed = {
    categories: ['crate', 'post'],
    count: 1,
    weights: { post: 2 },
    placement: { kind: 'scatter', surface: 'floor' },
  } as const;
  const inputsOf = (weight: number | undefined, group: object = mixed) =>
    makeRunInputs({
      frames: FRAME_COUNT,
      targets: { goals: { crates: { categories: ['crate'], instances: FRAME_COUNT / 2, weight } } },
      objects: { things: group } as ConfigInput['objects'],
    });
  /** Drawn categories, of frames with the goal and of those without. */
  const drawnBy = (inputs: ReturnType<typeof inputsOf>, frames = FRAME_COUNT) => {
    const drawn = { crates: [] as (string | null)[], none: [] as (string | null)[] };
    for (let frame = 0; frame < frames; frame++) {
      const { objects, schedule } = sampleScene(inputs, frame);
      drawn[schedule?.goal === 'crates' ? 'crates' : 'none'].push(objects[0]?.category ?? null);
    }
    return drawn;
  };
  const counted = (drawn: readonly (string | null)[]) => countValues(drawn, ['crate', 'post']);
  const chi = (drawn: readonly (string | null)[], shares: readonly number[]) =>
    chiSquare(
      counted(drawn),
      shares.map((share) => share * drawn.length),
    );

  it('is a factor on the weights of its categories, in its frames alone (chi-square, 0.1 %)', () => {
    const { crates, none } = drawnBy(inputsOf(6));
    expect(chi(crates, [6 / 8, 2 / 8])).toBeLessThan(CHI_SQUARE_LIMIT[1] ?? NaN);
    expect(chi(none, [1 / 3, 2 / 3])).toBeLessThan(CHI_SQUARE_LIMIT[1] ?? NaN);
    // The limit has teeth.
    expect(chi(crates, [1 / 3, 2 / 3])).toBeGreaterThan(10 * (CHI_SQUARE_LIMIT[1] ?? NaN));
  });

  it('weighs assets by their category where a group names assets alone', () => {
    const group = { ...mixed, categories: undefined, assets: ['crate-1', 'post-1'], weights: {} };
    const { crates, none } = drawnBy(inputsOf(9, group));
    expect(chi(crates, [0.9, 0.1])).toBeLessThan(CHI_SQUARE_LIMIT[1] ?? NaN);
    expect(chi(none, [0.5, 0.5])).toBeLessThan(CHI_SQUARE_LIMIT[1] ?? NaN);
  });

  it('changes no frame where it is 1 or absent, none without the goal, and no distractors', () => {
    const hidden = { ...mixed, labelled: false };
    for (let frame = 0; frame < 60; frame++) {
      const plain = sampleScene(inputsOf(undefined), frame);
      expect(sampleScene(inputsOf(1), frame)).toEqual(plain);
      if (plain.schedule?.goal === undefined)
        expect(sampleScene(inputsOf(6), frame)).toEqual(plain);
      expect(sampleScene(inputsOf(6, hidden), frame)).toEqual(
        sampleScene(inputsOf(undefined, hidden), frame),
      );
    }
  });

  it('is known to coverage, of a config and of records', () => {
    const { config, ...rest } = inputsOf(6);
    for (let frame = 0; frame < 8; frame++) {
      const { sample, parameters } = drawnParameters({ config, ...rest }, frame);
      const path = 'objects.things[0].category';
      const stated = parameters.find((one) => one.path === path)?.stated;
      expect(statedAt(config, path, sample.schedule?.goal)).toEqual(stated);
      const weights = sample.schedule?.goal === 'crates' ? [6, 2] : [1, 2];
      expect(stated).toMatchObject({ values: ['crate', 'post'], weights });
    }
  });
});
