import { expect, it } from 'vitest';
import { fitSlope } from '../../../scripts/bench/fit-slope.ts';

it('finds the slope of a line exactly, without error', () => {
  const { slope, error } = fitSlope([1, 2, 4, 8].map((x) => [x, 3 - 0.5 * x]));
  expect(slope).toBeCloseTo(-0.5, 12);
  expect(error).toBeCloseTo(0, 12);
});

it('finds slope and standard error of a case worked out by hand', () => {
  // Means 1 and 4/3, slope 1/2, rests (1, −2, 1)/6: their squares sum up to 1/6, over one degree of freedom.
  const { slope, error } = fitSlope([
    [0, 1],
    [1, 1],
    [2, 2],
  ]);
  expect(slope).toBeCloseTo(0.5, 12);
  expect(error).toBeCloseTo(Math.sqrt(1 / 6 / 1 / 2), 12);
});

it('asks for three points', () => {
  expect(() =>
    fitSlope([
      [0, 1],
      [1, 1],
    ]),
  ).toThrow('expected three points or more, got 2');
});
