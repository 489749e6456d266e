import { describe, expect, it } from 'vitest';
import { rangeOf, type ValueRange } from '#shared/config/value-range';
import type { NumberValue, VariableValue } from '#shared/config/value-schemas';

const vars: Record<string, VariableValue> = {
  sun: { kind: 'uniform', min: 10, max: 30 },
  free: { kind: 'normal', mean: 0, std: 1 },
  twice: { kind: 'var', name: 'sun', scale: 2, offset: 1 },
  loop: { kind: 'var', name: 'pool', scale: 1, offset: 0 },
  pool: { kind: 'var', name: 'loop', scale: 1, offset: 0 },
  paint: '#ffffff',
  mixed: { kind: 'choice', values: [1, 'x'] },
};
const ref = (name: string, scale = 1, offset = 0): NumberValue => ({
  kind: 'var',
  name,
  scale,
  offset,
});

describe('rangeOf', () => {
  it.each<[NumberValue, ValueRange | null]>([
    [3, { min: 3, max: 3 }],
    [
      { kind: 'constant', value: -2 },
      { min: -2, max: -2 },
    ],
    [
      { kind: 'log-uniform', min: 0.1, max: 10 },
      { min: 0.1, max: 10 },
    ],
    [
      { kind: 'normal', mean: 1, std: 2, min: -3 },
      { min: -3, max: Infinity },
    ],
    [
      { kind: 'normal', mean: 1, std: 0 },
      { min: 1, max: 1 },
    ],
    [
      { kind: 'choice', values: [5, 900, -1], weights: [1, 0, 2] },
      { min: -1, max: 5 },
    ],
    [
      { kind: 'histogram', edges: [0, 1, 2, 3], weights: [0, 2, 0] },
      { min: 1, max: 2 },
    ],
    [
      { kind: 'mixture', of: [1, ref('sun'), 900], weights: [1, 1, 0] },
      { min: 1, max: 30 },
    ],
    [{ kind: 'mixture', of: [1, ref('missing')] }, null],
    [
      { kind: 'permutation', values: { min: 2, max: 8, steps: 4 } },
      { min: 2, max: 8 },
    ],
    [
      { kind: 'grid', values: [4, -4], hold: 1 },
      { min: -4, max: 4 },
    ],
    [
      { kind: 'sobol', dimension: 1, of: { kind: 'beta', alpha: 1, beta: 2, min: 3, max: 4 } },
      { min: 3, max: 4 },
    ],
    [ref('sun'), { min: 10, max: 30 }],
    [ref('sun', -2, 5), { min: -55, max: -15 }],
    [ref('twice', 1, 1), { min: 22, max: 62 }],
    [ref('free', 0, 7), { min: 7, max: 7 }],
    [ref('free', 2), { min: -Infinity, max: Infinity }],
    [ref('loop'), null],
    [ref('missing'), null],
    [ref('toString'), null],
    [ref('paint'), null],
    [ref('mixed'), null],
  ])('%j', (value, expected) => {
    expect(rangeOf(value, vars)).toEqual(expected);
  });

  it('knows whole numbers', () => {
    expect(rangeOf({ kind: 'integer', min: 2, max: 9 }, {})).toEqual({ min: 2, max: 9 });
  });
});
