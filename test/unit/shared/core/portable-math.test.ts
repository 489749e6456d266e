import { describe, expect, it } from 'vitest';
import {
  acos,
  atan,
  atan2,
  cos,
  DEGREE,
  exp,
  log,
  pow,
  sin,
  tan,
  TAU,
} from '#shared/core/portable-math';

/** What portable-math.ts promises: relative, or absolute where `near` is 1 and the value is below 1. */
const BOUND = 1e-15;
const ARGUMENTS = 20_000;
const GOLDEN = 0.6180339887498949;

type Real = (x: number) => number;
type Case = readonly [name: string, ours: Real, theirs: Real, range: readonly [number, number]];

/** Greatest error over evenly spread arguments of a range; relative to at least `near`. */
function worstError([, ours, theirs, [low, high]]: Case, near: number): number {
  let worst = 0;
  for (let i = 0; i < ARGUMENTS; i++) {
    const x = low + (high - low) * ((i * GOLDEN) % 1);
    const expected = theirs(x);
    const scale = Math.max(near, Math.abs(expected), Number.MIN_VALUE);
    worst = Math.max(worst, Math.abs(ours(x) - expected) / scale);
  }
  return worst;
}

const power =
  (y: number, of: typeof pow): Real =>
  (x) =>
    of(x, y);

describe('portable maths', () => {
  it.each<Case>([
    ['sin', sin, Math.sin, [-TAU, TAU]],
    ['sin of many turns', sin, Math.sin, [-1e6, 1e6]],
    ['cos', cos, Math.cos, [-TAU, TAU]],
    ['cos of many turns', cos, Math.cos, [-1e6, 1e6]],
    ['tan up to 75° of half field of view', tan, Math.tan, [-75 * DEGREE, 75 * DEGREE]],
  ])('%s: within 1e-15 of Math, absolute below 1', (...each) => {
    expect(worstError(each, 1)).toBeLessThan(BOUND);
  });

  it.each<Case>([
    ['sin of small angles', sin, Math.sin, [-1e-3, 1e-3]],
    ['atan', atan, Math.atan, [-2, 2]],
    ['atan far out', atan, Math.atan, [-1e6, 1e6]],
    ['acos', acos, Math.acos, [-1, 1]],
    ['acos near 1', acos, Math.acos, [0.9999, 1]],
    ['exp', exp, Math.exp, [-1, 1]],
    ['exp', exp, Math.exp, [-700, 700]],
    ['log near 1', log, Math.log, [0.9, 1.1]],
    ['log', log, Math.log, [1e-9, 10]],
    ['log of large numbers', log, Math.log, [1, 1e15]],
    ['square root by pow', power(0.5, pow), Math.sqrt, [1e-3, 100]],
  ])('%s: within 1e-15 of Math, relative', (...each) => {
    expect(worstError(each, 0)).toBeLessThan(BOUND);
  });

  it.each([
    [2.4, 0.003, 1],
    [-3, 0.01, 1000],
    [17, 0.5, 2],
  ])('x ** %d keeps the bound that pow states', (y, low, high) => {
    const greatest = Math.max(Math.abs(y * Math.log(low)), Math.abs(y * Math.log(high)));
    const worst = worstError(
      ['pow', power(y, pow), power(y, (a, b) => Math.pow(a, b)), [low, high]],
      0,
    );
    expect(worst).toBeLessThan(BOUND * (1 + greatest / 4));
  });

  it('meets Math at and beside every border of the quadrants of three turns', () => {
    for (let quarter = -12; quarter <= 12; quarter++) {
      for (const beside of [-1e-9, 0, 1e-9]) {
        const x = (quarter * Math.PI) / 2 + beside;
        expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(BOUND);
        expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(BOUND);
        expect(sin(x) * sin(x) + cos(x) * cos(x)).toBeCloseTo(1, 14);
      }
    }
    // The zeros themselves: not 0, but the rounding error of the argument.
    expect(cos(Math.PI / 2)).toBe(6.123233995736766e-17);
    expect(sin(Math.PI)).toBe(1.2246467991473532e-16);
  });

  it.each([sin, cos, tan])('refuses angles past 1e6 rad, infinite ones and NaN', (f) => {
    for (const x of [1.0001e6, -1e7, Infinity, -Infinity, NaN])
      expect(() => f(x)).toThrow(RangeError);
    expect(() => f(2e6)).toThrow('expected an angle within ±1e6 rad, got 2000000');
    expect(Number.isFinite(f(1e6))).toBe(true);
  });

  it('puts atan2 into the quadrant of Math, axes and origin included', () => {
    const at = [-1e9, -3, -1, -1e-9, 0, 1e-9, 1, 2, 1e9];
    for (const y of at) {
      for (const x of at) {
        const error = Math.abs(atan2(y, x) - Math.atan2(y, x));
        expect(error, `atan2(${y}, ${x})`).toBeLessThanOrEqual(BOUND * Math.PI);
      }
    }
    expect(atan2(0, 0)).toBe(0);
  });

  it('reaches the limits that its documentation names', () => {
    expect([exp(0), exp(710), exp(-709), exp(-Infinity), exp(Infinity)]).toEqual([
      1,
      Infinity,
      0,
      0,
      Infinity,
    ]);
    expect([log(1), log(0), log(Infinity), log(-1), log(NaN)]).toEqual([
      0,
      -Infinity,
      Infinity,
      NaN,
      NaN,
    ]);
    expect(log(Number.MIN_VALUE)).toBe(Math.log(Number.MIN_VALUE));
    expect([pow(0, 2), pow(0, 0), pow(0, -1), pow(7, 0), pow(1, 1e9)]).toEqual([
      0,
      1,
      Infinity,
      1,
      1,
    ]);
    expect([atan(Infinity), atan(-Infinity), acos(1), acos(-1), acos(1.01)]).toEqual([
      Math.PI / 2,
      -Math.PI / 2,
      0,
      Math.PI,
      NaN,
    ]);
    expect(exp(NaN)).toBeNaN();
  });

  it('exp undoes log over six hundred decades', () => {
    for (let decade = -300; decade <= 300; decade += 7) {
      const x = 3.7 * Math.pow(10, decade);
      expect(Math.abs(exp(log(x)) / x - 1)).toBeLessThan(BOUND * (1 + Math.abs(Math.log(x)) / 4));
    }
  });
});
