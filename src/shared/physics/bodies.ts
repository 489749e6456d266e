import type { Hull, Quat, Vec3 } from '../core/geometry.ts';

/** Where a body is: that of its own frame's origin, metres, world. */
export type BodyPose = Readonly<{ position: Vec3; orientation: Quat }>;

/** What stays where it is: hulls in the world. */
export type FixedBody = Readonly<{ name: string; hulls: readonly Hull[]; friction: number }>;

/** What falls. */
export type LooseBody = BodyPose &
  Readonly<{
    /** In its own frame, at its size. */
    hulls: readonly Hull[];
    densityKgPerCubicMeter: number;
    friction: number;
    restitution: number;
  }>;

/** A body that has come to rest. */
export type RestingBody = BodyPose & Readonly<{ centreOfMass: Vec3 }>;
