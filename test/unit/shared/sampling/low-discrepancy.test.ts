import { describe, expect, it } from 'vitest';
import type { NumberValue } from '#shared/config/value-types';
import { streamFor } from '#shared/core/stream';
import { haltonPoint } from '#shared/sampling/halton';
import { Sampler } from '#shared/sampling/sampler';
import { owenScramble, sobolBits } from '#shared/sampling/sobol';
import { integratedNormal, KS_LIMIT, ksStatistic } from './goodness-of-fit.ts';

type Point = readonly number[];

/** L2 star discrepancy by Warnock's formula (1972). */
function starDiscrepancy(points: readonly Point[]): number {
  const n = points.length;
  const d = points[0]?.length ?? 0;
  const single = points.reduce(
    (sum, p) => sum + p.reduce((product, x) => product * ((1 - x * x) / 2), 1),
    0,
  );
  const double = points.reduce(
    (sum, p) =>
      sum +
      points.reduce(
        (inner, q) =>
          inner + p.reduce((product, x, k) => product * (1 - Math.max(x, q[k] ?? 0)), 1),
        0,
      ),
    0,
  );
  return Math.sqrt(3 ** -d - (2 / n) * single + double / (n * n));
}

const unit = { kind: 'uniform', min: 0, max: 1 } as const;
const POINTS = 512;
function pointsOf(kind: 'sobol' | 'halton' | 'uniform', d: number, seed: string): Point[] {
  return Array.from({ length: POINTS }, (_, frame) => {
    const sampler = new Sampler(seed, frame);
    return Array.from({ length: d }, (_, k) =>
      sampler.number(kind === 'uniform' ? unit : { kind, dimension: k + 1, of: unit }, `p${k}`),
    );
  });
}

describe('Sobol points', () => {
  // scipy.stats.qmc.Sobol(64, scramble=False, bits=32), scipy 1.17.1, whose point n stands at n ⊕ n/2 here.
  it.each([
    [1, [2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648]],
    [7, [3758096384, 3758096384, 536870912, 3758096384, 1610612736, 2684354560]],
    [540, [943718400, 415236096, 2227175424, 197132288, 1270874112, 1916796928]],
  ])('are those of Joe and Kuo: point %d', (index, expected) => {
    expect([1, 2, 3, 7, 33, 64].map((d) => sobolBits(index, d))).toEqual(expected);
  });

  it('fill every box of a net with one point, scrambled or not', () => {
    // The first two dimensions are a (0, 8, 2)-net: 256 points, one in each of 2^j × 2^(8−j) boxes.
    for (const keys of [null, [1, 2], [0xdeadbeef, 77]] as const) {
      const points = Array.from({ length: 256 }, (_, i) =>
        [1, 2].map((d) => {
          const bits = sobolBits(i, d);
          return keys ? owenScramble(bits, keys[d - 1] ?? 0) : bits;
        }),
      );
      for (let j = 0; j <= 8; j++) {
        const boxes = points.map(([x = 0, y = 0]) => {
          const column = Math.floor(x / 2 ** (32 - j));
          return column * 2 ** (8 - j) + Math.floor(y / 2 ** (24 + j));
        });
        expect(new Set(boxes).size).toBe(256);
      }
    }
  });

  it('are uniform over the seeds, each by itself', () => {
    const value: NumberValue = { kind: 'sobol', dimension: 5, of: unit };
    const drawn = Array.from({ length: 4000 }, (_, i) =>
      new Sampler(`s${i}`, 3).number(value, 'p'),
    );
    expect(ksStatistic(drawn, (x) => x)).toBeLessThan(KS_LIMIT);
  });

  it('drive any distribution: 1024 normals fit closer than chance ever would', () => {
    const value: NumberValue = {
      kind: 'sobol',
      dimension: 2,
      of: { kind: 'normal', mean: 2, std: 3 },
    };
    const drawn = Array.from({ length: 1024 }, (_, i) => new Sampler('s', i).number(value, 'p'));
    // One point in each 1024th: the distribution functions differ by 1/1024 at most, √1024 / 1024 here.
    const distance = ksStatistic(drawn, (x) => integratedNormal((x - 2) / 3));
    expect(distance).toBeLessThan(1 / 32 + 1e-6);
  });
});

describe('Halton points', () => {
  it('fill every interval of their base with one point each', () => {
    for (const [dimension, base] of [
      [1, 2],
      [2, 3],
      [5, 11],
    ] as const) {
      const cells = base * base;
      const points = Array.from({ length: cells }, (_, i) =>
        haltonPoint(i, dimension, (place) => streamFor({ seed: 'h', frame: place, path: 'x' })),
      );
      expect(new Set(points.map((x) => Math.floor(x * cells))).size).toBe(cells);
      for (const x of points) expect(x >= 0 && x < 1).toBe(true);
    }
  });
});

describe('coverage', () => {
  it.each(['sobol', 'halton'] as const)(
    'of %s is better than that of independent draws',
    (kind) => {
      for (const d of [2, 6]) {
        const spread = starDiscrepancy(pointsOf(kind, d, 'a'));
        const chance = ['a', 'b', 'c', 'd', 'e'].map((seed) =>
          starDiscrepancy(pointsOf('uniform', d, seed)),
        );
        expect(
          spread,
          `${kind}, ${d} dimensions: ${spread} against ${chance.join(', ')}`,
        ).toBeLessThan(Math.min(...chance));
        // Of independent points the mean square is (2⁻ᵈ − 3⁻ᵈ) / n.
        expect(spread).toBeLessThan(0.6 * Math.sqrt((2 ** -d - 3 ** -d) / POINTS));
      }
    },
  );

  it('has the discrepancy of a known set right: one point in the middle', () => {
    // ∫ (x − [x > 1/2])² = 1/12.
    expect(starDiscrepancy([[0.5]])).toBeCloseTo(Math.sqrt(1 / 12), 12);
  });
});
