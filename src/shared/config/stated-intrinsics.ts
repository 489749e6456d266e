import type { Distortion, Intrinsics, Size } from '../core/geometry.ts';
import { DEGREE, tan } from '../core/portable-math.ts';
import { sayWhetherWide } from '../core/lens-limits.ts';
import type { LensSpec } from './lens-schema.ts';
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

type BentSpec = Exclude<LensSpec, { kind: 'equirectangular' }>['distortion'];

/**
 * The coefficients of a lens, each read by a function, as many as the last that is stated asks for; undefined for
 * a pinhole.
 */
export function readDistortion(
  stated: BentSpec,
  read: (value: NumberValue, name: string) => number,
): Distortion | undefined {
  if (stated === undefined) return undefined;
  const { names, lengths } = COEFFICIENTS[stated.kind];
  const values = new Map<string, unknown>(Object.entries(stated));
  const last = names.reduce((end, name, i) => (values.get(name) === undefined ? end : i), 0);
  const length = lengths.find((count) => count > last) ?? names.length;
  const coefficients = names.slice(0, length).map((name) => {
    const value = values.get(name);
    return value === undefined ? 0 : read(value as NumberValue, name);
  });
  const circle = stated.kind === 'kannala-brandt' ? stated.imageCircle : undefined;
  const imageCircleDegrees = circle && read(circle.degrees, 'imageCircle.degrees');
  return { model: stated.kind, coefficients, ...(circle && { imageCircleDegrees }) };
}

/** The intrinsics of an equirectangular picture of so many degrees across and down. */
export function globeIntrinsics(
  [acrossDegrees, downDegrees]: readonly [number, number],
  { width, height }: Size,
): Intrinsics {
  return {
    fx: width / (acrossDegrees * DEGREE),
    fy: height / (downDegrees * DEGREE),
    cx: width / 2,
    cy: height / 2,
    distortion: { model: 'equirectangular', coefficients: [], wide: true },
  };
}

/** The focal length in pixels of a vertical field of view, degrees. */
export const focalOf = (verticalDegrees: number, { height }: Size): number =>
  height / 2 / tan((verticalDegrees * DEGREE) / 2);

/** The intrinsics of a lens of which nothing is drawn; null where something is. */
export function statedIntrinsics(lens: LensSpec, image: Size): Intrinsics | null {
  const numbers: unknown[] = [];
  const read = (value: unknown): number => {
    numbers.push(value);
    return typeof value === 'number' ? value : NaN;
  };
  if (lens.kind === 'equirectangular') {
    const across = read(lens.longitudeDegrees);
    const down = read(lens.latitudeDegrees);
    return across > 0 && down > 0 ? globeIntrinsics([across, down], image) : null;
  }
  const distortion = readDistortion(lens.distortion, read);
  const bent = distortion && { distortion };
  if (lens.kind === 'intrinsics') {
    const { fx, fy, cx, cy } = lens;
    const found = { fx: read(fx), fy: read(fy), cx: read(cx), cy: read(cy), ...bent };
    return numbers.every((value) => typeof value === 'number')
      ? sayWhetherWide(found, image)
      : null;
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
  const isStated = focal > 0 && numbers.every((value) => typeof value === 'number');
  return isStated ? sayWhetherWide(found, image) : null;
}
