import type { Rgb } from './oklab.ts';

/**
 * Coefficients of x⁰..x⁵ for red, green and blue: polynomial approximation by R. Du of the colour map
 * Turbo by A. Mikhailov (Google, 2019, Apache-2.0),
 * https://gist.github.com/mikhailov-work/0d177465a8151eb6ede1768d51d476c7.
 */
const COEFFICIENTS = [
  [0.13572138, 4.6153926, -42.66032258, 132.13108234, -152.94239396, 59.28637943],
  [0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604],
  [0.1066733, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973],
] as const;

/**
 * Turbo: from dark blue (0) over green to dark red (1); lightness rises and falls once, smoothly, so that
 * no edge is seen where there is none.
 *
 * @param x 0..1.
 * @throws RangeError outside of it: what is beyond a scale has no colour of the scale.
 */
export function turboColor(x: number): Rgb {
  if (!(x >= 0 && x <= 1)) throw new RangeError(`turbo: expected a number of 0..1, got ${x}`);
  const channel = (coefficients: readonly number[]): number => {
    const value = coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
    return Math.round(255 * Math.min(1, Math.max(0, value)));
  };
  return [channel(COEFFICIENTS[0]), channel(COEFFICIENTS[1]), channel(COEFFICIENTS[2])];
}
