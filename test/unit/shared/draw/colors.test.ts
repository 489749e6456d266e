import { describe, expect, it } from 'vitest';
import { categoryColor, instanceColor } from '#shared/draw/category-palette';
import { inkOn } from '#shared/draw/draw-picture';
import {
  hexFromRgb,
  oklabDistance,
  oklabFromRgb,
  rgbFromOklab,
  type Rgb,
} from '#shared/draw/oklab';
import { turboColor } from '#shared/draw/turbo-color';

describe('Oklab', () => {
  /** Table of examples in Ottosson's article, as its reference code gives them for sRGB primaries. */
  it.each([
    [
      [255, 255, 255],
      [1, 0, 0],
    ],
    [
      [255, 0, 0],
      [0.62796, 0.22486, 0.12585],
    ],
    [
      [0, 255, 0],
      [0.86644, -0.23389, 0.1795],
    ],
    [
      [0, 0, 255],
      [0.45201, -0.03246, -0.31153],
    ],
  ] as const)('of %j', (rgb, expected) => {
    const lab = oklabFromRgb(rgb);
    for (const axis of [0, 1, 2] as const) expect(lab[axis]).toBeCloseTo(expected[axis], 4);
  });

  it('and back gives the bytes', () => {
    for (let i = 0; i < 4096; i++) {
      const rgb: Rgb = [(i & 15) * 17, ((i >> 4) & 15) * 17, (i >> 8) * 17];
      expect(rgbFromOklab(oklabFromRgb(rgb)) ?? 'out of gamut').toEqual(rgb);
    }
  });

  it('refuses what a screen cannot show', () => {
    expect(rgbFromOklab([0.7, 0.4, 0])).toBeNull();
  });
});

describe('the palette of categories', () => {
  const colors = Array.from({ length: 24 }, (_, i) => oklabFromRgb(categoryColor(i + 1)));

  it('keeps two dozen categories apart', () => {
    const distances = colors.flatMap((p, i) => colors.slice(0, i).map((q) => oklabDistance(p, q)));
    // Two hundredths are a just noticeable difference in Oklab.
    expect(Math.min(...distances)).toBeGreaterThan(0.07);
  });

  it('does not depend on what was asked before', () => {
    const first = hexFromRgb(categoryColor(5));
    categoryColor(200);
    expect(hexFromRgb(categoryColor(5))).toBe(first);
    expect(hexFromRgb(categoryColor(1))).toBe('#36a2ff');
  });

  it('takes each colour farther from those before than any left over', () => {
    const nearest = (k: number): number =>
      Math.min(...colors.slice(0, k).map((q) => oklabDistance(colors[k] ?? q, q)));
    for (let k = 2; k < colors.length; k++) {
      expect(nearest(k)).toBeLessThanOrEqual(nearest(k - 1) + 0.01);
    }
  });

  it('goes on past its last colour', () => {
    expect(categoryColor(5000)).toHaveLength(3);
  });

  it('tells neighbours of one category apart, less than categories', () => {
    for (let category = 1; category <= 24; category++) {
      const [first, second] = [0, 1].map((i) => oklabFromRgb(instanceColor(category, i)));
      if (first === undefined || second === undefined) throw new Error('expected two colours');
      expect(oklabDistance(first, second)).toBeGreaterThan(0.02);
      expect(oklabDistance(first, second)).toBeLessThan(0.12);
    }
  });

  it('has an ink that can be read on every colour', () => {
    for (let category = 1; category <= 24; category++) {
      const ground = categoryColor(category);
      const difference = Math.abs(oklabFromRgb(inkOn(ground))[0] - oklabFromRgb(ground)[0]);
      expect(difference, hexFromRgb(ground)).toBeGreaterThan(0.35);
    }
  });
});

describe('Turbo', () => {
  /** Entries of the published table of 256 colours (Mikhailov 2019). */
  it.each([
    [0, [0.18995, 0.07176, 0.23217]],
    [32, [0.27628, 0.42118, 0.89123]],
    [64, [0.15844, 0.73551, 0.92305]],
    [128, [0.64362, 0.98999, 0.23356]],
    [192, [0.99297, 0.55214, 0.15417]],
    [255, [0.4796, 0.01583, 0.01055]],
  ] as const)('entry %i is near that of the published table', (entry, expected) => {
    // The fit is worst in the blue of the dark end: an eighth.
    const color = turboColor(entry / 255);
    for (const channel of [0, 1, 2] as const) {
      expect(Math.abs(color[channel] / 255 - expected[channel])).toBeLessThan(0.13);
    }
  });

  it('has the polynomial’s values at its ends', () => {
    // At 0 the first coefficients, at 1 the sums of all: 0.5658…, 0.0505…, −0.0262….
    expect(turboColor(0)).toEqual([35, 23, 27]);
    expect(turboColor(1)).toEqual([144, 13, 0]);
  });

  it('has no colour beyond its ends', () => {
    expect(() => turboColor(1.001)).toThrow('expected a number of 0..1, got 1.001');
    expect(() => turboColor(NaN)).toThrow(RangeError);
  });
});
