import type { Config } from '../config/config-schema.ts';
import { focalOf, LENS_ADVICE, readDistortion } from '../config/stated-intrinsics.ts';
import { SamplingError } from '../core/errors.ts';
import type { Intrinsics } from '../core/geometry.ts';
import { lensFault } from '../core/lens-limits.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';

/** Draws the intrinsics of the camera. @throws SamplingError where its lens folds inside the image. */
export function sampleIntrinsics(sampler: Sampler, config: Config): Intrinsics {
  const distortion = readDistortion(config.camera.lens.distortion, (value, name) => {
    const path = `camera.lens.distortion.${name}`;
    return requireRange(sampler.number(value, path), path, [-1e3, 1e3]);
  });
  const intrinsics = { ...samplePinhole(sampler, config), ...(distortion && { distortion }) };
  const fault = lensFault(intrinsics, config.image);
  if (fault === null) return intrinsics;
  throw new SamplingError(`camera.lens.distortion: ${fault}. ${LENS_ADVICE}`);
}

function samplePinhole(sampler: Sampler, { camera: { lens }, image }: Config): Intrinsics {
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
