import type { Vec3 } from '#shared/core/geometry';
import { cos, DEGREE, sin, TAU } from '#shared/core/portable-math';
import { directionFromAngles } from '#shared/sampling/sample-place';
import { addScaled, across } from './vectors.ts';

/** Degrees of an arc that one straight piece stands for. */
const STEP_DEGREES = 5;

const steps = (from: number, to: number): readonly number[] => {
  const count = Math.max(1, Math.ceil(Math.abs(to - from) / STEP_DEGREES));
  return Array.from({ length: count + 1 }, (_, i) => from + ((to - from) * i) / count);
};

/** Part of a sphere: angles in degrees as those of a shell. */
export type Patch = Readonly<{
  center: Vec3;
  azimuth: readonly [from: number, to: number];
  elevation: readonly [from: number, to: number];
}>;

const pointOf = ({ center }: Patch, radius: number, angles: readonly [number, number]): Vec3 =>
  addScaled(center, directionFromAngles(...angles), radius);

/** An arc of one elevation. */
export function parallel(patch: Patch, radius: number, elevation: number): readonly Vec3[] {
  return steps(...patch.azimuth).map((azimuth) => pointOf(patch, radius, [azimuth, elevation]));
}

/** An arc of one azimuth. */
export function meridian(patch: Patch, radius: number, azimuth: number): readonly Vec3[] {
  return steps(...patch.elevation).map((elevation) => pointOf(patch, radius, [azimuth, elevation]));
}

/** A circle about a centre, square to an axis. */
export function circle(center: Vec3, axis: Vec3, radius: number): readonly Vec3[] {
  const [u, v] = across(axis);
  return steps(0, 360).map((degrees) =>
    addScaled(
      addScaled(center, u, radius * cos(degrees * DEGREE)),
      v,
      radius * sin(degrees * DEGREE),
    ),
  );
}

/** Half a circle about a centre, from one side of a plane over its axis to the other. */
export function halfCircle(
  center: Vec3,
  [side, axis]: readonly [Vec3, Vec3],
  radius: number,
): readonly Vec3[] {
  return Array.from({ length: 37 }, (_, i) => {
    const angle = (TAU / 2) * (i / 36);
    return addScaled(addScaled(center, side, radius * cos(angle)), axis, radius * sin(angle));
  });
}
