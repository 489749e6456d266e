import type { LinearRgb, Vec2, Vec3 } from '../core/geometry.ts';

/** Light that something in the air sends everywhere, by channel. */
export type PlanGlow = Readonly<{
  /** Radiance, as far as the plan knows. */
  airlight: LinearRgb;
  /** Times the mean radiance of the environment map: the rest of it. */
  environmentShare: LinearRgb;
}>;

/** Something even that dims, and shines in an endless depth of it. */
export type PlanMedium = PlanGlow &
  Readonly<{
    /** Extinction coefficients, per metre. */
    extinctionPerMeter: LinearRgb;
    /** World height at which it ends; null: nowhere. */
    topMeters: number | null;
  }>;

/** Drops or flakes that are drawn one by one. */
export type PlanPrecipitation = Readonly<{
  kind: 'rain' | 'snow';
  /** Of water. */
  millimetersPerHour: number;
  /** Where they are: a whole number below 2^24. */
  seed: number;
  /** Since the sequence's first frame. */
  timeSeconds: number;
  exposureSeconds: number;
  windMetersPerSecond: Vec3;
  /** Depth up to which they are drawn; beyond, they are in the medium. */
  rangeMeters: number;
  /** What each of them shines with. */
  glow: PlanGlow;
}>;

/** What weather leaves on surfaces. */
export type PlanGround = Readonly<{
  /** 0..1. */
  wetness: number;
  /** Height of the noise from which level ground is under water, and the size of its hills; null: no puddles. */
  puddles: Readonly<{ threshold: number; meters: number }> | null;
  /** 0..1. */
  snowCover: number;
  /** Of puddles and patches: a whole number below 2^24. */
  seed: number;
}>;

/** Something round on the glass before the lens. Lengths are tangents: those on the glass over its distance. */
export type PlanDisc = Readonly<{
  /** Right and up of the optical axis. */
  at: Vec2;
  radius: number;
}>;

/** What is on the glass before the lens. */
export type PlanGlass = Readonly<{
  /** Radius of the pupil, a tangent. */
  pupil: number;
  /** Lenses that turn a ray towards their middles by `bend` times its distance from there; tangents. */
  drops: readonly (PlanDisc & Readonly<{ bend: number }>)[];
  dirt: Readonly<{
    specks: readonly PlanDisc[];
    /** Share of the light that a speck takes, and what it gives back of the image's mean. */
    opacity: number;
    color: LinearRgb;
  }> | null;
}>;

/** What the weather of a frame is to the page; what a frame does not have is absent. */
export type PlanWeather = Readonly<{
  medium?: PlanMedium | undefined;
  precipitation?: readonly PlanPrecipitation[] | undefined;
  ground?: PlanGround | undefined;
  glass?: PlanGlass | undefined;
}>;
