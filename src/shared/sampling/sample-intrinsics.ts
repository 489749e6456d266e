import type { Config } from '../config/config-schema.ts';
import type { LensSpec } from '../config/lens-schema.ts';
import {
  focalOf,
  globeIntrinsics,
  LENS_ADVICE,
  readDistortion,
} from '../config/stated-intrinsics.ts';
import { wideLensIssues } from '../config/check-wide-lens.ts';
import { SamplingError } from '../core/errors.ts';
import type { Intrinsics, Size } from '../core/geometry.ts';
import { isWide } from '../core/pinhole.ts';
import { lensFault, sayWhetherWide } from '../core/lens-limits.ts';
import type { NumberValue } from '../config/value-schemas.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';

/**
 * Draws the intrinsics of the camera.
 * @throws SamplingError where its lens folds inside the image, or is so wide that the config asks what it cannot give.
 */
export function sampleIntrinsics(sampler: Sampler, config: Config): Intrinsics {
  const { lens } = config.camera;
  if (lens.kind === 'equirectangular') return sampleGlobe(sampler, lens, config.image);
  const distortion = readDistortion(lens.distortion, (value, name) => {
    const path = `camera.lens.distortion.${name}`;
    const range = name === 'imageCircle.degrees' ? ([1, 360] as const) : ([-1e3, 1e3] as const);
    return requireRange(sampler.number(value, path), path, range);
  });
  const pinhole = samplePinhole(sampler, lens, config.image);
  const intrinsics = sayWhetherWide(
    { ...pinhole, ...(distortion && { distortion }) },
    config.image,
  );
  const fault = lensFault(intrinsics, config.image);
  if (fault !== null) throw new SamplingError(`camera.lens.distortion: ${fault}. ${LENS_ADVICE}`);
  const [issue] = isWide(intrinsics) ? wideLensIssues(config) : [];
  if (issue === undefined) return intrinsics;
  throw new SamplingError(`${issue.path}: ${issue.message}. ${issue.advice}`);
}

function sampleGlobe(
  sampler: Sampler,
  { longitudeDegrees, latitudeDegrees }: Extract<LensSpec, { kind: 'equirectangular' }>,
  image: Size,
): Intrinsics {
  const drawn = (value: NumberValue, name: string, most: number): number => {
    const path = `camera.lens.${name}`;
    return requireRange(sampler.number(value, path), path, [1, most]);
  };
  const across = drawn(longitudeDegrees, 'longitudeDegrees', 360);
  return globeIntrinsics([across, drawn(latitudeDegrees, 'latitudeDegrees', 180)], image);
}

type PlainLens = Exclude<LensSpec, { kind: 'equirectangular' }>;

function samplePinhole(sampler: Sampler, lens: PlainLens, image: Size): Intrinsics {
  if (lens.kind === 'intrinsics') {
    const focal = (name: 'fx' | 'fy'): number =>
      requireRange(
        sampler.number(lens[name], `camera.lens.${name}`),
        `camera.lens.${name}`,
        [1e-3, 1e9],
      );
    return {
      fx: focal('fx'),
      fy: focal('fy'),
      cx: sampler.number(lens.cx, 'camera.lens.cx'),
      cy: sampler.number(lens.cy, 'camera.lens.cy'),
    };
  }
  const path = 'camera.lens.verticalDegrees';
  const fov = requireRange(sampler.number(lens.verticalDegrees, path), path, [1, 150]);
  const focal = focalOf(fov, image);
  return {
    fx: focal,
    fy: focal,
    cx: image.width / 2 + sampler.number(lens.principalOffset[0], 'camera.lens.principalOffset[0]'),
    cy:
      image.height / 2 + sampler.number(lens.principalOffset[1], 'camera.lens.principalOffset[1]'),
  };
}
