import { describe, expect, it } from 'vitest';
import { planGlass } from '#shared/plan/plan-glass';
import type { PlanDisc } from '#shared/plan/weather-plan';
import type { GlassSample } from '#shared/sampling/weather-sample';
import { intrinsicsOf, makeFramePlan } from '../../../makers/make-frame-plan.ts';
import { KS_LIMIT, ksStatistic } from '../sampling/goodness-of-fit.ts';

const SIZE = { width: 640, height: 480 };
/** Tangents of half the view: up 1, to the side 4/3. */
const VIEW = makeFramePlan({ size: SIZE, intrinsics: intrinsicsOf(SIZE, 90), shapes: [] });
const drops = { cover: 0.02, radiusMillimeters: 0.1, seed: 5, contactDegrees: 60 } as const;
const dirt = { cover: 0.01, radiusMillimeters: 0.1, seed: 9, opacity: 0.8, color: [1, 1, 1] } as const; // prettier-ignore
const glassOf = (changes: Partial<GlassSample>, view = VIEW) =>
  planGlass({ distanceMillimeters: 20, ...changes }, view);
const areaOf = (discs: readonly PlanDisc[]): number =>
  discs.reduce((sum, { radius }) => sum + Math.PI * radius * radius, 0);

describe('what is on the glass', () => {
  it('covers the share that is asked for, and no two touch', () => {
    for (const cover of [0.02, 0.4]) {
      const { drops: found, pupil } = glassOf({
        drops: { ...drops, radiusMillimeters: 0.5, cover },
      });
      expect(pupil).toBe(0.5 / 20);
      // Up to as far beyond the image as a drop of the largest size still reaches into sight.
      const rim = pupil + 2 * 0.025;
      const share = areaOf(found) / (4 * (4 / 3 + rim) * (1 + rim));
      expect(share).toBeGreaterThanOrEqual(cover);
      expect(share).toBeLessThan(cover + 0.003);
      const gaps = found.flatMap((a, i) =>
        found
          .slice(i + 1)
          .map((b) => Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]) - a.radius - b.radius),
      );
      expect(gaps.reduce((least, gap) => Math.min(least, gap), Infinity)).toBeGreaterThanOrEqual(0);
    }
  });

  it('lies evenly, from half to twice the size evenly in the logarithm (Kolmogorov–Smirnov, 0.1 %)', () => {
    const { drops: found } = glassOf({ drops });
    expect(found.length).toBeGreaterThan(500);
    const rim = 0.025 + 2 * 0.005;
    const even = (half: number) => (v: number) => (v + half) / (2 * half);
    const axis = (k: 0 | 1): number[] => found.map(({ at }) => at[k]);
    expect(ksStatistic(axis(0), even(4 / 3 + rim))).toBeLessThan(KS_LIMIT);
    expect(ksStatistic(axis(1), even(1 + rim))).toBeLessThan(KS_LIMIT);
    const sizes = found.map(({ radius }) => Math.log2(radius / 0.005));
    expect(ksStatistic(sizes, even(1))).toBeLessThan(KS_LIMIT);
  });

  it('bends light as a cap of water does: at its rim by (n − 1) sin φ, whatever its size', () => {
    const { drops: found } = glassOf({ drops: { ...drops, contactDegrees: 30 } });
    for (const { bend, radius } of found) expect(bend * radius).toBeCloseTo(0.333 * 0.5, 12);
  });

  it('keeps drops where they are whatever dirt there is, and dirt by its own seed', () => {
    const both = glassOf({ drops, dirt });
    expect(both.drops).toEqual(glassOf({ drops }).drops);
    expect(both.dirt?.specks).toEqual(glassOf({ dirt }).dirt?.specks);
    expect(glassOf({ drops: { ...drops, seed: 6 } }).drops).not.toEqual(both.drops);
    expect(glassOf({ drops: { ...drops, cover: 0 } }).drops).toEqual([]);
  });

  it('is seen through the pupil of the focus, unless it states one', () => {
    const focus = { distanceMeters: 2, lensRadiusMeters: 0.004 };
    const view = { ...VIEW, camera: { ...VIEW.camera, focus } };
    expect(glassOf({ drops }, view).pupil).toBeCloseTo(4 / 20, 12);
    expect(glassOf({ drops, pupilMillimeters: 3 }, view).pupil).toBeCloseTo(1.5 / 20, 12);
  });

  it('is refused where it would be more than can be drawn', () => {
    expect(() => glassOf({ drops: { ...drops, radiusMillimeters: 0.02, cover: 0.4 } })).toThrow(
      /^weather\.glass\.drops: expected at most 6000 in sight, found about \d+\. Make them larger/,
    );
  });
});
