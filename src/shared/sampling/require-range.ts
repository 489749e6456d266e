import { SamplingError } from '../core/errors.ts';

/** Returns the value, or refuses it by name: a draw outside what a parameter can mean is never clamped. */
export function requireRange(
  value: number,
  path: string,
  [min, max]: readonly [number, number],
): number {
  if (value >= min && value <= max) return value;
  throw new SamplingError(
    `${path}: expected a value in ${min}..${max}, drew ${value}. Narrow its distribution (truncate with min and max).`,
  );
}
