import { describe, expect, it } from 'vitest';
import { configSchema } from '#shared/config/config-schema';
import type { NumberValue } from '#shared/config/value-schemas';
import { SamplingError } from '#shared/core/errors';
import { sampleScene } from '#shared/sampling/sample-scene';
import { Sampler } from '#shared/sampling/sampler';
import { rampAt, scheduleOf } from '#shared/sampling/schedule';
import { makeRunInputs } from '../../../makers/make-run-inputs.ts';

const stages = { easy: { untilProgress: 0.3 }, hard: {} };
const configOf = (changes: object) => ({
  frames: 11,
  sequence: { frames: 1, framesPerSecond: 30 },
  camera: {},
  ...changes,
});
const at = (frame: number, changes: object = {}) =>
  scheduleOf(configOf(changes), { index: frame, firstFrame: frame });
const onlyStage = (frame: number, changes: object): string | undefined => at(frame, changes).stage;

describe('scheduleOf', () => {
  it('goes from 0 for the first frame to 1 for the last', () => {
    expect([0, 3, 10].map((frame) => at(frame).progress)).toEqual([0, 0.3, 1]);
    expect(at(0, { frames: 1 }).progress).toBe(0);
  });

  it('counts sequences, the last of which may be cut short', () => {
    const changes = { frames: 10, sequence: { frames: 4, framesPerSecond: 30 } };
    const progress = [0, 1, 2].map(
      (index) => scheduleOf(configOf(changes), { index, firstFrame: index * 4 }).progress,
    );
    expect(progress).toEqual([0, 0.5, 1]);
  });

  it('goes by its own length where it has one, and stays at 1', () => {
    const schedule = { frames: 5, stages: {} };
    expect([2, 4, 9].map((frame) => at(frame, { schedule }).progress)).toEqual([0.5, 1, 1]);
  });

  it('ends a stage below its end: by progress, or by frame whatever the number of frames', () => {
    const schedule = { stages };
    expect([2, 3].map((frame) => onlyStage(frame, { schedule }))).toEqual(['easy', 'hard']);
    const byFrame = { stages: { easy: { untilFrame: 7 }, hard: {} } };
    for (const frames of [8, 500]) {
      const changes = { frames, schedule: byFrame };
      expect([6, 7].map((frame) => onlyStage(frame, changes))).toEqual(['easy', 'hard']);
    }
  });
});

describe('a ramp', () => {
  const points = [
    [0.2, 10],
    [0.4, 20],
    [1, -10],
  ] as const;
  const never = (): number => expect.fail('nothing to draw');

  it.each([
    [0, 10],
    [0.2, 10],
    [0.3, 15],
    [0.4, 20],
    [0.7, 5],
    [1, -10],
  ])('at %f is %f', (progress, expected) => {
    expect(rampAt({ kind: 'ramp', points }, progress, never)).toBeCloseTo(expected, 12);
  });

  it('between distributions is the mixture of their quantiles: half-way from U(0, 1) to U(0, 9) lies U(0, 5)', () => {
    const ramp: NumberValue = {
      kind: 'ramp',
      points: [
        [0, { kind: 'uniform', min: 0, max: 1 }],
        [1, { kind: 'uniform', min: 0, max: 9 }],
      ],
    };
    for (let frame = 0; frame < 50; frame++) {
      const drawn = (progress: number, value: NumberValue): number =>
        new Sampler('ramp', frame, { schedule: { progress } }).number(value, 'p');
      const even = drawn(0, { kind: 'uniform', min: 0, max: 5 });
      expect(drawn(0.5, ramp)).toBeCloseTo(even, 12);
      expect(drawn(0, ramp)).toBe(drawn(0, { kind: 'uniform', min: 0, max: 1 }));
      expect(drawn(1, ramp)).toBe(drawn(0, { kind: 'uniform', min: 0, max: 9 }));
    }
  });

  it('of whole numbers is rounded', () => {
    const sampler = new Sampler('s', 0, { schedule: { progress: 0.5 } });
    const value = { kind: 'ramp', points: [[0, 1], [1, 4]] } as const; // prettier-ignore
    expect(sampler.integer(value, 'p')).toBe(3);
  });
});

describe('a staged value', () => {
  const even = { kind: 'uniform', min: 0, max: 1 } as const;
  const staged = {
    kind: 'stage',
    of: { easy: even, hard: { kind: 'constant', value: 7 } },
  } as const;

  it('draws what its stage says from the stream of its parameter, so that a schedule moves no other frame', () => {
    const easy = new Sampler('s', 4, { schedule: { progress: 0, stage: 'easy' } });
    expect(easy.number(staged, 'p')).toBe(new Sampler('s', 4).number(even, 'p'));
    const hard = new Sampler('s', 4, { schedule: { progress: 1, stage: 'hard' } });
    expect(hard.number(staged, 'p')).toBe(7);
  });

  it('outside of its stages is an error that names them', () => {
    const act = () => new Sampler('s', 0).number(staged, 'a.b');
    expect(act).toThrow(SamplingError);
    expect(act).toThrow(
      'a.b: expected the frame in one of the stages easy, hard, found it in none',
    );
  });

  it('is known to expressions, with the progress', () => {
    const sampler = new Sampler('s', 0, { schedule: { progress: 0.25, stage: 'hard' } });
    expect(sampler.number({ kind: 'expression', of: 'mix(2, 6, progress)' }, 'p')).toBe(3);
    expect(sampler.flag({ kind: 'expression', of: "stage == 'hard'" }, 'q')).toBe(true);
  });
});

describe('a scheduled scene', () => {
  const vars = {
    crowd: { kind: 'stage', of: { easy: 1, hard: { kind: 'integer', min: 5, max: 9 } } },
  };
  const plain = makeRunInputs({ frames: 11, vars: { sun: { kind: 'uniform', min: 0, max: 1 } } });
  const inputs = {
    ...plain,
    config: configSchema.parse({
      ...plain.config,
      schedule: { stages },
      vars: { ...plain.config.vars, ...vars },
    }),
  };

  it('records where a frame stands, and leaves all else as it was', () => {
    const samples = [2, 3].map((frame) => sampleScene(inputs, frame));
    expect(samples.map(({ schedule }) => schedule)).toEqual([
      { progress: 0.2, stage: 'easy' },
      { progress: 0.3, stage: 'hard' },
    ]);
    expect(samples[0]?.vars.crowd).toBe(1);
    expect(samples[1]?.vars.crowd).toBeGreaterThanOrEqual(5);
    for (const frame of [2, 3]) {
      const { schedule: _schedule, vars: drawn, draws, ...rest } = sampleScene(inputs, frame);
      const { vars: before, draws: drawsBefore, ...restBefore } = sampleScene(plain, frame);
      expect(rest).toEqual(restBefore);
      expect(drawn).toMatchObject(before);
      expect(draws).toMatchObject(drawsBefore);
    }
  });
});
