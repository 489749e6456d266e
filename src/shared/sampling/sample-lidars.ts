import { LIDAR_RANGES, type LidarParameter } from '../config/lidar-ranges.ts';
import type { LidarSpec } from '../config/lidar-schema.ts';
import type { IntegerValue, NumberValue } from '../config/value-schemas.ts';
import { SamplingError } from '../core/errors.ts';
import type { LidarSample } from './lidar-sample.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';

/** Most rays of one lidar. */
const MAX_RAYS = 2 ** 20;
const MAX_TURN_DEGREES = 360;

/**
 * Draws the lidars of a frame; their noise is no draw, but a hash of each ray.
 * @throws SamplingError where the ranges of one hold nothing, or it has too many rays.
 */
export const sampleLidars = (
  sampler: Sampler,
  lidars: Readonly<Record<string, LidarSpec>>,
): readonly LidarSample[] =>
  Object.entries(lidars).map(([name, spec]) => sampleLidar(sampler, name, spec));

type Draws = Readonly<{
  /** `place` is the name, or the place in a list, that the `*` of the parameter stands for. */
  number: (value: NumberValue, parameter: LidarParameter, place?: number | string) => number;
  whole: (value: IntegerValue, parameter: LidarParameter) => number;
}>;

function sampleLidar(sampler: Sampler, name: string, spec: LidarSpec): LidarSample {
  const path = `camera.lidars.${name}`;
  const draws: Draws = {
    number(value, parameter, place) {
      const at = `${path}.${withPlace(parameter, place)}`;
      return requireRange(sampler.number(value, at), at, LIDAR_RANGES[parameter]);
    },
    whole(value, parameter) {
      const at = `${path}.${parameter}`;
      return requireRange(sampler.integer(value, at), at, LIDAR_RANGES[parameter]);
    },
  };
  const lidar: LidarSample = {
    name,
    relativeTo: spec.relativeTo,
    positionMeters: sampler.vec3(spec.positionMeters, `${path}.positionMeters`),
    yawDegrees: draws.number(spec.yawDegrees, 'yawDegrees'),
    pitchDegrees: draws.number(spec.pitchDegrees, 'pitchDegrees'),
    rollDegrees: draws.number(spec.rollDegrees, 'rollDegrees'),
    ...beamsOf(draws, spec.beams),
    turn: {
      fromDegrees: draws.number(spec.turn.fromDegrees, 'turn.fromDegrees'),
      toDegrees: draws.number(spec.turn.toDegrees, 'turn.toDegrees'),
      columns: draws.whole(spec.turn.columns, 'turn.columns'),
    },
    nearMeters: draws.number(spec.nearMeters, 'nearMeters'),
    farMeters: draws.number(spec.farMeters, 'farMeters'),
    ...echoesOf(draws, spec),
  };
  requireUsable(lidar, path);
  return lidar;
}

/** A parameter's path with a name or a place for its `*`. */
function withPlace(parameter: LidarParameter, place: number | string | undefined): string {
  if (typeof place === 'string') return parameter.replace('*', place);
  return place === undefined ? parameter : parameter.replace('.*', `[${place}]`);
}

/** Elevations and offsets, ring by ring. */
function beamsOf(
  draws: Draws,
  beams: LidarSpec['beams'],
): Pick<LidarSample, 'elevationsDegrees' | 'azimuthOffsetsDegrees'> {
  const elevationsDegrees = elevationsOf(draws, beams);
  const offsets = beams.azimuthOffsetsDegrees.map((value, place) =>
    draws.number(value, 'beams.azimuthOffsetsDegrees.*', place),
  );
  return {
    elevationsDegrees,
    azimuthOffsetsDegrees: elevationsDegrees.map((_, ring) => offsets[ring % offsets.length] ?? 0),
  };
}

function elevationsOf({ number, whole }: Draws, beams: LidarSpec['beams']): readonly number[] {
  if (beams.kind === 'list') {
    return beams.elevationsDegrees.map((value, ring) =>
      number(value, 'beams.elevationsDegrees.*', ring),
    );
  }
  const count = whole(beams.count, 'beams.count');
  const from = number(beams.fromDegrees, 'beams.fromDegrees');
  const to = number(beams.toDegrees, 'beams.toDegrees');
  const step = count > 1 ? (to - from) / (count - 1) : 0;
  return Array.from({ length: count }, (_, ring) => from + ring * step);
}

function echoesOf(
  { number }: Draws,
  { rangeNoise, reflectance, intensity, attenuationPerMeter, detection, dropOff }: LidarSpec,
): Pick<
  LidarSample,
  'rangeNoise' | 'reflectance' | 'intensity' | 'attenuationPerMeter' | 'detection' | 'dropOff'
> {
  return {
    rangeNoise: {
      sigmaMeters: number(rangeNoise.sigmaMeters, 'rangeNoise.sigmaMeters'),
      sigmaShare: number(rangeNoise.sigmaShare, 'rangeNoise.sigmaShare'),
      stepMeters: number(rangeNoise.stepMeters, 'rangeNoise.stepMeters'),
    },
    reflectance: {
      from: number(reflectance.from, 'reflectance.from'),
      to: number(reflectance.to, 'reflectance.to'),
      categories: Object.fromEntries(
        Object.entries(reflectance.categories).map(([name, { from, to }]) => [
          name,
          {
            from: number(from, 'reflectance.categories.*.from', name),
            to: number(to, 'reflectance.categories.*.to', name),
          },
        ]),
      ),
    },
    intensity: { sigma: number(intensity.sigma, 'intensity.sigma'), bits: intensity.bits },
    attenuationPerMeter: number(attenuationPerMeter, 'attenuationPerMeter'),
    ...(detection && {
      detection: {
        reflectance: number(detection.reflectance, 'detection.reflectance'),
        rangeMeters: number(detection.rangeMeters, 'detection.rangeMeters'),
      },
    }),
    dropOff: {
      share: number(dropOff.share, 'dropOff.share'),
      shareOfDarkest: number(dropOff.shareOfDarkest, 'dropOff.shareOfDarkest'),
      belowIntensity: number(dropOff.belowIntensity, 'dropOff.belowIntensity'),
    },
  };
}

/** @throws SamplingError */
function requireUsable(lidar: LidarSample, path: string): void {
  const { nearMeters, farMeters, reflectance, turn, elevationsDegrees } = lidar;
  const refuse = (at: string, expected: string, drew: string): never => {
    throw new SamplingError(`${path}.${at}: expected ${expected}, drew ${drew}.`);
  };
  if (nearMeters >= farMeters)
    refuse('nearMeters', `less than farMeters (${farMeters})`, `${nearMeters}`);
  const kinds = Object.entries(reflectance.categories).map(
    ([name, one]) => [`reflectance.categories.${name}`, one] as const,
  );
  for (const [at, { from, to }] of [['reflectance', reflectance] as const, ...kinds])
    if (from > to) refuse(`${at}.from`, `at most ${at}.to (${to})`, `${from}`);
  const degrees = Math.abs(turn.toDegrees - turn.fromDegrees);
  if (degrees === 0 || degrees > MAX_TURN_DEGREES)
    refuse('turn', 'a part of a turn, or a whole one', `one of ${degrees}°`);
  const rays = elevationsDegrees.length * turn.columns;
  if (rays > MAX_RAYS)
    refuse('turn.columns', `at most ${MAX_RAYS} rays in all`, `${rays} (rings × columns)`);
}
