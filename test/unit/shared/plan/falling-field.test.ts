import { describe, expect, it } from 'vitest';
import type { Bounds } from '#shared/core/geometry';
import {
  diameterQuantile,
  dropSpeed,
  flakeDiameter,
  flakeSpeed,
  numberDensity,
  rainExtinction,
  rainOf,
  snowExtinction,
  snowOf,
} from '#shared/core/precipitation-laws';
import { fallingIn } from '#shared/plan/falling-field';
import { poissonQuantile } from '#shared/sampling/poisson-quantile';
import { CHI_SQUARE_LIMIT, chiSquare, KS_LIMIT, ksStatistic } from '../sampling/goodness-of-fit.ts';

const BOX: Bounds = { min: [-2, 0, -3], max: [1, 2, 0] };
const VOLUME = 18;

const field = (changes: Partial<Parameters<typeof fallingIn>[0]> = {}) => ({
  kind: 'rain' as const,
  millimetersPerHour: 5,
  seed: 12345,
  timeSeconds: 0,
  windMetersPerSecond: [0, 0, 0] as const,
  ...changes,
});

/** The share of drops below a diameter, mm, by the integral of N₀ e^(−ΛD). */
function shareBelow(law: ReturnType<typeof rainOf>, diameter: number): number {
  const upTo = (d: number): number => Math.exp(-law.slope * law.least) - Math.exp(-law.slope * d);
  return upTo(diameter) / upTo(law.most);
}

describe('drops of rain', () => {
  it.each([1, 25, 100])('are as many as Marshall and Palmer have them: %d mm/h', (rate) => {
    const law = rainOf(rate);
    // N₀ ∫ e^(−ΛD) dD from 0.5 to 6 mm, by the midpoint rule.
    let wanted = 0;
    for (let d = 0.5005; d < 6; d += 0.001)
      wanted += 8000 * Math.exp(-4.1 * rate ** -0.21 * d) * 0.001;
    expect(numberDensity(law) / wanted).toBeCloseTo(1, 5);
    // Counts of 20 rains in the box: a Poisson number has its mean for its variance.
    const counts = Array.from(
      { length: 20 },
      (_, seed) => fallingIn(field({ millimetersPerHour: rate, seed }), BOX).length,
    );
    const mean = wanted * VOLUME;
    expect(
      chiSquare(
        counts,
        counts.map(() => mean),
      ),
    ).toBeLessThan(45.3); // 20 degrees of freedom, 0.999
  });

  it('have the sizes of the law, fall at the speed of their size, and are evenly spread', () => {
    const law = rainOf(5);
    const drops = fallingIn(field(), BOX);
    const sizes = drops.map(({ diameterMeters }) => diameterMeters * 1000);
    expect(ksStatistic(sizes, (d) => shareBelow(law, d))).toBeLessThan(KS_LIMIT);
    for (const axis of [0, 1, 2] as const) {
      const [from, to] = [BOX.min[axis], BOX.max[axis]];
      const places = drops.map(({ position }) => position[axis]);
      expect(ksStatistic(places, (x) => (x - from) / (to - from))).toBeLessThan(KS_LIMIT);
    }
    for (const { diameterMeters, velocity } of drops.slice(0, 50)) {
      expect(-velocity[1]).toBeCloseTo(9.65 - 10.3 * Math.exp(-600 * diameterMeters), 9);
    }
  });

  it('are the same for any box that holds them, and move on by speed and wind', () => {
    const wind = [3, 0, -1] as const;
    const now = fallingIn(field({ windMetersPerSecond: wind }), BOX);
    const inner: Bounds = { min: [-1, 0.5, -2], max: [0, 1.5, -1] };
    const held = now.filter(({ position }) =>
      position.every((x, i) => x >= (inner.min[i] ?? 0) && x < (inner.max[i] ?? 0)),
    );
    expect(held.length).toBeGreaterThan(100);
    expect(fallingIn(field({ windMetersPerSecond: wind }), inner)).toEqual(held);
    const seconds = 0.02;
    const wide: Bounds = { min: [-3, -1, -4], max: [2, 3, 1] };
    const later = fallingIn(field({ windMetersPerSecond: wind, timeSeconds: seconds }), wide);
    const byDiameter = new Map(later.map((each) => [each.diameterMeters, each]));
    for (const { position, velocity, diameterMeters } of held) {
      const moved = byDiameter.get(diameterMeters)?.position ?? [NaN, NaN, NaN];
      for (const axis of [0, 1, 2] as const)
        expect(moved[axis]).toBeCloseTo(position[axis] + velocity[axis] * seconds, 9);
    }
  });

  it('differ by their seed', () => {
    expect(fallingIn(field({ seed: 1 }), BOX)).not.toEqual(fallingIn(field({ seed: 2 }), BOX));
  });
});

describe('flakes of snow', () => {
  it('have the sizes and number of their law, and fall at about 1 m/s', () => {
    const law = snowOf(1);
    const flakes = fallingIn(field({ kind: 'snow', millimetersPerHour: 1 }), BOX);
    const mean = numberDensity(law) * VOLUME;
    expect(Math.abs(flakes.length - mean)).toBeLessThan(4 * Math.sqrt(mean));
    const melted = flakes.map(({ diameterMeters }) =>
      Math.cbrt(0.17 * (diameterMeters * 1000) ** 2),
    );
    expect(ksStatistic(melted, (d) => shareBelow(law, d))).toBeLessThan(KS_LIMIT);
    for (const { velocity, narrowing } of flakes) {
      expect(-velocity[1]).toBeGreaterThan(0.7);
      expect(-velocity[1]).toBeLessThan(1.4);
      expect(narrowing).toBeGreaterThan(0.4);
      expect(narrowing).toBeLessThanOrEqual(1);
    }
  });

  it('sway along with their speed', () => {
    const snow = field({ kind: 'snow', millimetersPerHour: 1 });
    const step = 1e-4;
    const [first] = fallingIn(snow, BOX);
    const later = fallingIn({ ...snow, timeSeconds: step }, { min: [-3, -1, -4], max: [2, 3, 1] });
    const moved = later.find(({ diameterMeters }) => diameterMeters === first?.diameterMeters);
    for (const axis of [0, 1, 2] as const) {
      const speed = ((moved?.position[axis] ?? NaN) - (first?.position[axis] ?? NaN)) / step;
      expect(speed).toBeCloseTo(first?.velocity[axis] ?? NaN, 3);
    }
  });
});

describe('laws of precipitation', () => {
  it('have the figures of their sources', () => {
    // Gunn and Kinzer's table: 1 mm 4.03 m/s, 2 mm 6.49, 5 mm 9.09.
    expect(Math.abs(dropSpeed(1) - 4.03)).toBeLessThan(0.1);
    expect(Math.abs(dropSpeed(2) - 6.49)).toBeLessThan(0.1);
    expect(Math.abs(dropSpeed(5) - 9.09)).toBeLessThan(0.1);
    expect(rainExtinction(1) * 1000).toBeCloseTo(0.312, 9);
    expect(snowExtinction(1) * 1000 * 4.342944819).toBeCloseTo(5.5257, 4);
    expect(flakeDiameter(1)).toBeCloseTo(2.425, 3);
    expect(flakeSpeed(1)).toBeCloseTo(0.8, 12);
    expect(diameterQuantile(rainOf(5), 0)).toBeCloseTo(0.5, 12);
    expect(diameterQuantile(rainOf(5), 1)).toBeCloseTo(6, 9);
  });

  it('count rare events as Poisson does', () => {
    const draws = Array.from({ length: 2000 }, (_, i) => poissonQuantile((i + 0.5) / 2000, 3));
    const terms = [0.0498, 0.1494, 0.224, 0.224, 0.168, 0.1008, 0.0504];
    const counts = terms.map((_, n) => draws.filter((draw) => draw === n).length);
    const limit = CHI_SQUARE_LIMIT[6] ?? 0;
    expect(
      chiSquare(
        counts,
        terms.map((share) => share * 2000),
      ),
    ).toBeLessThan(limit);
    const large = Array.from({ length: 999 }, (_, i) => poissonQuantile((i + 1) / 1000, 10_000));
    expect(large.reduce((a, b) => a + b) / 999).toBeCloseTo(10_000, -1);
    expect(poissonQuantile(1, 3)).toBeLessThan(100);
  });
});
