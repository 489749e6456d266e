import type { Vec3 } from '#shared/core/geometry';
import { atan2, DEGREE } from '#shared/core/portable-math';
import { directionFromAngles } from '#shared/sampling/sample-place';
import { addScaled, between, cross, lengthOf, subtract, unit } from './vectors.ts';

/** A camera that goes round a point: where it looks at, and from where. Angles as those of a shell. */
export type Orbit = Readonly<{
  target: Vec3;
  /** 0 = +Z, 90 = +X. */
  azimuthDegrees: number;
  elevationDegrees: number;
  distanceMeters: number;
}>;

/** Straight up and down the camera would have no upright. */
const STEEPEST_DEGREES = 89;
const NEAREST_METERS = 0.01;
const FARTHEST_METERS = 10_000;

const within = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));

/** Where the camera stands, metres, world. */
export function orbitPosition(orbit: Orbit): Vec3 {
  const { target, azimuthDegrees, elevationDegrees, distanceMeters } = orbit;
  return addScaled(target, directionFromAngles(azimuthDegrees, elevationDegrees), distanceMeters);
}

/** The orbit of a camera at a position that looks at a target. */
export function orbitOf(position: Vec3, target: Vec3): Orbit {
  const [x, y, z] = subtract(position, target);
  const level = Math.sqrt(x * x + z * z);
  return clamped({
    target,
    azimuthDegrees: atan2(x, z) / DEGREE,
    elevationDegrees: atan2(y, level) / DEGREE,
    distanceMeters: lengthOf([x, y, z]),
  });
}

/** How far beside a camera one may stand to see it, degrees, the best first: a wall may be in the way. */
export const SIDES_DEGREES = [55, -55, 25, -25] as const;

/** A view from the side that has a camera and what it looks at in it. */
export function besideCamera(
  camera: Readonly<{ position: Vec3; target: Vec3 }>,
  sideDegrees: number = SIDES_DEGREES[0],
): Orbit {
  const own = orbitOf(camera.position, camera.target);
  return clamped({
    target: between(camera.position, camera.target, 0.6),
    azimuthDegrees: own.azimuthDegrees + sideDegrees,
    elevationDegrees: Math.max(28, own.elevationDegrees * 0.7),
    distanceMeters: own.distanceMeters * 2.1,
  });
}

function clamped(orbit: Orbit): Orbit {
  const { azimuthDegrees, elevationDegrees, distanceMeters } = orbit;
  return {
    ...orbit,
    azimuthDegrees: azimuthDegrees - 360 * Math.floor(azimuthDegrees / 360),
    elevationDegrees: within(elevationDegrees, -STEEPEST_DEGREES, STEEPEST_DEGREES),
    distanceMeters: within(distanceMeters, NEAREST_METERS, FARTHEST_METERS),
  };
}

/** Goes round the target. */
export function turnOrbit(orbit: Orbit, azimuthDegrees: number, elevationDegrees: number): Orbit {
  return clamped({
    ...orbit,
    azimuthDegrees: orbit.azimuthDegrees + azimuthDegrees,
    elevationDegrees: orbit.elevationDegrees + elevationDegrees,
  });
}

/** Goes nearer (below 1) or away. */
export function zoomOrbit(orbit: Orbit, factor: number): Orbit {
  return clamped({ ...orbit, distanceMeters: orbit.distanceMeters * factor });
}

/** Moves target and camera, in the plane of the image: shares of the distance, to the right and up. */
export function panOrbit(orbit: Orbit, right: number, up: number): Orbit {
  const forward = unit(subtract(orbit.target, orbitPosition(orbit)));
  const level = unit(cross(forward, [0, 1, 0]));
  const above = cross(level, forward);
  const { distanceMeters: scale } = orbit;
  return {
    ...orbit,
    target: addScaled(addScaled(orbit.target, level, right * scale), above, up * scale),
  };
}

const short = (value: number): string => String(Number(value.toPrecision(5)));

/** An orbit as the address has it: azimuth, elevation, distance, target. */
export function writeOrbit({
  target,
  azimuthDegrees,
  elevationDegrees,
  distanceMeters,
}: Orbit): string {
  return [azimuthDegrees, elevationDegrees, distanceMeters, ...target].map(short).join(',');
}

/** Null where the text is no orbit. */
export function readOrbit(text: string | null): Orbit | null {
  if (text === null || !/^[-+.e\d]+(,[-+.e\d]+){5}$/i.test(text)) return null;
  const [azimuth = NaN, elevation = NaN, distance = NaN, x = NaN, y = NaN, z = NaN] = text
    .split(',')
    .map(Number);
  if (![azimuth, elevation, distance, x, y, z].every(Number.isFinite)) return null;
  return clamped({
    target: [x, y, z],
    azimuthDegrees: azimuth,
    elevationDegrees: elevation,
    distanceMeters: distance,
  });
}
