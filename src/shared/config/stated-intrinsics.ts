import type { Distortion, Intrinsics, Size } from '../core/geometry.ts';
import { DEGREE, tan } from '../core/portable-math.ts';
import type { Config } from './config-schema.ts';
import type { NumberValue } from './value-schemas.ts';

/** Names of the coefficients in OpenCV's order, and how many there may be. */
export const COEFFICIENTS = {
  'brown-conrady': {
    names: ['k1', 'k2', 'p1', 'p2', 'k3', 'k4', 'k5', 'k6', 's1', 's2', 's3', 's4'],
    lengths: [5, 8, 12],
  },
  'kannala-brandt': { names: ['k1', 'k2', 'k3', 'k4'], lengths: [4] },
} as const satisfies Record<string, { names: readonly string[]; lengths: readonly number[] }>;

/** What to do about a lens that cannot be. */
export const LENS_ADVICE =
  'Weaken the distortion, narrow the field of view, or make the image smaller.';

type Lens = Config['camera']['lens'];

/**
 * The coefficients of a lens, each read by a function, as many as the last that is stated asks for; undefined for
 * a pinhole.
 */
export function readDistortion(
  stated: Lens['distortion'],
  read: (value: NumberValue, name: string) => number,
): Distortion | undefined {
  if (stated === undefined) return undefined;
  const { names, lengths } = COEFFICIENTS[stated.kind];
  const values = new Map(Object.entries(stated));
  const last = names.reduce((end, name, i) => (values.get(name) === undefined ? end : i), 0);
  const length = lengths.find((count) => count > last) ?? names.length;
  const coefficients = names.slice(0, length).map((name) => {
    const value = values.get(name);
    return value === undefined ? 0 : read(value as NumberValue, name);
  });
  return { model: stated.kind, coefficients };
}

/** The focal length in pixels of a vertical field of view, degrees. */
export const focalOf = (verticalDegrees: number, { height }: Size): number =>
  height / 2 / tan((verticalDegrees * DEGREE) / 2);

/** The intrinsics of a lens of which nothing is drawn; null where something is. */
export function statedIntrinsics(lens: Lens, image: Size): Intrinsics | null {
  const numbers: unknown[] = [];
  const read = (value: unknown): number => {
    numbers.push(value);
    return typeof value === 'number' ? value : NaN;
  };
  const distortion = readDistortion(lens.distortion, read);
  const bent = distortion && { distortion };
  if (lens.kind === 'intrinsics') {
    const { fx, fy, cx, cy } = lens;
    const found = { fx: read(fx), fy: read(fy), cx: read(cx), cy: read(cy), ...bent };
    return numbers.every((value) => typeof value === 'number') ? found : null;
  }
  const [right, down] = lens.principalOffset;
  const degrees = read(lens.verticalDegrees);
  const focal = degrees > 0 && degrees < 180 ? focalOf(degrees, image) : NaN;
  const found = {
    fx: focal,
    fy: focal,
    cx: image.width / 2 + read(right),
    cy: image.height / 2 + read(down),
    ...bent,
  };
  return focal > 0 && numbers.every((value) => typeof value === 'number') ? found : null;
}
