import { describe, expect, it } from 'vitest';
import type {
  ColorValue,
  FlagValue,
  IntegerValue,
  NumberValue,
  StringValue,
  VariableValue,
  Vec3Value,
} from '#shared/config/value-schemas';
import { linearFromHex, linearFromHsv, linearFromKelvin } from '#shared/core/color';
import { SamplingError } from '#shared/core/errors';
import { Sampler } from '#shared/sampling/sampler';
import {
  CHI_SQUARE_LIMIT,
  chiSquare,
  countsOf,
  integratedNormal,
  KS_LIMIT,
  ksStatistic,
} from './goodness-of-fit.ts';

/** Draws are taken over frames, as a dataset takes them. */
const FRAMES = 10_000;
const overFrames = <T>(draw: (sampler: Sampler) => T, seed = 'fit'): T[] =>
  Array.from({ length: FRAMES }, (_, frame) => draw(new Sampler(seed, frame)));
const numbers = (value: NumberValue): number[] => overFrames((s) => s.number(value, 'p'));
const evenly = (bins: number): number[] => new Array<number>(bins).fill(FRAMES / bins);
const byWeight = (weights: readonly number[]): number[] => {
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => (weight / total) * FRAMES);
};
const extremes = (drawn: readonly number[]): [number, number] => [
  Math.min(...drawn),
  Math.max(...drawn),
];

type Fit = readonly [
  name: string,
  value: NumberValue,
  cdf: (x: number) => number,
  range: readonly [number, number],
];
const clip = (p: number): number => Math.min(1, Math.max(0, p));
/** Renormalised: (Φ(z) − Φ(low)) / (Φ(high) − Φ(low)). */
const truncated =
  (mean: number, std: number, [low, high]: readonly [number, number]) =>
  (x: number): number => {
    const phi = (at: number): number =>
      Math.abs(at) === Infinity ? (at > 0 ? 1 : 0) : integratedNormal((at - mean) / std);
    return clip((phi(x) - phi(low)) / (phi(high) - phi(low)));
  };

describe('numbers', () => {
  it.each<Fit>([
    ['uniform', { kind: 'uniform', min: -3, max: 5 }, (x) => clip((x + 3) / 8), [-3, 5]],
    [
      'log-uniform',
      { kind: 'log-uniform', min: 0.01, max: 100 },
      (x) => clip(Math.log(x / 0.01) / Math.log(1e4)),
      [0.01, 100],
    ],
    [
      'normal',
      { kind: 'normal', mean: 12, std: 3 },
      truncated(12, 3, [-Infinity, Infinity]),
      [-Infinity, Infinity],
    ],
    [
      'normal cut on both sides, off its middle',
      { kind: 'normal', mean: 2, std: 1, min: 1.5, max: 5 },
      truncated(2, 1, [1.5, 5]),
      [1.5, 5],
    ],
    [
      'normal cut below',
      { kind: 'normal', mean: 0, std: 2, min: 1 },
      truncated(0, 2, [1, Infinity]),
      [1, Infinity],
    ],
    [
      'normal cut above',
      { kind: 'normal', mean: 0, std: 2, max: -3 },
      truncated(0, 2, [-Infinity, -3]),
      [-Infinity, -3],
    ],
  ])('%s: right in range and distribution (Kolmogorov–Smirnov, 0.1 %%)', (...fit) => {
    const [, value, cdf, [low, high]] = fit;
    const drawn = numbers(value);
    const [least, greatest] = extremes(drawn);
    expect(least).toBeGreaterThanOrEqual(low);
    expect(greatest).toBeLessThanOrEqual(high);
    expect(ksStatistic(drawn, cdf)).toBeLessThan(KS_LIMIT);
  });

  it('tells a truncated normal from a clamped one: the limit has teeth', () => {
    const clamped = numbers({ kind: 'normal', mean: 2, std: 1 }).map((x) =>
      Math.min(5, Math.max(1.5, x)),
    );
    expect(ksStatistic(clamped, truncated(2, 1, [1.5, 5]))).toBeGreaterThan(10 * KS_LIMIT);
  });

  it('never leaves the range by rounding, where it is a point or far from the middle', () => {
    for (const edge of [0.1, 1e-4, 10, 1e4, 7.3]) {
      const point: NumberValue = { kind: 'log-uniform', min: edge, max: edge };
      expect(new Sampler('s', 0).number(point, 'p')).toBe(edge);
    }
    const far: NumberValue = { kind: 'normal', mean: 0.1, std: 0.003, min: 0, max: 0.005 };
    for (const x of numbers(far).slice(0, 500)) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(0.005);
    }
  });

  it('draws numbers, in range, from a normal cut hundreds of deviations out', () => {
    const drawn = numbers({ kind: 'normal', mean: 0, std: 0.001, min: 0.5, max: 1 });
    const [least, greatest] = extremes(drawn);
    expect(least).toBeGreaterThanOrEqual(0.5);
    // The tail of 500 deviations is exponential with mean 0.001 / 500; 1e4 draws stay below 30 of those.
    expect(greatest).toBeLessThan(0.5 + 30 * 2e-6);
    const excess = drawn.map((x) => (x - 0.5) / 2e-6);
    expect(ksStatistic(excess, (x) => 1 - Math.exp(-x))).toBeLessThan(KS_LIMIT);
  });

  it('draws the mean of a normal without spread, and constants without a record', () => {
    const sampler = new Sampler('s', 3);
    expect(sampler.number({ kind: 'normal', mean: 4, std: 0 }, 'a')).toBe(4);
    expect(sampler.number({ kind: 'constant', value: 7 }, 'b')).toBe(7);
    expect(sampler.number(8, 'c')).toBe(8);
    expect(sampler.draws).toEqual({ a: 4 });
  });

  it('draws choices by weight, and never one of weight 0 (chi-square, 0.1 %)', () => {
    const values = [10, 20, 30, 40];
    const weights = [1, 0, 2.5, 0.5];
    const drawn = numbers({ kind: 'choice', values, weights });
    const counts = countsOf(drawn, [10, 30, 40]);
    expect(counts.reduce((a, b) => a + b)).toBe(FRAMES);
    expect(chiSquare(counts, byWeight([1, 2.5, 0.5]))).toBeLessThan(CHI_SQUARE_LIMIT[2] ?? NaN);
    const equal = countsOf(numbers({ kind: 'choice', values }), values);
    expect(chiSquare(equal, evenly(4))).toBeLessThan(CHI_SQUARE_LIMIT[3] ?? NaN);
  });

  it('refuses a choice whose weights are all 0', () => {
    expect(() =>
      new Sampler('s', 0).number({ kind: 'choice', values: [1, 2], weights: [0, 0] }, 'a.b'),
    ).toThrow(new SamplingError('a.b: nothing to choose from: every weight is 0'));
  });

  it('draws again, independently, for another attempt', () => {
    const value: NumberValue = { kind: 'uniform', min: 0, max: 1 };
    const first = overFrames((s) => s.number(value, 'p', 0));
    const second = overFrames((s) => s.number(value, 'p', 1));
    const covariance =
      first.reduce((sum, x, i) => sum + (x - 0.5) * ((second[i] ?? NaN) - 0.5), 0) / FRAMES;
    // Of independent uniforms: mean 0, deviation (1/12) / √n; 3.3 of those are 0.1 %.
    expect(Math.abs(covariance)).toBeLessThan(3.3 / 12 / Math.sqrt(FRAMES));
  });
});

describe('whole numbers', () => {
  it('draws each of min..max, both ends included, equally often (chi-square, 0.1 %)', () => {
    const value: IntegerValue = { kind: 'integer', min: -3, max: 6 };
    const drawn = overFrames((s) => s.integer(value, 'n'));
    const values = Array.from({ length: 10 }, (_, i) => i - 3);
    const counts = countsOf(drawn, values);
    expect(counts.reduce((a, b) => a + b)).toBe(FRAMES);
    expect(chiSquare(counts, evenly(10))).toBeLessThan(CHI_SQUARE_LIMIT[9] ?? NaN);
  });

  it('draws the one number of a range of one, constants and choices', () => {
    const sampler = new Sampler('s', 1);
    expect(sampler.integer({ kind: 'integer', min: 5, max: 5 }, 'a')).toBe(5);
    expect(sampler.integer({ kind: 'constant', value: -2 }, 'b')).toBe(-2);
    expect(sampler.integer({ kind: 'choice', values: [4, 9], weights: [0, 1] }, 'c')).toBe(9);
    expect(sampler.integer(3, 'd')).toBe(3);
  });

  it('refuses a variable that was not drawn whole', () => {
    const sampler = new Sampler('s', 0);
    sampler.drawVars({ n: 2.5 });
    expect(() => sampler.integer({ kind: 'var', name: 'n' }, 'objects.a.count')).toThrow(
      'objects.a.count: expected a whole number from vars.n, got 2.5',
    );
  });
});

describe('flags and texts', () => {
  it('is true with its probability (chi-square, 0.1 %), and sure at 0 and 1', () => {
    const chance = (probability: number): boolean[] =>
      overFrames((s) => s.flag({ kind: 'chance', probability }, 'f'));
    const counts = countsOf(chance(0.3), [true, false]);
    expect(chiSquare(counts, byWeight([3, 7]))).toBeLessThan(CHI_SQUARE_LIMIT[1] ?? NaN);
    expect(chance(0)).not.toContain(true);
    expect(chance(1)).not.toContain(false);
  });

  it('draws choices of flags and of texts by weight', () => {
    const flags: FlagValue = { kind: 'choice', values: [true, false], weights: [1, 4] };
    const flagCounts = countsOf(
      overFrames((s) => s.flag(flags, 'f')),
      [true, false],
    );
    expect(chiSquare(flagCounts, byWeight([1, 4]))).toBeLessThan(CHI_SQUARE_LIMIT[1] ?? NaN);
    const texts: StringValue = { kind: 'choice', values: ['a', 'b', 'c'] };
    const textCounts = countsOf(
      overFrames((s) => s.string(texts, 't')),
      ['a', 'b', 'c'],
    );
    expect(chiSquare(textCounts, evenly(3))).toBeLessThan(CHI_SQUARE_LIMIT[2] ?? NaN);
  });
});

describe('vectors', () => {
  it('draws components independently, each from its own distribution (chi-square, 0.1 %)', () => {
    const side: NumberValue = { kind: 'uniform', min: 0, max: 1 };
    const value: Vec3Value = [side, 7, side];
    const drawn = overFrames((s) => s.vec3(value, 'v'));
    expect(drawn.every(([, y]) => y === 7)).toBe(true);
    const cells = drawn.map(([x, , z]) => Math.floor(x * 4) * 4 + Math.floor(z * 4));
    const counts = countsOf(
      cells,
      Array.from({ length: 16 }, (_, i) => i),
    );
    expect(chiSquare(counts, evenly(16))).toBeLessThan(CHI_SQUARE_LIMIT[15] ?? NaN);
  });

  it('draws whole vectors from a choice, and keeps constants', () => {
    const sampler = new Sampler('s', 0);
    const drawn = sampler.vec3(
      {
        kind: 'choice',
        values: [
          [1, 2, 3],
          [4, 5, 6],
        ],
        weights: [0, 1],
      },
      'v',
    );
    expect(drawn).toEqual([4, 5, 6]);
    expect(sampler.vec3({ kind: 'constant', value: [7, 8, 9] }, 'w')).toEqual([7, 8, 9]);
    expect(sampler.draws).toEqual({ v: [4, 5, 6] });
  });
});

describe('colours', () => {
  it('gives each way of writing a colour in linear light', () => {
    const sampler = new Sampler('s', 0);
    sampler.drawVars({ paint: '#336699' });
    const color = (value: ColorValue) => sampler.color(value, 'c');
    expect(color('#336699')).toEqual(linearFromHex('#336699'));
    expect(color({ kind: 'constant', value: '#102030' })).toEqual(linearFromHex('#102030'));
    expect(color({ kind: 'var', name: 'paint' })).toEqual(linearFromHex('#336699'));
    expect(color({ kind: 'hsv', hueDegrees: 20, saturation: 0.5, value: 0.9 })).toEqual(
      linearFromHsv(20, 0.5, 0.9),
    );
    expect(color({ kind: 'temperature', kelvin: 4000 })).toEqual(linearFromKelvin(4000));
  });

  it('draws hue, saturation and value apart, and records what it drew', () => {
    const range: NumberValue = { kind: 'uniform', min: 0.2, max: 0.8 };
    const hue: NumberValue = { kind: 'uniform', min: 0, max: 360 };
    const sampler = new Sampler('s', 0);
    const value: ColorValue = { kind: 'hsv', hueDegrees: hue, saturation: range, value: range };
    const drawn = sampler.color(value, 'c');
    const { draws } = sampler;
    expect(Object.keys(draws)).toEqual(['c.hueDegrees', 'c.saturation', 'c.value']);
    expect(draws['c.saturation']).not.toBe(draws['c.value']);
    expect(drawn).toEqual(
      linearFromHsv(
        Number(draws['c.hueDegrees']),
        Number(draws['c.saturation']),
        Number(draws['c.value']),
      ),
    );
  });

  it('keeps lightness and hue of a colour that sRGB has not, or refuses it', () => {
    const vivid = { kind: 'oklch', lightness: 0.6, chroma: 0.35, hueDegrees: 150 } as const;
    const sampler = new Sampler('s', 0);
    const reduced = sampler.color({ ...vivid, outOfGamut: 'reduce-chroma' }, 'c');
    // The least channel touches 0: there is no more chroma at that lightness and hue.
    expect(Math.min(...reduced)).toBeLessThan(1e-6);
    expect(reduced.every((channel) => channel >= 0 && channel <= 1)).toBe(true);
    expect(() => sampler.color({ ...vivid, outOfGamut: 'error' }, 'c')).toThrow(
      'c: expected a colour that sRGB has, drew lightness 0.6, chroma 0.35, hue 150°. Lower the chroma, or set outOfGamut: reduce-chroma.',
    );
    const inside = { ...vivid, chroma: 0.05 };
    expect(sampler.color({ ...inside, outOfGamut: 'reduce-chroma' }, 'c')).toEqual(
      sampler.color({ ...inside, outOfGamut: 'error' }, 'c'),
    );
  });

  it.each<[ColorValue, string]>([
    [
      { kind: 'hsv', hueDegrees: 0, saturation: { kind: 'normal', mean: 9, std: 1 }, value: 1 },
      'c.saturation: expected a value in 0..1, drew ',
    ],
    [
      { kind: 'hsv', hueDegrees: 0, saturation: 1, value: { kind: 'normal', mean: -9, std: 1 } },
      'c.value: expected a value in 0..1, drew -',
    ],
    [
      { kind: 'temperature', kelvin: { kind: 'normal', mean: 900, std: 9 } },
      'c.kelvin: expected a value in 1667..25000, drew ',
    ],
  ])('refuses by name a draw that is no colour: %j', (value, message) => {
    const act = () => new Sampler('s', 0).color(value, 'c');
    expect(act).toThrow(SamplingError);
    expect(act).toThrow(message);
  });
});

describe('variables', () => {
  const vars: Record<string, VariableValue> = {
    sun: { kind: 'uniform', min: 10, max: 30 },
    double: { kind: 'var', name: 'sun', scale: 2, offset: -1 },
    on: { kind: 'chance', probability: 0.5 },
    count: { kind: 'integer', min: 1, max: 9 },
    place: [{ kind: 'uniform', min: 0, max: 1 }, 2, 3],
    paint: { kind: 'choice', values: ['#102030', '#ffffff'] },
    fixed: true,
  };

  it('are drawn once, and are the same wherever they are used', () => {
    const sampler = new Sampler('s', 4);
    sampler.drawVars(vars);
    const { sun, place } = sampler.vars;
    const use = (scale: number, offset: number): NumberValue => ({
      kind: 'var',
      name: 'sun',
      scale,
      offset,
    });
    expect(sampler.number(use(1, 0), 'a')).toBe(sun);
    expect(sampler.number(use(1, 0), 'b.c')).toBe(sun);
    expect(sampler.number(use(-3, 5), 'd')).toBe(-3 * Number(sun) + 5);
    expect(sampler.vars['double']).toBe(2 * Number(sun) - 1);
    expect(sampler.vec3({ kind: 'var', name: 'place' }, 'e')).toEqual(place);
    expect(sampler.flag({ kind: 'var', name: 'fixed' }, 'f')).toBe(true);
    expect(sampler.integer({ kind: 'var', name: 'count' }, 'g')).toBe(sampler.vars['count']);
    expect(['#102030', '#ffffff']).toContain(sampler.string({ kind: 'var', name: 'paint' }, 'h'));
    // A use records no draw: the variable itself stands there.
    expect(Object.keys(sampler.draws)).toEqual(
      ['sun', 'on', 'count', 'place[0]', 'paint'].map((name) => `vars.${name}`),
    );
  });

  it('vary from frame to frame as their distribution says (Kolmogorov–Smirnov, 0.1 %)', () => {
    const drawn = overFrames((s) => {
      s.drawVars({ sun: { kind: 'uniform', min: 10, max: 30 } });
      return Number(s.vars['sun']);
    });
    expect(ksStatistic(drawn, (x) => clip((x - 10) / 20))).toBeLessThan(KS_LIMIT);
  });

  it('say by name what is missing or of another type', () => {
    const sampler = new Sampler('s', 0);
    sampler.drawVars(vars);
    const of = (name: string): NumberValue => ({ kind: 'var', name, scale: 1, offset: 0 });
    expect(() => sampler.number(of('moon'), 'x.y')).toThrow(
      'x.y: no variable "moon" has been drawn',
    );
    expect(() => sampler.number(of('fixed'), 'x.y')).toThrow(
      'x.y: expected a number from vars.fixed, got true',
    );
  });
});
