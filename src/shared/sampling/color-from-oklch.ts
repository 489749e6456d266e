import { linearFromOklch, type Oklch } from '../core/color.ts';
import { SamplingError } from '../core/errors.ts';
import type { LinearRgb } from '../core/geometry.ts';

/** Rounding of the matrices of Oklab, in linear light: white comes out as 1 ± 4e-8. */
const ROUNDING = 1e-6;

/**
 * Linear RGB of a perceptual colour.
 *
 * @throws SamplingError for what sRGB has not, unless its chroma may be reduced: then with the greatest
 * chroma that sRGB has at that lightness and hue.
 */
export function colorFromOklch(
  color: Oklch,
  outOfGamut: 'error' | 'reduce-chroma',
  path: string,
): LinearRgb {
  const full = inGamut(linearFromOklch(color));
  if (full) return full;
  const { lightness, chroma, hueDegrees } = color;
  if (outOfGamut === 'error') {
    throw new SamplingError(
      `${path}: expected a colour that sRGB has, drew lightness ${lightness}, chroma ${chroma}, hue ${hueDegrees}°. Lower the chroma, or set outOfGamut: reduce-chroma.`,
    );
  }
  let [inside, outside] = [0, chroma];
  for (let i = 0; i < 40; i++) {
    const middle = (inside + outside) / 2;
    if (inGamut(linearFromOklch({ ...color, chroma: middle }))) inside = middle;
    else outside = middle;
  }
  const reduced = inGamut(linearFromOklch({ ...color, chroma: inside }));
  if (reduced) return reduced;
  throw new SamplingError(`${path}: expected a lightness of 0..1, drew ${lightness}`);
}

/** The colour without what rounding adds beyond 0..1, or null where it lies outside by more. */
function inGamut(color: LinearRgb): LinearRgb | null {
  if (color.some((channel) => channel < -ROUNDING || channel > 1 + ROUNDING)) return null;
  const [r, g, b] = color;
  const clip = (channel: number): number => Math.min(1, Math.max(0, channel));
  return [clip(r), clip(g), clip(b)];
}
