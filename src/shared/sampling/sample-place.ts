import type { PlaceSpec } from '../config/place-schema.ts';
import type { NumberValue } from '../config/value-schemas.ts';
import type { Vec3 } from '../core/geometry.ts';
import { cos, DEGREE, sin } from '../core/portable-math.ts';
import { gridPosition } from './grid-place.ts';
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

/** Radii of a ring, metres: on the vertical itself no side would be up. */
const RING_RADII = [1e-6, 1e6] as const;

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
  if (place.kind === 'grid')
    return { position: gridPosition(sampler, place, { path, attempt }), target };
  const away = awayFromTarget(sampler, place, { path, attempt });
  return {
    position: [target[0] + away[0], target[1] + away[1], target[2] + away[2]],
    target,
  };
}

/** From the target to a place on a shell or ring about it, metres. */
function awayFromTarget(
  sampler: Sampler,
  place: Extract<PlaceSpec, { kind: 'shell' | 'ring' }>,
  { path, attempt }: Readonly<{ path: string; attempt: number }>,
): Vec3 {
  const drawn = (value: NumberValue, name: string): number =>
    sampler.number(value, `${path}.${name}`, attempt);
  const radius = drawn(place.radiusMeters, 'radiusMeters');
  const azimuth = drawn(place.azimuthDegrees, 'azimuthDegrees');
  if (place.kind === 'ring') {
    requireRange(radius, `${path}.radiusMeters`, RING_RADII);
    const [x, , z] = directionFromAngles(azimuth, 0);
    return [radius * x, drawn(place.heightMeters, 'heightMeters'), radius * z];
  }
  const elevation = drawn(place.elevationDegrees, 'elevationDegrees');
  requireRange(elevation, `${path}.elevationDegrees`, [-90, 90]);
  const [x, y, z] = directionFromAngles(azimuth, elevation);
  return [radius * x, radius * y, radius * z];
}
