import type { LinearRgb } from '../core/geometry.ts';

/** Something even in the air that veils the view, drawn. */
export type VeilSample = Readonly<{
  visibilityMeters: number;
  /** Linear RGB factors. */
  tint: LinearRgb;
  /** Linear RGB radiance; absent: from the light of the frame. */
  airlight?: LinearRgb | undefined;
}>;

/** The weather of a frame, drawn; what a frame does not have is absent. */
export type WeatherSample = Readonly<{
  fog?: VeilSample | undefined;
  dust?: (VeilSample & Readonly<{ angstromExponent: number }>) | undefined;
  /** World height; absent: without end. */
  topMeters?: number | undefined;
}>;
