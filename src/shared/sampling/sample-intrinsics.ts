import type { Config } from '../config/config-schema.ts';
import { seenThrough, type StatedLens } from '../config/lenses-of.ts';
import type { LensSpec } from '../config/lens-schema.ts';
import {
  focalOf,
  globeIntrinsics,
  LENS_ADVICE,
  readDistortion,
} from '../config/stated-intrinsics.ts';
import { wideLensIssues } from '../config/check-wide-lens.ts';
import type { NumberValue } from '../config/value-schemas.ts';
import { SamplingError } from '../core/errors.ts';
import type { Intrinsics, Size } from '../core/geometry.ts';
import { isWide } from '../core/pinhole.ts';
import { lensFault, sayWhetherWide } from '../core/lens-limits.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';

/** Draws a parameter of a lens by its name, within a range. */
type DrawWithin = (value: NumberValue, name: string, range: readonly [number, number]) => number;

const ANY = [-Infinity, Infinity] as const;

/**
 * Draws the intrinsics of a lens of a config, stated at `path`.
 * @throws SamplingError where it folds inside the image, or is so wide that the config asks what it cannot give.
 */
export function sampleIntrinsics(sampler: Sampler, stated: StatedLens, config: Config): Intrinsics {
  const { lens, path } = stated;
  const { image } = config;
  const draw: DrawWithin = (value, name, range) =>
    requireRange(sampler.number(value, `${path}.${name}`), `${path}.${name}`, range);
  if (lens.kind === 'equirectangular') return sampleGlobe(lens, image, draw);
  const distortion = readDistortion(lens.distortion, (value, name) =>
    draw(value, `distortion.${name}`, name === 'imageCircle.degrees' ? [1, 360] : [-1e3, 1e3]),
  );
  const pinhole = samplePinhole(lens, image, draw);
  const intrinsics = sayWhetherWide({ ...pinhole, ...(distortion && { distortion }) }, image);
  const fault = lensFault(intrinsics, image);
  if (fault !== null) throw new SamplingError(`${path}.distortion: ${fault}. ${LENS_ADVICE}`);
  const [issue] = isWide(intrinsics) ? wideLensIssues(seenThrough(config, stated)) : [];
  if (issue === undefined) return intrinsics;
  throw new SamplingError(`${issue.path}: ${issue.message}. ${issue.advice}`);
}

function sampleGlobe(
  { longitudeDegrees, latitudeDegrees }: Extract<LensSpec, { kind: 'equirectangular' }>,
  image: Size,
  draw: DrawWithin,
): Intrinsics {
  const across = draw(longitudeDegrees, 'longitudeDegrees', [1, 360]);
  return globeIntrinsics([across, draw(latitudeDegrees, 'latitudeDegrees', [1, 180])], image);
}

type PlainLens = Exclude<LensSpec, { kind: 'equirectangular' }>;

function samplePinhole(lens: PlainLens, image: Size, draw: DrawWithin): Intrinsics {
  if (lens.kind === 'intrinsics') {
    const focal = (name: 'fx' | 'fy'): number => draw(lens[name], name, [1e-3, 1e9]);
    const centre = (name: 'cx' | 'cy'): number => draw(lens[name], name, ANY);
    return { fx: focal('fx'), fy: focal('fy'), cx: centre('cx'), cy: centre('cy') };
  }
  const focal = focalOf(draw(lens.verticalDegrees, 'verticalDegrees', [1, 150]), image);
  const [right, down] = lens.principalOffset;
  return {
    fx: focal,
    fy: focal,
    cx: image.width / 2 + draw(right, 'principalOffset[0]', ANY),
    cy: image.height / 2 + draw(down, 'principalOffset[1]', ANY),
  };
}
