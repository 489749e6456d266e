import { RenderError } from '../core/errors.ts';
import type { PlanSensor } from '../plan/plan-sensor.ts';

/** Light comes back as codes to less than this, or it is not the converter's. */
const CLOSE = 0.05;

/** The highest code of a converter, and that of white (1); a converter's codes begin at 0. */
export function codesOf({ bits, blackLevel, fullScale }: NonNullable<PlanSensor['adc']>): Readonly<{
  highest: number;
  white: number;
}> {
  const highest = 2 ** bits - 1;
  return { highest, white: blackLevel + (highest - blackLevel) / fullScale };
}

/**
 * The codes of a converter, from light in units of white.
 * @throws RenderError where there is no converter, or where light lies between its codes.
 */
export function rawCodes(raw: Float32Array, { adc }: Pick<PlanSensor, 'adc'>): Uint16Array {
  if (!adc) throw new RenderError('internal', 'raw codes: expected a converter, found none');
  const { blackLevel } = adc;
  const { highest, white } = codesOf(adc);
  const codes = new Uint16Array(raw.length);
  for (let i = 0; i < raw.length; i++) {
    const exact = blackLevel + (raw[i] as number) * (white - blackLevel);
    const code = Math.round(exact);
    if (!(Math.abs(exact - code) < CLOSE && code >= 0 && code <= highest))
      throw new RenderError(
        'internal',
        `raw codes: expected a whole number of 0..${highest}, found ${exact}`,
      );
    codes[i] = code;
  }
  return codes;
}
