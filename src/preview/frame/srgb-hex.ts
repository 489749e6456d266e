import type { LinearRgb } from '#shared/core/geometry';

const byteFromLinear = (value: number): number => {
  const v = Math.min(1, Math.max(0, value));
  // IEC 61966-2-1.
  const encoded = v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
};

/** Linear RGB as `#rrggbb` (sRGB), for people to read; what sRGB cannot show is its nearest. */
export function srgbHexFromLinear(color: LinearRgb): string {
  return `#${color.map((value) => byteFromLinear(value).toString(16).padStart(2, '0')).join('')}`;
}
