import { describe, expect, it } from 'vitest';
import {
  normalCdf,
  normalQuantile,
  truncatedNormalQuantile,
} from '#shared/sampling/normal-quantile';
import { integratedNormal } from './goodness-of-fit.ts';

/** Relative difference. */
const apart = (a: number, b: number): number => Math.abs(a / b - 1);

describe('normalQuantile', () => {
  // Wichura's own check values (Algorithm AS 241), and quantiles of tables.
  it.each([
    [0.25, -0.6744897501960817],
    [0.001, -3.090232306167814],
    [1e-20, -9.262340089798408],
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489004],
    [1e-6, -4.753424308822899],
    [1e-10, -6.361340902404056],
  ])('of %d is %d', (p, quantile) => {
    expect(apart(normalQuantile(p), quantile)).toBeLessThan(2e-15);
  });

  it('is odd about one half and rises', () => {
    expect(normalQuantile(0.5)).toBe(0);
    let before = -Infinity;
    for (let i = 1; i < 1024; i++) {
      const quantile = normalQuantile(i / 1024);
      expect(quantile).toBeGreaterThan(before);
      expect(quantile + normalQuantile(1 - i / 1024)).toBeCloseTo(0, 14);
      before = quantile;
    }
  });
});

describe('normalCdf', () => {
  // Abramowitz & Stegun, tables 26.1 and 26.2; NIST DLMF §7.
  it.each([
    [-1, 0.15865525393145707],
    [-3, 1.3498980316300957e-3],
    [-5, 2.866515718791946e-7],
    [-10, 7.619853024160593e-24],
    [2, 0.9772498680518208],
  ])('of %d is %d', (x, p) => {
    expect(apart(normalCdf(x), p)).toBeLessThan(1e-12);
  });

  it('meets the integral of the density, and its two methods meet at 3', () => {
    for (let x = -6; x <= 6; x += 0.125) {
      expect(Math.abs(normalCdf(x) - integratedNormal(x))).toBeLessThan(1e-11);
    }
    expect(apart(normalCdf(-3 + 1e-13), normalCdf(-3 - 1e-13))).toBeLessThan(2e-12);
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1]);
  });

  it('undoes the quantile', () => {
    for (const p of [1e-12, 1e-5, 0.02, 0.3, 0.5, 0.77, 0.999]) {
      expect(apart(normalCdf(normalQuantile(p)), p)).toBeLessThan(1e-12);
    }
  });
});

describe('truncatedNormalQuantile', () => {
  it.each([
    [-1, 2],
    [-Infinity, 0.5],
    [1, Infinity],
    [0.2, 0.3],
    [-8, -7.5],
    [6, 9],
  ])('has the renormalised distribution over %d..%d', (low, high) => {
    // Above 0 the tails are subtracted, so that the oracle keeps its digits.
    const between = (a: number, b: number): number =>
      a > 0 ? normalCdf(-a) - normalCdf(-b) : normalCdf(b) - normalCdf(a);
    for (let i = 1; i < 100; i++) {
      const x = truncatedNormalQuantile(i / 100, low, high);
      expect(x).toBeGreaterThanOrEqual(low);
      expect(x).toBeLessThanOrEqual(high);
      expect(between(low, x) / between(low, high)).toBeCloseTo(i / 100, 10);
    }
  });

  it('goes on, exponential, where the density is below every double', () => {
    // Beyond a the tail is exp(−a·t) but for terms of t/a and 1/a².
    for (const a of [38, 60, 1000]) {
      for (const u of [0.01, 0.5, 0.99]) {
        const excess = (truncatedNormalQuantile(u, a, Infinity) - a) * a;
        expect(apart(excess, -Math.log(1 - u))).toBeLessThan(5 / (a * a));
        const mirrored = (-a - truncatedNormalQuantile(1 - u, -Infinity, -a)) * a;
        expect(apart(mirrored, excess)).toBeLessThan(1e-6);
      }
    }
    // A band so narrow that the density hardly changes in it, and one that ends inside of the tail.
    expect(truncatedNormalQuantile(0.25, 50, 50 + 1e-6)).toBeCloseTo(50 + 2.5e-7, 9);
    expect(truncatedNormalQuantile(1 - 1e-9, 50, 50.01)).toBeCloseTo(50.01, 6);
  });

  it('meets the near method where the far one takes over', () => {
    for (const u of [0.001, 0.3, 0.9]) {
      const [near, far] = [37 - 1e-9, 37 + 1e-9].map((a) =>
        truncatedNormalQuantile(u, a, Infinity),
      ) as [number, number];
      expect(far - near).toBeGreaterThan(0);
      expect(far - near).toBeLessThan(1e-8);
    }
  });
});
