import type { DrawnValue } from '../sampling/scene-sample.ts';

/** What has a density, in closed form. */
export type SpreadForm = Readonly<{
  /** Null for what is no number. */
  range: Readonly<{ min: number; max: number; mean: number }> | null;
  /** Uniform over 0..1 where values are drawn as asked; null for a value that says nothing. */
  transform(value: DrawnValue): number | null;
}>;
