import type { LinearRgb } from '../core/geometry.ts';

/** Something even that dims and shines, by channel. */
export type PlanMedium = Readonly<{
  /** Extinction coefficients, per metre. */
  extinctionPerMeter: LinearRgb;
  /** Radiance of an endless depth of it, as far as the plan knows. */
  airlight: LinearRgb;
  /** Times the mean radiance of the environment map: the rest of the airlight. */
  environmentShare: LinearRgb;
  /** World height at which it ends; null: nowhere. */
  topMeters: number | null;
}>;

/** What the weather of a frame is to the page; what a frame does not have is absent. */
export type PlanWeather = Readonly<{ medium?: PlanMedium | undefined }>;
