import { describe, expect, it } from 'vitest';
import {
  linearFromHex,
  linearFromHsv,
  linearFromKelvin,
  linearFromOklch,
  linearFromSrgb,
  whiteBalanceGains,
} from '#shared/core/color';
import type { LinearRgb } from '#shared/core/geometry';

/** The inverse of IEC 61966-2-1's transfer function, for the way back. */
const srgbFromLinear = (v: number): number =>
  v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;

/** CIE 1931 chromaticity of linear BT.709 (matrix of IEC 61966-2-1). */
function chromaticityOf([r, g, b]: LinearRgb): readonly [number, number] {
  const x = 0.4124564 * r + 0.3575761 * g + 0.1804375 * b;
  const y = 0.2126729 * r + 0.7151522 * g + 0.072175 * b;
  const z = 0.0193339 * r + 0.119192 * g + 0.9503041 * b;
  return [x / (x + y + z), y / (x + y + z)];
}

/** HSV by sectors, as A. R. Smith (SIGGRAPH 1978) has it; another way than the code's. */
function srgbFromHsv(hue: number, saturation: number, value: number): readonly number[] {
  const sector = Math.floor(hue / 60);
  const f = hue / 60 - sector;
  const p = value * (1 - saturation);
  const q = value * (1 - saturation * f);
  const t = value * (1 - saturation * (1 - f));
  const sectors = [
    [value, t, p],
    [q, value, p],
    [p, value, t],
    [p, q, value],
    [t, p, value],
    [value, p, q],
  ];
  return sectors[sector % 6] ?? [];
}

describe('sRGB', () => {
  it.each([
    [0, 0],
    [1, 1],
    [0.04045, 0.0031308],
    [0.5, 0.2140411],
    [128 / 255, 0.2158605],
    [0.735357, 0.5],
  ])('%d is %d in linear light (IEC 61966-2-1)', (encoded, linear) => {
    expect(linearFromSrgb(encoded)).toBeCloseTo(linear, 6);
  });

  it('comes back from every 8-bit code, rising, and joins its two pieces without a step', () => {
    let before = -1;
    for (let code = 0; code <= 255; code++) {
      const linear = linearFromSrgb(code / 255);
      expect(Math.round(srgbFromLinear(linear) * 255)).toBe(code);
      expect(linear).toBeGreaterThan(before);
      before = linear;
    }
    expect(linearFromSrgb(0.04045 + 1e-12) - linearFromSrgb(0.04045)).toBeLessThan(1e-7);
  });

  it('reads #rrggbb in that order, in either case', () => {
    expect(linearFromHex('#ff0000')).toEqual([1, 0, 0]);
    expect(linearFromHex('#00FF00')).toEqual([0, 1, 0]);
    expect(linearFromHex('#0000ff')).toEqual([0, 0, 1]);
    expect(linearFromHex('#80Ff00')[0]).toBeCloseTo(0.2158605, 6);
  });

  it.each(['#fff', 'ffffff', '#gggggg', '#12345678', ''])('refuses "%s"', (text) => {
    expect(() => linearFromHex(text)).toThrow('expected a colour as "#rrggbb"');
  });
});

describe('linearFromHsv', () => {
  it('agrees with the sectors of Smith over the whole solid', () => {
    for (let hue = 0; hue < 360; hue += 7.5) {
      for (const saturation of [0, 0.3, 1]) {
        for (const value of [0, 0.45, 1]) {
          const expected = srgbFromHsv(hue, saturation, value).map(linearFromSrgb);
          const drawn = linearFromHsv(hue, saturation, value);
          drawn.forEach((channel, i) => expect(channel).toBeCloseTo(expected[i] ?? NaN, 12));
        }
      }
    }
  });

  it('takes hues of any turn alike', () => {
    for (const turn of [-720, -360, 360, 3600]) {
      linearFromHsv(210 + turn, 0.5, 0.8).forEach((channel, i) =>
        expect(channel).toBeCloseTo(linearFromHsv(210, 0.5, 0.8)[i] ?? NaN, 12),
      );
    }
  });
});

describe('linearFromKelvin', () => {
  // Planckian locus, CIE 1931 2° observer: CIE 15 and Wyszecki & Stiles, Color Science (1982), table 1(3.3.4).
  it.each([
    [2000, 0.5267, 0.4133],
    [2500, 0.477, 0.4137],
    [2856, 0.4476, 0.4074],
    [4000, 0.3805, 0.3768],
    [5000, 0.3451, 0.3516],
    [6500, 0.3135, 0.3237],
    [10000, 0.2807, 0.2884],
  ])('%d K has the published chromaticity (%d, %d) within 0.001', (kelvin, x, y) => {
    const found = chromaticityOf(linearFromKelvin(kelvin));
    expect(Math.abs(found[0] - x)).toBeLessThan(1e-3);
    expect(Math.abs(found[1] - y)).toBeLessThan(1e-3);
  });

  it('has 1 as its greatest channel, no negative one, and turns bluer all the way up', () => {
    let before = -1;
    for (let kelvin = 1667; kelvin <= 25000; kelvin += 50) {
      const [r, g, b] = linearFromKelvin(kelvin);
      expect(Math.max(r, g, b)).toBe(1);
      expect(Math.min(r, g, b)).toBeGreaterThanOrEqual(0);
      const blueness = b / r;
      if (kelvin > 1900) expect(blueness).toBeGreaterThan(before);
      before = blueness;
    }
  });

  it('has no visible step where its cubic pieces meet', () => {
    for (const border of [2222, 4000]) {
      const [below, above] = [linearFromKelvin(border), linearFromKelvin(border + 0.01)];
      below.forEach((channel, i) =>
        expect(Math.abs(channel - (above[i] ?? NaN))).toBeLessThan(2e-3),
      );
    }
  });

  it.each([1666, 25001, NaN])('refuses %d K', (kelvin) => {
    expect(() => linearFromKelvin(kelvin)).toThrow('colour temperature of 1667..25000 K');
  });
});

describe('whiteBalanceGains', () => {
  it('changes nothing at 6500 K', () => {
    expect(whiteBalanceGains(6500)).toEqual([1, 1, 1]);
  });

  it('gives grey under light of any temperature, balanced for it, one and the same near neutral look', () => {
    const reference = linearFromKelvin(6500);
    for (let kelvin = 2000; kelvin <= 12000; kelvin += 250) {
      const light = linearFromKelvin(kelvin);
      const gains = whiteBalanceGains(kelvin);
      const seen = gains.map((gain, i) => 0.18 * gain * (light[i] ?? NaN));
      const green = seen[1] ?? NaN;
      seen.forEach((channel, i) => {
        expect(channel / green).toBeCloseTo((reference[i] ?? NaN) / reference[1], 12);
        expect(Math.abs(channel / green - 1)).toBeLessThan(0.061);
      });
    }
  });

  it('warms the picture that is balanced for cold light', () => {
    const [red, green, blue] = whiteBalanceGains(10000);
    expect(red).toBeGreaterThan(green);
    expect(green).toBeGreaterThan(blue);
  });
});

describe('linearFromOklch', () => {
  // Of CSS Color 4's sample code: #ff0000 is oklch(0.62796 0.25768 29.234), and so on.
  it.each<[string, number, number, number]>([
    ['#ffffff', 1, 0, 0],
    ['#000000', 0, 0, 77],
    ['#ff0000', 0.627955, 0.257683, 29.2339],
    ['#00ff00', 0.86644, 0.294827, 142.4953],
    ['#0000ff', 0.452014, 0.313214, 264.052],
  ])('gives %s', (...row) => {
    const [hex, lightness, chroma, hueDegrees] = row;
    const found = linearFromOklch({ lightness, chroma, hueDegrees });
    linearFromHex(hex).forEach((channel, i) => expect(found[i]).toBeCloseTo(channel, 4));
  });

  it('takes hues of any turn', () => {
    const color = { lightness: 0.5, chroma: 0.1 };
    const turned = linearFromOklch({ ...color, hueDegrees: -700 });
    linearFromOklch({ ...color, hueDegrees: 20 }).forEach((channel, i) =>
      expect(turned[i]).toBeCloseTo(channel, 12),
    );
  });
});
