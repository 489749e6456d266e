import type { PlaceSpec } from '../config/light-schema.ts';
import type { Vec3 } from '../core/geometry.ts';
import { cos, DEGREE, sin } from '../core/portable-math.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';

/**
 * Unit vector of a direction. Azimuth 0 points along +Z and 90° along +X; elevation counts from the
 * horizon upwards. Degrees in, world frame out.
 */
export function directionFromAngles(azimuthDegrees: number, elevationDegrees: number): Vec3 {
  const azimuth = azimuthDegrees * DEGREE;
  const elevation = elevationDegrees * DEGREE;
  return [sin(azimuth) * cos(elevation), sin(elevation), cos(azimuth) * cos(elevation)];
}

/** Draws where a camera or light is and what it is turned to, metres, world. */
export function samplePlace(sampler: Sampler, place: PlaceSpec, path: string): SampledPlace {
  return tryPlace(sampler, place, { path, attempt: 0 });
}

type SampledPlace = Readonly<{ position: Vec3; target: Vec3 }>;

/** {@link samplePlace} of an attempt, each of which has streams of its own. */
export function tryPlace(
  sampler: Sampler,
  place: PlaceSpec,
  { path, attempt }: Readonly<{ path: string; attempt: number }>,
): SampledPlace {
  const target = sampler.vec3(place.target, `${path}.target`, attempt);
  if (place.kind === 'at')
    return { position: sampler.vec3(place.position, `${path}.position`, attempt), target };
  const radius = sampler.number(place.radiusMeters, `${path}.radiusMeters`, attempt);
  const elevationPath = `${path}.elevationDegrees`;
  const azimuth = sampler.number(place.azimuthDegrees, `${path}.azimuthDegrees`, attempt);
  const elevation = sampler.number(place.elevationDegrees, elevationPath, attempt);
  const direction = directionFromAngles(azimuth, requireRange(elevation, elevationPath, [-90, 90]));
  return {
    position: [
      target[0] + radius * direction[0],
      target[1] + radius * direction[1],
      target[2] + radius * direction[2],
    ],
    target,
  };
}
