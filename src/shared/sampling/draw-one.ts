import type { NumberDraw } from '../config/number-draws.ts';
import type { Chance, Choice, IntegerRange } from '../config/value-types.ts';
import { chooseAt, drawNumber } from './draw-number.ts';
import type { DrawnValue } from './scene-sample.ts';

/** A distribution that takes one random number, of any type. */
export type SingleDraw =
  Exclude<NumberDraw, { kind: 'choice' }> | IntegerRange | Chance | Choice<DrawnValue>;

/** The value of a distribution at the quantile u in [0, 1). */
export function drawOne(distribution: SingleDraw, u: number, path: string): DrawnValue {
  switch (distribution.kind) {
    case 'integer':
      return distribution.min + Math.floor(u * (distribution.max - distribution.min + 1));
    case 'chance':
      return u < distribution.probability;
    case 'choice':
      return chooseAt(distribution, u, path);
    default:
      return drawNumber(distribution, u, path);
  }
}
