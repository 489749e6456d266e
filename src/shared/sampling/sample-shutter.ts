import type { Config } from '../config/config-schema.ts';
import { SENSOR_RANGES, type SensorParameter } from '../config/sensor-ranges.ts';
import { type ShutterTimes, spanOf } from '../config/shutter-times.ts';
import type { NumberValue } from '../config/value-schemas.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';

/** Draws the times of the shutter; null where the config has none. */
export function sampleShutter(sampler: Sampler, { sensor }: Config): ShutterTimes | null {
  const { shutter, shutterSeconds } = sensor;
  if (shutter === undefined) return null;
  const draw = (value: NumberValue, parameter: SensorParameter): number => {
    const path = `sensor.${parameter}`;
    return requireRange(sampler.number(value, path), path, SENSOR_RANGES[parameter]);
  };
  return {
    seconds: draw(shutterSeconds, 'shutterSeconds'),
    readoutSeconds:
      shutter.kind === 'rolling' ? draw(shutter.readoutSeconds, 'shutter.readoutSeconds') : 0,
  };
}

/** Times of a sequence at which what moves keeps clear: its steps, and where the first and last exposures end. */
export function timesWithShutter(
  steps: readonly number[],
  shutter: ShutterTimes | null,
  rows: number,
): readonly number[] {
  if (shutter === null) return steps;
  const half = spanOf(shutter, rows) / 2;
  return [...steps, (steps[0] ?? 0) - half, (steps.at(-1) ?? 0) + half];
}
