import { describe, expect, it } from 'vitest';
import type { DrawnValue } from '#shared/sampling/scene-sample';
import { drawOne, type SingleDraw } from '#shared/sampling/draw-one';
import { pointInRound } from '#shared/sampling/round-points';
import { isOpen, statedForm, type FormContext, type StatedForm } from '#shared/stats/stated-form';

const CONTEXT: FormContext = { vars: { sun: 7 }, schedule: { progress: 0.25 }, index: 5 };
const formOf = (stated: unknown, context = CONTEXT): StatedForm => {
  const form = statedForm(stated, context);
  if (isOpen(form)) throw new Error(`expected a form, found ${form.open}`);
  return form;
};
const transformOf = (stated: unknown) => (value: DrawnValue) =>
  formOf(stated).spread?.form.transform(value) ?? NaN;

const CONTINUOUS: readonly SingleDraw[] = [
  { kind: 'uniform', min: -2, max: 5 },
  { kind: 'log-uniform', min: 0.01, max: 40 },
  { kind: 'normal', mean: 3, std: 2 },
  { kind: 'normal', mean: 3, std: 2, min: 1, max: 4 },
  { kind: 'normal', mean: 0, std: 1, min: 5 },
  { kind: 'triangular', min: 1, mode: 2, max: 5 },
  { kind: 'triangular', min: 1, mode: 1, max: 5 },
  { kind: 'beta', alpha: 2, beta: 5, min: -10, max: 10 },
  { kind: 'histogram', edges: [0, 1, 3, 4, 8], weights: [2, 1, 0, 1] },
  { kind: 'empirical', values: [4, 0, 1], interpolation: 'linear' },
];

describe('closed forms of distributions', () => {
  it.each(CONTINUOUS.map((draw) => [draw.kind, draw] as const))(
    'undo the quantile that values are drawn by: %s',
    (_, draw) => {
      const transform = transformOf(draw);
      for (const u of [0.001, 0.1, 0.37, 0.5, 0.74, 0.9, 0.999])
        expect(transform(drawOne(draw, u, 'p'))).toBeCloseTo(u, 9);
    },
  );

  it.each(CONTINUOUS.map((draw) => [draw.kind, draw] as const))(
    'have the mean of the quantiles: %s',
    (_, draw) => {
      const steps = 100_000;
      let sum = 0;
      for (let i = 0; i < steps; i++) sum += Number(drawOne(draw, (i + 0.5) / steps, 'p'));
      const range = formOf(draw).spread?.form.range;
      expect(range?.mean).toBeCloseTo(sum / steps, 3);
      if (range) expect([range.min <= range.mean, range.mean <= range.max]).toEqual([true, true]);
    },
  );

  it('are single values where a list, a chance or a whole range is drawn from', () => {
    const atoms = (stated: unknown) => formOf(stated).atoms.map((a) => [a.value, a.probability]);
    expect(atoms({ kind: 'choice', values: ['a', 'b', 'a'], weights: [1, 2, 1] })).toEqual([
      ['a', 0.5],
      ['b', 0.5],
    ]);
    expect(atoms({ kind: 'chance', probability: 0.2 })).toEqual([
      [true, 0.2],
      [false, 0.8],
    ]);
    expect(atoms({ kind: 'integer', min: 2, max: 3 })).toEqual([
      [2, 0.5],
      [3, 0.5],
    ]);
    expect(atoms({ kind: 'empirical', values: [1, 1, 4, 4], interpolation: 'none' })).toEqual([
      [1, 0.5],
      [4, 0.5],
    ]);
    expect(atoms({ kind: 'uniform', min: 3, max: 3 })).toEqual([[3, 1]]);
    expect(atoms({ kind: 'grid', values: [7, 8, 9], hold: 2 })).toEqual([[9, 1]]);
    expect(atoms({ kind: 'permutation', values: { min: 0, max: 1, steps: 2 } })).toEqual([
      [0, 0.5],
      [1, 0.5],
    ]);
  });

  it('keep what is repeated in a list apart from what lies between', () => {
    const form = formOf({ kind: 'empirical', values: [2, 2, 4, 8], interpolation: 'linear' });
    expect(form.atoms).toEqual([{ value: 2, probability: 1 / 3 }]);
    expect(form.spread?.probability).toBeCloseTo(2 / 3, 12);
    expect(form.spread?.form.transform(4)).toBeCloseTo(0.5, 12);
  });

  it('judge large whole ranges as if they were continuous', () => {
    const form = formOf({ kind: 'integer', min: 0, max: 99_999 });
    expect(form.atoms).toEqual([]);
    expect(form.spread?.form.transform(0)).toBeCloseTo(0.5e-5, 12);
    expect(form.spread?.form.transform(99_999)).toBeCloseTo(1 - 0.5e-5, 12);
  });

  it('mix single values and densities by weight', () => {
    const form = formOf({
      kind: 'mixture',
      of: [4, { kind: 'uniform', min: 0, max: 2 }, { kind: 'uniform', min: 0, max: 8 }],
      weights: [2, 1, 1],
    });
    expect(form.atoms).toEqual([{ value: 4, probability: 0.5 }]);
    expect(form.spread?.probability).toBe(0.5);
    expect(form.spread?.form.range).toEqual({ min: 0, max: 8, mean: 2.5 });
    expect(form.spread?.form.transform(2)).toBeCloseTo((1 + 0.25) / 2, 12);
  });

  it('are settled by the frame: conditions, stages, ramps, variables', () => {
    const unit = { kind: 'uniform', min: 0, max: 1 };
    const context = { ...CONTEXT, schedule: { progress: 0.25, stage: 'late' } };
    const when = { kind: 'if', when: 'sun > 6', then: unit, else: 9 };
    expect(formOf(when).spread?.probability).toBe(1);
    expect(formOf(when, { ...CONTEXT, vars: { sun: 6 } }).atoms[0]?.value).toBe(9);
    const staged = { kind: 'stage', of: { early: 1, late: 2 } };
    expect(formOf(staged, context).atoms).toEqual([{ value: 2, probability: 1 }]);
    expect(formOf({ kind: 'var', name: 'sun', scale: 2, offset: 1 }).atoms[0]?.value).toBe(15);
    const ramp = formOf({
      kind: 'ramp',
      points: [
        [0, unit],
        [1, { ...unit, max: 9 }],
      ],
    });
    // A quarter of the way from uniform(0, 1) to uniform(0, 9) lies uniform(0, 3).
    expect(ramp.spread?.form.range?.mean).toBeCloseTo(1.5, 9);
    expect(ramp.spread?.form.transform(1)).toBeCloseTo(1 / 3, 9);
    expect(
      formOf({
        kind: 'ramp',
        points: [
          [0, 4],
          [1, 8],
        ],
      }).atoms[0]?.value,
    ).toBe(5);
  });

  it('are none for what is reckoned, with the reason', () => {
    expect(statedForm({ kind: 'expression', of: 'sun' }, CONTEXT)).toEqual({
      open: 'reckoned from variables',
    });
    expect(statedForm({ kind: 'one-of', textures: [] }, CONTEXT)).toEqual({
      open: 'has no closed form',
    });
  });
});

describe('rotations', () => {
  it('become even numbers by the law of their angle', () => {
    const transform = transformOf({ kind: 'so3' });
    for (const degrees of [1, 30, 90, 150, 180]) {
      const half = (degrees * Math.PI) / 360;
      // By Simpson's rule over the density (1 − cos θ)/π.
      const steps = 200;
      const density = (i: number): number => (1 - Math.cos((2 * half * i) / steps)) / Math.PI;
      const sum = Array.from({ length: steps + 1 }, (_, i) =>
        density(i) * (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2)).reduce((a, b) => a + b); // prettier-ignore
      const q = [-Math.cos(half), 0, Math.sin(half) * 0.6, Math.sin(half) * 0.8] as const;
      expect(transform(q)).toBeCloseTo((sum * 2 * half) / steps / 3, 9);
    }
  });
});

describe('round shapes', () => {
  const center = [1, -2, 3] as const;
  const grid = Array.from({ length: 2000 }, (_, i) => (i + 0.5) / 2000);
  const golden = (i: number): number => ((i + 1) * 0.6180339887498949) % 1;

  it.each(['sphere', 'ball', 'hemisphere', 'disc'] as const)(
    'become even numbers, whatever the radius: %s',
    (kind) => {
      const shape = { kind, radius: 1, center, axis: [1, 2, -2] } as never;
      const transform = transformOf(shape);
      const found = grid.map((u, i) => {
        const [a, b] = kind === 'disc' ? [golden(i), u] : [u, golden(i)];
        return transform(pointInRound(shape, 0.5 + u, [a, b, golden(7 * i)]));
      });
      const sorted = found.sort((a, b) => a - b);
      sorted.forEach((p, i) => expect(Math.abs(p - (grid[i] ?? NaN))).toBeLessThan(2e-3));
    },
  );
});
