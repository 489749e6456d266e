import type { LinearRgb, Vec3 } from '../core/geometry.ts';

/** Something even in the air that veils the view, drawn. */
export type VeilSample = Readonly<{
  visibilityMeters: number;
  /** Linear RGB factors. */
  tint: LinearRgb;
  /** Linear RGB radiance; absent: from the light of the frame. */
  airlight?: LinearRgb | undefined;
}>;

/** What falls, drawn. */
export type FallSample = Readonly<{
  /** Of water. */
  millimetersPerHour: number;
  /** Places the drops; a whole number below 2^24. */
  seed: number;
}>;

/** What is on surfaces, drawn. */
export type GroundSample = Readonly<{
  /** 0..1. */
  wetness: number;
  /** Share of level ground that is under water, and size; absent: none. */
  puddles?: Readonly<{ share: number; meters: number }> | undefined;
  /** 0..1. */
  snowCover: number;
  /** Places puddles and patches; a whole number below 2^24. */
  seed: number;
}>;

/** The weather of a frame, drawn; what a frame does not have is absent. */
export type WeatherSample = Readonly<{
  fog?: VeilSample | undefined;
  dust?: (VeilSample & Readonly<{ angstromExponent: number }>) | undefined;
  rain?: FallSample | undefined;
  snow?: FallSample | undefined;
  /** How long a drop draws its streak, and what carries it; present where something falls. */
  falling?: Readonly<{ exposureSeconds: number; windMetersPerSecond: Vec3 }> | undefined;
  ground?: GroundSample | undefined;
  /** World height; absent: without end. */
  topMeters?: number | undefined;
}>;
