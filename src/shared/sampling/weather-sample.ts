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

/** Round things on the glass before the lens, drawn. */
type OnGlassSample = Readonly<{
  /** Share of the glass. */
  cover: number;
  radiusMillimeters: number;
  /** Places them; a whole number below 2^24. */
  seed: number;
}>;

/** What is on the glass before the lens, drawn. */
export type GlassSample = Readonly<{
  distanceMillimeters: number;
  /** Diameter; absent: that of the camera's focus, or the usual one. */
  pupilMillimeters?: number | undefined;
  drops?: (OnGlassSample & Readonly<{ contactDegrees: number }>) | undefined;
  /** Linear RGB. */
  dirt?: (OnGlassSample & Readonly<{ opacity: number; color: LinearRgb }>) | undefined;
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
  glass?: GlassSample | undefined;
  /** World height; absent: without end. */
  topMeters?: number | undefined;
}>;
