import { describe, expect, it } from 'vitest';
import type {
  NumberValue,
  RotationValue,
  VariableValue,
  Vec3Value,
} from '#shared/config/value-types';
import type { Quat, Vec3 } from '#shared/core/geometry';
import { compose, transformPoint } from '#shared/core/matrix';
import { betaCdf, betaQuantile } from '#shared/sampling/beta-quantile';
import { Sampler } from '#shared/sampling/sampler';
import {
  CHI_SQUARE_LIMIT,
  chiSquare,
  countsOf,
  integratedNormal,
  KS_LIMIT,
  ksStatistic,
} from './goodness-of-fit.ts';

const FRAMES = 10_000;
const overFrames = <T>(draw: (sampler: Sampler) => T): T[] =>
  Array.from({ length: FRAMES }, (_, frame) => draw(new Sampler('fit', frame)));
const numbers = (value: NumberValue): number[] => overFrames((s) => s.number(value, 'p'));
const clip = (p: number): number => Math.min(1, Math.max(0, p));

type Fit = readonly [name: string, value: NumberValue, cdf: (x: number) => number];

describe('distributions over numbers (Kolmogorov–Smirnov, 0.1 %)', () => {
  it.each<Fit>([
    [
      'triangular',
      { kind: 'triangular', min: 1, mode: 2, max: 5 },
      (x) => (x < 2 ? clip((x - 1) ** 2 / 4) : clip(1 - (5 - x) ** 2 / 12)),
    ],
    [
      'triangular with its mode at the end',
      { kind: 'triangular', min: 0, mode: 3, max: 3 },
      (x) => clip(x ** 2 / 9),
    ],
    [
      'beta, a polynomial: 1 − (1 − x)⁵ (1 + 5x)',
      { kind: 'beta', alpha: 2, beta: 5, min: -10, max: 10 },
      (x) => {
        const t = (x + 10) / 20;
        return 1 - (1 - t) ** 5 * (1 + 5 * t);
      },
    ],
    [
      'beta, the arcsine law',
      { kind: 'beta', alpha: 0.5, beta: 0.5, min: 0, max: 1 },
      (x) => (2 / Math.PI) * Math.asin(Math.sqrt(clip(x))),
    ],
    [
      'histogram',
      { kind: 'histogram', edges: [0, 1, 3, 4, 8], weights: [2, 1, 0, 1] },
      (x) => clip(x < 1 ? x / 2 : x < 3 ? 0.5 + (x - 1) / 8 : x < 4 ? 0.75 : 0.75 + (x - 4) / 16),
    ],
    [
      'empirical with what lies between',
      { kind: 'empirical', values: [4, 0, 1], interpolation: 'linear' },
      (x) => clip(x < 1 ? x / 2 : 0.5 + (x - 1) / 6),
    ],
    [
      'mixture of a normal and a uniform',
      {
        kind: 'mixture',
        of: [
          { kind: 'normal', mean: 1, std: 0.5 },
          { kind: 'uniform', min: 2, max: 6 },
        ],
        weights: [3, 1],
      },
      (x) => 0.75 * integratedNormal((x - 1) / 0.5) + 0.25 * clip((x - 2) / 4),
    ],
  ])('%s', (...fit) => {
    const [, value, cdf] = fit;
    const drawn = numbers(value);
    const spread = ksStatistic(drawn, cdf);
    expect(spread).toBeLessThan(KS_LIMIT);
    // The limit has teeth: a shift by a twentieth of what was drawn is found.
    const width = Math.max(...drawn) - Math.min(...drawn);
    expect(
      ksStatistic(
        drawn.map((x) => x + width / 20),
        cdf,
      ),
    ).toBeGreaterThan(2 * KS_LIMIT);
  });

  it('draws from a list as often as values stand in it (chi-square, 0.1 %)', () => {
    const drawn = numbers({ kind: 'empirical', values: [2, 7, 2, 9], interpolation: 'none' });
    const counts = countsOf(drawn, [2, 7, 9]);
    const expected = [FRAMES / 2, FRAMES / 4, FRAMES / 4];
    expect(counts.reduce((a, b) => a + b)).toBe(FRAMES);
    expect(chiSquare(counts, expected)).toBeLessThan(CHI_SQUARE_LIMIT[2] ?? NaN);
  });

  // scipy.stats.beta.ppf, scipy 1.17.1.
  it.each<[number, number, number, number]>([
    [0.01, 2.5, 0.7, 0.19597479033740997],
    [0.5, 2.5, 0.7, 0.841502178841484],
    [0.999, 2.5, 0.7, 0.9999808507554779],
    [0.01, 300, 40, 0.8385668041589175],
    [0.3, 300, 40, 0.873756624453199],
    [0.999, 300, 40, 0.9297164094174485],
    [0.5, 0.05, 3, 2.1934966675234358e-7],
    [0.999, 0.05, 3, 0.6535341195618833],
  ])('has the quantile %d of beta(%d, %d) right', (...row) => {
    const [u, a, b, expected] = row;
    expect(Math.abs(betaQuantile(u, a, b) - expected)).toBeLessThan(1e-12);
    expect(Math.abs(betaCdf(expected, a, b) - u)).toBeLessThan(1e-11);
  });

  it('is a point where a range is one', () => {
    const at = (value: NumberValue): number => new Sampler('s', 3).number(value, 'p');
    expect(at({ kind: 'triangular', min: 4, mode: 4, max: 4 })).toBe(4);
    expect(at({ kind: 'beta', alpha: 2, beta: 2, min: 4, max: 4 })).toBe(4);
  });
});

describe('mixtures', () => {
  it('never take what has weight 0, and take constants and variables too', () => {
    const sampler = new Sampler('s', 0);
    sampler.drawVars({ five: 5 });
    const value: NumberValue = {
      kind: 'mixture',
      of: [1, { kind: 'var', name: 'five', scale: 2, offset: 1 }],
      weights: [0, 1],
    };
    expect(sampler.number(value, 'a')).toBe(11);
    expect(sampler.draws).toEqual({ a: 11 });
  });

  it('draw a component from a stream of its own, whatever stands beside it', () => {
    const inner: NumberValue = { kind: 'uniform', min: 0, max: 1 };
    const first = numbers({ kind: 'mixture', of: [inner, 9], weights: [1, 0] });
    const alone = overFrames((s) => s.number(inner, 'p.of[0]'));
    expect(first).toEqual(alone);
  });
});

describe('permutations', () => {
  it('use each value once in every block of frames', () => {
    const value: VariableValue = { kind: 'permutation', values: ['a', 'b', 'c', 'd', 'e'] };
    const drawn = overFrames((s) => s.string(value as never, 'p'));
    for (let block = 0; block < FRAMES / 5; block++) {
      expect(drawn.slice(5 * block, 5 * block + 5).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    }
  });

  it('take every order equally often (chi-square, 0.1 %)', () => {
    const drawn = numbers({ kind: 'permutation', values: [1, 2, 3] });
    const orders = Array.from({ length: 3333 }, (_, i) => drawn.slice(3 * i, 3 * i + 3).join(''));
    const counts = countsOf(orders, ['123', '132', '213', '231', '312', '321']);
    expect(chiSquare(counts, new Array<number>(6).fill(3333 / 6))).toBeLessThan(
      CHI_SQUARE_LIMIT[5] ?? NaN,
    );
  });

  it('use each of many whole numbers once too, in an order without a trend', () => {
    const n = 5000;
    const drawn = numbers({ kind: 'permutation', values: { min: 1, max: n } });
    const blocks = [drawn.slice(0, n), drawn.slice(n, 2 * n)];
    for (const block of blocks) {
      expect(new Set(block).size).toBe(n);
      expect([Math.min(...block), Math.max(...block)]).toEqual([1, n]);
      // Rank correlation with the frame: mean 0, deviation 1/√(n − 1) of a random order; 3.3 are 0.1 %.
      const middle = (n + 1) / 2;
      const sum = block.reduce((total, x, i) => total + (x - middle) * (i + 1 - middle), 0);
      const rank = sum / ((n * (n * n - 1)) / 12);
      expect(Math.abs(rank)).toBeLessThan(3.3 / Math.sqrt(n - 1));
    }
    expect(blocks[0]).not.toEqual(blocks[1]);
  });

  it('have an order of their own for each parameter', () => {
    const value: NumberValue = { kind: 'permutation', values: { min: 0, max: 99 } };
    const of = (path: string) => overFrames((s) => s.number(value, path)).slice(0, 100);
    expect(of('a')).not.toEqual(of('b'));
  });
});

describe('grids', () => {
  it('go through their values in order, and through every combination with hold', () => {
    const pairs = Array.from({ length: 24 }, (_, frame) => {
      const s = new Sampler('any', frame);
      const fast = s.integer({ kind: 'grid', values: { min: 1, max: 3 }, hold: 1 }, 'a');
      const slow = s.number({ kind: 'grid', values: { min: 0, max: 1, steps: 4 }, hold: 3 }, 'b');
      return `${fast} ${slow}`;
    });
    expect(pairs.slice(0, 5)).toEqual(['1 0', '2 0', '3 0', `1 ${1 / 3}`, `2 ${1 / 3}`]);
    expect(new Set(pairs.slice(0, 12)).size).toBe(12);
    expect(pairs.slice(12)).toEqual(pairs.slice(0, 12));
  });

  it('count sequences where frames form some', () => {
    const value: NumberValue = { kind: 'grid', values: [10, 20, 30], hold: 1 };
    expect(new Sampler('s', 8, { index: 2 }).number(value, 'p')).toBe(30);
  });
});

describe('round shapes (Kolmogorov–Smirnov, 0.1 %)', () => {
  const points = (value: Vec3Value): Vec3[] => overFrames((s) => s.vec3(value, 'p'));
  const center: [number, number, number] = [1, -2, 3];
  const away = ([x, y, z]: Vec3): Vec3 => [x - 1, y + 2, z - 3];
  const length = ([x, y, z]: Vec3): number => Math.sqrt(x * x + y * y + z * z);
  const along = ([x, y, z]: Vec3): number => (2 * x - y + 2 * z) / 3;
  const axis: [number, number, number] = [4, -2, 4];
  const even = (low: number, high: number) => (x: number) => clip((x - low) / (high - low));

  it('cover a sphere evenly: every coordinate is uniform (Archimedes)', () => {
    const drawn = points({ kind: 'sphere', radius: 2, center }).map(away);
    for (const p of drawn) expect(length(p)).toBeCloseTo(2, 12);
    for (const k of [0, 1, 2] as const)
      expect(
        ksStatistic(
          drawn.map((p) => p[k]),
          even(-2, 2),
        ),
      ).toBeLessThan(KS_LIMIT);
    expect(ksStatistic(drawn.map(along), even(-2, 2))).toBeLessThan(KS_LIMIT);
  });

  it('cover a hemisphere about its axis, any axis', () => {
    const drawn = points({ kind: 'hemisphere', radius: 2, center, axis }).map(away);
    for (const p of drawn) expect(length(p)).toBeCloseTo(2, 12);
    expect(ksStatistic(drawn.map(along), even(0, 2))).toBeLessThan(KS_LIMIT);
    for (const down of points({
      kind: 'hemisphere',
      radius: 1,
      center: [0, 0, 0],
      axis: [0, -3, 0],
    }))
      expect(down[1]).toBeLessThanOrEqual(0);
  });

  it('fill a ball: the cube of the distance is uniform', () => {
    const drawn = points({ kind: 'ball', radius: 2, center }).map(away);
    expect(
      ksStatistic(
        drawn.map((p) => length(p) ** 3),
        even(0, 8),
      ),
    ).toBeLessThan(KS_LIMIT);
    const heights = drawn.map((p) => p[1] / length(p));
    expect(ksStatistic(heights, even(-1, 1))).toBeLessThan(KS_LIMIT);
  });

  it('fill a disc across its axis: the square of the distance is uniform', () => {
    const drawn = points({ kind: 'disc', radius: 2, center, axis }).map(away);
    for (const p of drawn) expect(along(p)).toBeCloseTo(0, 12);
    expect(
      ksStatistic(
        drawn.map((p) => length(p) ** 2),
        even(0, 4),
      ),
    ).toBeLessThan(KS_LIMIT);
    // Angle in the plane of the disc, from (1, 0, −1)/√2, which is at right angles to the axis.
    const side = ([x, , z]: Vec3): number => (x - z) / Math.SQRT2;
    const up = ([x, y, z]: Vec3): number => (x + 4 * y + z) / Math.sqrt(18);
    const angles = drawn.map((p) => Math.atan2(up(p), side(p)));
    expect(ksStatistic(angles, even(-Math.PI, Math.PI))).toBeLessThan(KS_LIMIT);
  });
});

describe('rotations', () => {
  const turns = overFrames((s) => s.rotation({ kind: 'so3' }, 'p'));
  const angleOf = ([w, x, y, z]: Quat): number => 2 * Math.atan2(Math.hypot(x, y, z), Math.abs(w));
  const uniform = (x: number): number => clip((x + 1) / 2);
  const image = (q: Quat, axis: Vec3): Vec3 =>
    transformPoint(compose([0, 0, 0], q, [1, 1, 1]), axis);

  it('of SO(3) have the angle’s law, (θ − sin θ)/π (Kolmogorov–Smirnov, 0.1 %)', () => {
    for (const q of turns) expect(Math.hypot(...q)).toBeCloseTo(1, 14);
    const law = (angle: number): number => (angle - Math.sin(angle)) / Math.PI;
    expect(ksStatistic(turns.map(angleOf), law)).toBeLessThan(KS_LIMIT);
    // The limit has teeth: three angles, each even, do not make rotations even.
    const even = { kind: 'uniform', min: -180, max: 180 } as const;
    const angles = overFrames((s) => angleOf(s.rotation([even, even, even], 'p')));
    expect(ksStatistic(angles, law)).toBeGreaterThan(1.5 * KS_LIMIT);
  });

  it('of SO(3) take each axis evenly over the sphere, and two axes independently of each other', () => {
    const axes: readonly Vec3[] = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.6, 0, -0.8]]; // prettier-ignore
    for (const axis of axes) {
      const images = turns.map((q) => image(q, axis));
      for (const k of [0, 1, 2] as const)
        expect(ksStatistic(images.map((p) => p[k]), uniform)).toBeLessThan(KS_LIMIT); // prettier-ignore
      const around = images.map(([x, y]) => Math.atan2(y, x) / Math.PI);
      expect(ksStatistic(around, uniform)).toBeLessThan(KS_LIMIT);
    }
    // Where the first axis goes says nothing of how the second turns about it.
    const spins = turns.map((q) => {
      const [a, b] = [image(q, [1, 0, 0]), image(q, [0, 1, 0])];
      const side = Math.hypot(a[0], a[1]);
      const level: Vec3 = [-a[1] / side, a[0] / side, 0];
      const up = [a[1] * level[2] - a[2] * level[1], a[2] * level[0] - a[0] * level[2], a[0] * level[1] - a[1] * level[0]] as const; // prettier-ignore
      const dot = (p: readonly number[]): number =>
        p.reduce((sum, v, i) => sum + v * (b[i] ?? NaN), 0);
      return { high: a[2] > 0.5, spin: Math.atan2(dot(up), dot(level)) / Math.PI };
    });
    for (const high of [true, false])
      expect(
        ksStatistic(
          spins.filter((s) => s.high === high).map((s) => s.spin),
          uniform,
        ),
      ).toBeLessThan(KS_LIMIT);
  });

  it('are turns about x, then the new y, then the new z, or unit quaternions', () => {
    const sampler = new Sampler('s', 0);
    sampler.drawVars({ turn: { kind: 'so3' }, degrees: [0, 90, 0] });
    const half = Math.SQRT1_2;
    const of = (value: RotationValue): Quat => sampler.rotation(value, 'p');
    const expectTurn = (found: Quat, expected: Quat): void =>
      found.forEach((v, i) => expect(v).toBeCloseTo(expected[i] ?? NaN, 14));
    expectTurn(of([90, 0, 0]), [half, half, 0, 0]);
    expect(image(of([90, 90, 0]), [0, 0, 1])[0]).toBeCloseTo(1, 14);
    expectTurn(of({ kind: 'choice', values: [[0, 0, 90]] }), [half, 0, 0, half]);
    expectTurn(of({ kind: 'constant', value: [0.6, 0, 0.8, 0] }), [0.6, 0, 0.8, 0]);
    expect(Math.hypot(...of({ kind: 'constant', value: [0.6000005, 0, 0.8, 0] }))).toBeCloseTo(
      1,
      14,
    );
    expectTurn(of({ kind: 'var', name: 'degrees' }), [half, 0, half, 0]);
    expect(of({ kind: 'var', name: 'turn' })).toEqual(sampler.vars.turn);
    expect(sampler.draws['vars.turn']).toEqual(sampler.vars.turn);
  });
});
