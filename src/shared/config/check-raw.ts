import type { CheckContext } from './check-context.ts';

/** Codes are those of a converter. */
export function checkRaw({ config: { outputs, sensor }, report }: CheckContext): void {
  if (outputs.raw !== 'png' || sensor.adc) return;
  report(
    'outputs.raw',
    'expected sensor.adc where it is png, found none',
    'State the converter, such as sensor: { adc: { bits: 12 } }, or take exr or npz, which hold light.',
  );
}
