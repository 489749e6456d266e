import type { SkySpec } from '../config/sky-schema.ts';
import { SamplingError } from '../core/errors.ts';
import { daysFromDate, sunPosition } from '../core/sun-position.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';
import type { SkyDirection, SkySample } from './scene-sample.ts';

/** Draws a sky; a date becomes where the sun stands then. */
export function sampleSky(sampler: Sampler, sky: SkySpec, path: string): SkySample {
  const { moon } = sky;
  return {
    sun: sampleSun(sampler, sky.sun, `${path}.sun`),
    turbidity: requireRange(
      sampler.number(sky.turbidity, `${path}.turbidity`),
      `${path}.turbidity`,
      [1.7, 10],
    ),
    overcast: requireRange(
      sampler.number(sky.overcast, `${path}.overcast`),
      `${path}.overcast`,
      [0, 1],
    ),
    ground: sampler.color(sky.ground, `${path}.ground`),
    castShadow: sampler.flag(sky.castShadow, `${path}.castShadow`),
    ...(moon && {
      moon: {
        ...sampleDirection(sampler, moon, `${path}.moon`),
        phaseDegrees: requireRange(
          sampler.number(moon.phaseDegrees, `${path}.moon.phaseDegrees`),
          `${path}.moon.phaseDegrees`,
          [0, 180],
        ),
      },
    }),
  };
}

type DirectionSpec = Pick<NonNullable<SkySpec['moon']>, 'azimuthDegrees' | 'elevationDegrees'>;

function sampleDirection(sampler: Sampler, spec: DirectionSpec, path: string): SkyDirection {
  return {
    azimuthDegrees: sampler.number(spec.azimuthDegrees, `${path}.azimuthDegrees`),
    elevationDegrees: requireRange(
      sampler.number(spec.elevationDegrees, `${path}.elevationDegrees`),
      `${path}.elevationDegrees`,
      [-90, 90],
    ),
  };
}

function sampleSun(sampler: Sampler, sun: SkySpec['sun'], path: string): SkyDirection {
  if (sun.kind === 'direction') return sampleDirection(sampler, sun, path);
  const drawn = (
    field: 'latitudeDegrees' | 'longitudeDegrees' | 'hour' | 'utcOffsetHours',
    range: readonly [number, number],
  ): number =>
    requireRange(sampler.number(sun[field], `${path}.${field}`), `${path}.${field}`, range);
  const observer = {
    latitudeDegrees: drawn('latitudeDegrees', [-90, 90]),
    longitudeDegrees: drawn('longitudeDegrees', [-180, 180]),
  };
  const hours = drawn('hour', [0, 24]) - drawn('utcOffsetHours', [-14, 14]);
  const offset = Math.floor(sampler.number(sun.dayOffset, `${path}.dayOffset`));
  const day = startOf(sampler.string(sun.date, `${path}.date`), `${path}.date`);
  const { azimuthDegrees, elevationDegrees } = sunPosition(observer, day + offset + hours / 24);
  const north = sampler.number(sun.northDegrees, `${path}.northDegrees`);
  // The compass goes clockwise seen from above, azimuths of the scene against the clock.
  return { azimuthDegrees: north - azimuthDegrees, elevationDegrees };
}

function startOf(date: string, path: string): number {
  try {
    return daysFromDate(date);
  } catch (cause) {
    throw new SamplingError(`${path}: ${(cause as Error).message}`, { cause });
  }
}
