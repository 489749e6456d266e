import { describe, expect, it } from 'vitest';
import { SamplingError } from '#shared/core/errors';
import { drawnParameters } from '#shared/sampling/drawn-parameters';
import { sampleScene } from '#shared/sampling/sample-scene';
import type { DrawnValue } from '#shared/sampling/scene-sample';
import { createCoverage, type CoverageReport } from '#shared/stats/coverage';
import { coverageFrames, drawCoverage } from '#shared/stats/draw-coverage';
import { statedAt } from '#shared/stats/stated-at';
import { makeRunInputs } from '../../../makers/make-run-inputs.ts';

const unit = { kind: 'uniform', min: 0, max: 1 } as const;
const INPUTS = makeRunInputs({
  frames: 400,
  vars: {
    even: unit,
    either: { kind: 'mixture', of: [3, unit], weights: [1, 3] },
    word: { kind: 'choice', values: ['a', 'b', 'c'], weights: [1, 2, 0] },
    wet: { kind: 'chance', probability: 0.3 },
    count: { kind: 'integer', min: 1, max: 40 },
    level: {
      kind: 'if',
      when: 'wet',
      then: { ...unit, max: 5 },
      else: { kind: 'integer', min: 0, max: 1 },
    },
    reckoned: { kind: 'expression', of: 'even * 2' },
    spot: { kind: 'hemisphere', axis: [1, 1, 0] },
    once: { kind: 'permutation', values: ['x', 'y'] },
    net: { kind: 'sobol', dimension: 1, of: { kind: 'normal', mean: 0, std: 2 } },
  },
  objects: {
    crates: {
      categories: ['crate', 'post'],
      weights: { post: 3 },
      count: { kind: 'integer', min: 1, max: 3 },
      scale: { kind: 'log-uniform', min: 0.5, max: 1.2 },
      placement: { kind: 'scatter', surface: 'floor', yawDegrees: { ...unit, max: 90 } },
    },
  },
  lights: {
    key: {
      kind: 'point',
      count: 2,
      place: { kind: 'shell', radiusMeters: { ...unit, min: 0.5 }, elevationDegrees: 40 },
      intensity: { kind: 'triangular', min: 1, mode: 2, max: 4 },
    },
  },
});

/** A report over draws that are handed in. */
function judge(values: readonly DrawnValue[], stated: unknown): CoverageReport {
  const sample = sampleScene(makeRunInputs(), 0);
  const coverage = createCoverage();
  values.forEach((value, index) =>
    coverage.add(sample, [{ path: 'vars.x', parameter: 'vars.x', value, stated }], index),
  );
  return coverage.report();
}
const evenly = (n: number): number[] => Array.from({ length: n }, (_, i) => (i + 0.5) / n);

function drain(inputs: typeof INPUTS, samples: number): CoverageReport {
  const drawing = drawCoverage(inputs, samples);
  for (;;) {
    const step = drawing.next();
    if (step.done === true) return step.value;
  }
}

describe('the coverage of a config', () => {
  const report = drain(INPUTS, 400);
  const of = (name: string) => report.parameters.find(({ parameter }) => parameter === name);

  it('finds every distribution drawn as asked', () => {
    const verdicts = Object.fromEntries(report.parameters.map((p) => [p.parameter, p.verdict]));
    expect(verdicts).toEqual({
      ...Object.fromEntries(
        [
          ...['even', 'either', 'word', 'wet', 'count', 'level', 'spot', 'once', 'net'].map(
            (name) => `vars.${name}`,
          ),
          ...['category', 'asset', 'count', 'scale', 'yawDegrees'].map(
            (f) => `objects.crates.${f}`,
          ),
          ...[
            'key.place.radiusMeters',
            'key.place.azimuthDegrees',
            'key.intensity',
            'ceiling.intensity',
          ].map((field) => `lights.${field}`),
        ].map((name) => [name, 'ok']),
      ),
      'vars.reckoned': 'open',
    });
    expect(report).toMatchObject({ frames: 400, failed: { count: 0, first: null } });
    expect(report.alpha * report.tests).toBeCloseTo(0.001, 12);
    expect(of('vars.reckoned')?.open).toBe('reckoned from variables');
  });

  it('states what was asked and what came up', () => {
    expect(of('vars.even')).toMatchObject({
      n: 400,
      stated: unit,
      asked: { min: 0, max: 1, mean: 0.5 },
    });
    expect(of('vars.either')?.asked?.mean).toBeCloseTo(0.75 + 0.375, 9);
    // Both single values and a density: a test of each.
    expect([of('vars.either')?.ks, of('vars.either')?.chiSquare]).not.toContain(null);
    const words = of('vars.word')?.drawn;
    expect(words).toMatchObject({ kind: 'outcomes' });
    const outcomes = words?.kind === 'outcomes' ? words.outcomes : [];
    expect(outcomes.map(({ value }) => value)).toEqual(['a', 'b']);
    expect(outcomes.map(({ expected }) => Math.round(expected ?? 0))).toEqual([133, 267]);
    expect(of('lights.key.intensity')?.n).toBe(800);
    expect(of('vars.spot')?.drawn.kind).toBe('vectors');
  });

  it('judges levels and ramps by the frame’s place in the schedule', () => {
    const scheduled = makeRunInputs({
      frames: 3000,
      schedule: { stages: { easy: { untilProgress: 0.5 }, hard: {} } },
      vars: {
        ramp: {
          kind: 'ramp',
          points: [
            [0, unit],
            [1, { ...unit, max: 9 }],
          ],
        },
        stage: { kind: 'stage', of: { easy: unit, hard: { ...unit, min: 0.5 } } },
      },
    });
    const drawn = drain(scheduled, 300).parameters.filter((p) => p.parameter.startsWith('vars.'));
    expect(drawn.map(({ verdict, n }) => [verdict, n])).toEqual([
      ['ok', 300],
      ['ok', 300],
    ]);
  });

  it('counts frames that cannot be drawn, and passes on what is no error of drawing', () => {
    const coverage = createCoverage();
    coverage.addFailure(new SamplingError('no room'));
    coverage.addFailure(new SamplingError('no room again'));
    expect(coverage.report().failed).toEqual({ count: 2, first: 'no room' });
    expect(() => coverage.addFailure(new TypeError('a fault'))).toThrow(TypeError);
  });
});

describe('what is not as asked', () => {
  it('is weak: another range, another shape, other weights', () => {
    const verdictOf = (values: readonly DrawnValue[], stated: unknown) =>
      judge(values, stated).parameters[0]?.verdict;
    expect(verdictOf(evenly(500), unit)).toBe('ok');
    expect(verdictOf(evenly(500), { ...unit, max: 1.2 })).toBe('weak');
    expect(
      verdictOf(
        evenly(500).map((u) => u * u),
        unit,
      ),
    ).toBe('weak');
    const words = evenly(500).map((u) => (u < 0.5 ? 'a' : 'b'));
    expect(verdictOf(words, { kind: 'choice', values: ['a', 'b'] })).toBe('ok');
    expect(verdictOf(words, { kind: 'choice', values: ['a', 'b'], weights: [2, 1] })).toBe('weak');
  });

  it('is outside: a value that no draw can have', () => {
    const [one] = judge([...evenly(99), 1.01], unit).parameters;
    expect(one).toMatchObject({ verdict: 'outside', outside: { count: 1, first: 1.01 } });
    const [other] = judge(['a', 'z'], { kind: 'choice', values: ['a', 'b'] }).parameters;
    expect(other).toMatchObject({ verdict: 'outside', outside: { count: 1, first: 'z' } });
  });

  it('comes first, then what is not judged, then what came nearest to failing', () => {
    const sample = sampleScene(makeRunInputs(), 0);
    const coverage = createCoverage();
    evenly(400).forEach((u, index) => {
      const draw = (parameter: string, value: DrawnValue, stated: unknown) => ({
        path: parameter,
        parameter,
        value,
        stated,
      });
      const draws = [
        draw('fine', u, unit),
        draw('near', u, { ...unit, max: 1.05 }),
        draw('unknown', u, undefined),
        draw('bent', u * u, unit),
        draw('lost', 2, unit),
      ];
      coverage.add(sample, draws, index);
    });
    const names = coverage.report().parameters.map(({ parameter }) => parameter);
    expect(names).toEqual(['lost', 'bent', 'unknown', 'near', 'fine']);
  });

  it('is told beside what was rejected and drawn anew', () => {
    const sample = { ...sampleScene(makeRunInputs(), 0), rejections: { 'objects.mugs[3]': 5 } };
    const coverage = createCoverage();
    const draw = (parameter: string) => ({ path: parameter, parameter, value: 1, stated: 1 });
    coverage.add(sample, [draw('objects.mugs.yawDegrees'), draw('objects.mugsy.scale')], 0);
    expect(coverage.report().parameters.map((p) => [p.parameter, p.redrawn])).toEqual([
      ['objects.mugs.yawDegrees', 5],
      ['objects.mugsy.scale', 0],
    ]);
  });
});

describe('coverageFrames', () => {
  const config = (changes: Parameters<typeof makeRunInputs>[0]) => makeRunInputs(changes).config;

  it('takes the first frames, and all again with other seeds where there are too few', () => {
    expect(coverageFrames(config({ frames: 9 }), 2)).toEqual([
      { frame: 0, index: 0, round: 0 },
      { frame: 1, index: 1, round: 0 },
    ]);
    const few = coverageFrames(config({ frames: 2 }), 5);
    expect(few.map(({ frame, round }) => [frame, round])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
      [0, 2],
    ]);
  });

  it('takes the first of each sequence, and spreads over a schedule', () => {
    const moving = coverageFrames(config({ frames: 10, sequence: { frames: 4 } }), 4);
    expect(moving.map(({ frame, index, round }) => [frame, index, round])).toEqual([
      [0, 0, 0],
      [4, 1, 0],
      [8, 2, 0],
      [0, 0, 1],
    ]);
    const scheduled = coverageFrames(config({ frames: 100, schedule: {} }), 4);
    expect(scheduled.map(({ frame }) => frame)).toEqual([0, 25, 50, 75]);
  });
});

describe('statedAt', () => {
  it('finds in a config what sampling was told for a draw, wherever the path leads there', () => {
    const { parameters } = drawnParameters(INPUTS, 3);
    const unknown: string[] = [];
    for (const { path, stated } of parameters) {
      const found = statedAt(INPUTS.config, path);
      if (found === undefined) unknown.push(path.replace(/\[\d+\]/, ''));
      else expect(found, path).toEqual(stated);
    }
    // Which models there are, the catalogue decides; the ceiling's light is stated by the scene.
    expect([...new Set(unknown)]).toEqual(['objects.crates.asset', 'lights.ceiling.intensity']);
    expect(statedAt(INPUTS.config, 'objects.none[0].scale')).toBeUndefined();
    expect(statedAt(INPUTS.config, 'constructor')).toBeUndefined();
  });
});
