import type { ShutterTimes } from '../config/shutter-times.ts';
import type { Quat, Vec2, Vec3 } from '../core/geometry.ts';

/** Steady motion: metres per second in the world, degrees per second about the vertical. */
export type Motion = Readonly<{ velocity: Vec3; spinDegrees: number }>;

/** Where a camera is and what it looks at. */
export type ViewSample = Readonly<{ position: Vec3; target: Vec3; rollDegrees: number }>;

/** How a pose goes on: from a clip, with the turns and weights that were drawn beside it. */
export type ClipCourse = Readonly<{
  clip: string;
  /** Where in the clip the sequence began, and seconds of it to a second. */
  startSeconds: number;
  speed: number;
  loop: 'repeat' | 'hold';
  /** Turns of nodes after those of the clip. */
  turns: readonly Readonly<{ node: number; rotation: Quat }>[];
  morphTargets: Readonly<Record<string, number>>;
}>;

/** How an object goes on from where the frame has it. */
export type ObjectCourse = Readonly<{
  motion?: Motion | undefined;
  /** What it turns about, [x, z]; absent: its own origin. */
  pivot?: Vec2 | undefined;
  clip?: ClipCourse | undefined;
}>;

/**
 * The exposure of a frame and what moves over it, so that its instants follow without another draw. Its
 * middle, which labels and all else of the sample hold, is that of the middle row.
 */
export type ShutterSample = ShutterTimes &
  Readonly<{
    /** The camera at each sub-frame, in order of time; absent where it rests. */
    views?: readonly ViewSample[] | undefined;
    /** By name; those that rest are absent. */
    nodes?: Readonly<Record<string, Motion>> | undefined;
    /** By group and slot, `cars[2]`; those that rest are absent. */
    objects?: Readonly<Record<string, ObjectCourse>> | undefined;
  }>;
