import type { LinearRgb } from './geometry.ts';
import { cos, DEGREE, pow, sin } from './portable-math.ts';

/** One sRGB channel 0..1 to linear light (IEC 61966-2-1). */
export function linearFromSrgb(value: number): number {
  return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

/** One channel of linear light 0..1 to sRGB (IEC 61966-2-1). */
export function srgbFromLinear(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * pow(value, 1 / 2.4) - 0.055;
}

/** `#rrggbb` (sRGB) to linear RGB. */
export function linearFromHex(hex: string): LinearRgb {
  const bits = Number.parseInt(hex.slice(1), 16);
  if (!/^#[0-9a-fA-F]{6}$/.test(hex))
    throw new RangeError(`expected a colour as "#rrggbb", got "${hex}"`);
  return [
    linearFromSrgb(((bits >> 16) & 255) / 255),
    linearFromSrgb(((bits >> 8) & 255) / 255),
    linearFromSrgb((bits & 255) / 255),
  ];
}

/** Hue in degrees (any), saturation and value 0..1, of sRGB, to linear RGB. */
export function linearFromHsv(hueDegrees: number, saturation: number, value: number): LinearRgb {
  const hue = (((hueDegrees % 360) + 360) % 360) / 60;
  const channel = (offset: number): number => {
    const k = (offset + hue) % 6;
    return linearFromSrgb(value - value * saturation * Math.max(0, Math.min(k, 4 - k, 1)));
  };
  return [channel(5), channel(3), channel(1)];
}

/** Perceived lightness 0..1, chroma from 0 and hue in degrees, of Oklab. */
export type Oklch = Readonly<{ lightness: number; chroma: number; hueDegrees: number }>;

/**
 * Oklab in polar form to linear RGB (BT.709 primaries); outside 0..1 where sRGB has no such colour.
 * B. Ottosson, “A perceptual color space for image processing” (2020), matrices of 2021-01-25.
 */
export function linearFromOklch({ lightness, chroma, hueDegrees }: Oklch): LinearRgb {
  const hue = (((hueDegrees % 360) + 360) % 360) * DEGREE;
  const [a, b] = [chroma * cos(hue), chroma * sin(hue)];
  const l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
  const m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
  const s = cube(lightness - 0.0894841775 * a - 1.291485548 * b);
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

const cube = (x: number): number => x * x * x;

/**
 * Colour of a black body as linear RGB (BT.709 primaries), the greatest channel 1.
 * Chromaticity by the cubic fit of Kim et al. (US patent 7024034, 2002), valid for 1667..25000 K.
 * Below about 1900 K blue leaves the gamut and is 0.
 */
export function linearFromKelvin(kelvin: number): LinearRgb {
  if (!(kelvin >= 1667 && kelvin <= 25000)) {
    throw new RangeError(`expected a colour temperature of 1667..25000 K, got ${kelvin}`);
  }
  const t = 1000 / kelvin;
  const x =
    kelvin <= 4000
      ? ((-0.2661239 * t - 0.234358) * t + 0.8776956) * t + 0.17991
      : ((-3.0258469 * t + 2.1070379) * t + 0.2226347) * t + 0.24039;
  const y = chromaticityY(kelvin, x);
  const X = x / y;
  const Z = (1 - x - y) / y;
  const rgb = [
    3.2404542 * X - 1.5371385 - 0.4985314 * Z,
    -0.969266 * X + 1.8760108 + 0.041556 * Z,
    0.0556434 * X - 0.2040259 + 1.0572252 * Z,
  ].map((channel) => Math.max(0, channel));
  const peak = Math.max(...rgb);
  return [(rgb[0] ?? 0) / peak, (rgb[1] ?? 0) / peak, (rgb[2] ?? 0) / peak];
}

function chromaticityY(kelvin: number, x: number): number {
  if (kelvin <= 2222) return ((-1.1063814 * x - 1.3481102) * x + 2.18555832) * x - 0.20219683;
  if (kelvin <= 4000) return ((-0.9549476 * x - 1.37418593) * x + 2.09137015) * x - 0.16748867;
  return ((3.081758 * x - 5.8733867) * x + 3.75112997) * x - 0.37001483;
}

/**
 * Gains, green 1, under which light of this temperature looks as black-body light of 6500 K does
 * without them; at 6500 K they are 1. That look is neutral to within 6 % of a channel, as the black
 * body of 6500 K is not quite sRGB's white, D65.
 */
export function whiteBalanceGains(kelvin: number): LinearRgb {
  const reference = linearFromKelvin(6500);
  const light = linearFromKelvin(kelvin);
  const gain = (channel: 0 | 1 | 2): number => reference[channel] / Math.max(light[channel], 1e-3);
  return [gain(0) / gain(1), 1, gain(2) / gain(1)];
}
