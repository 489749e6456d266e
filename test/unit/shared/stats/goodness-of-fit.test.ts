import { describe, expect, it } from 'vitest';
import { chiSquareTest, ksLimit, ksStatistic } from '#shared/stats/goodness-of-fit';
import { chiSquareTail, gammaQ } from '#shared/stats/incomplete-gamma';
import { CHI_SQUARE_LIMIT, KS_LIMIT } from '../sampling/goodness-of-fit.ts';

describe('the tail of chi-square', () => {
  it.each(Object.entries(CHI_SQUARE_LIMIT))(
    'is 0.001 at the quantile of the table, %s degrees of freedom',
    (degrees, quantile) => {
      expect(chiSquareTail(quantile, Number(degrees))).toBeCloseTo(0.001, 6);
    },
  );

  it('is a finite sum where the degrees of freedom are even: e^(−x/2) Σ (x/2)^k / k!', () => {
    for (const x of [0.1, 1, 5, 30, 200]) {
      expect(chiSquareTail(x, 2) / Math.exp(-x / 2)).toBeCloseTo(1, 10);
      expect(chiSquareTail(x, 4) / (Math.exp(-x / 2) * (1 + x / 2))).toBeCloseTo(1, 10);
      const six = 1 + x / 2 + (x * x) / 8;
      expect(chiSquareTail(x, 6) / (Math.exp(-x / 2) * six)).toBeCloseTo(1, 10);
    }
    expect(gammaQ(3, 0)).toBe(1);
  });
});

describe('Kolmogorov and Smirnov’s statistic', () => {
  it('has the limit of Massart', () => expect(ksLimit(0.001)).toBeCloseTo(KS_LIMIT, 4));

  it('is half a step for points in the middle of equal parts, and all of the way for a heap', () => {
    const middles = Array.from({ length: 100 }, (_, i) => (i + 0.5) / 100);
    expect(ksStatistic(middles)).toBeCloseTo(0.005 * 10, 12);
    expect(ksStatistic([0.75, 0.75, 0.75, 0.75])).toBeCloseTo(0.75 * 2, 12);
  });
});

describe('Pearson’s test', () => {
  it('has the statistic of the definition, and the cells less one as degrees of freedom', () => {
    const found = chiSquareTest([
      { count: 12, expected: 10 },
      { count: 8, expected: 10 },
      { count: 10, expected: 10 },
    ]);
    expect(found?.statistic).toBeCloseTo(0.8, 12);
    expect(found?.degreesOfFreedom).toBe(2);
    expect(found?.tail).toBeCloseTo(Math.exp(-0.4), 10);
  });

  it('puts neighbours together that are expected less than five times, and needs two cells', () => {
    const rare = { count: 3, expected: 2 };
    const found = chiSquareTest([rare, rare, rare, { count: 9, expected: 9 }, rare]);
    // 6 expected and 9 found; then 9 + 2 expected and 9 + 3 found.
    expect(found?.degreesOfFreedom).toBe(1);
    expect(found?.statistic).toBeCloseTo(9 / 6 + 1 / 11, 12);
    expect(chiSquareTest([rare, rare])).toBeNull();
    expect(chiSquareTest([])).toBeNull();
  });
});
