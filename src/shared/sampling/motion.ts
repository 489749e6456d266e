import type { MotionSpec } from '../config/motion-schema.ts';
import { convexHull } from '../core/convex-hull.ts';
import type { Quat, Vec2, Vec3 } from '../core/geometry.ts';
import { cos, DEGREE, sin } from '../core/portable-math.ts';
import type { Prism } from './ground-plan.ts';
import { yawQuaternion } from './node-matrix.ts';
import type { Sampler } from './sampler.ts';
import type { NodeSample } from './scene-sample.ts';
import type { Motion } from './shutter-sample.ts';

/** The times of a sequence: seconds of each step since the first, and of this frame. */
export type Timeline = Readonly<{ times: readonly number[]; now: number }>;

/** How something moves over a sequence. */
export type Course = Timeline & Readonly<{ motion: Motion }>;

const REST: Motion = { velocity: [0, 0, 0], spinDegrees: 0 };

/** Draws a motion; null where there is none. */
export function sampleMotion(
  sampler: Sampler,
  motion: MotionSpec | undefined,
  path: string,
): Motion | null {
  if (motion === undefined) return null;
  return {
    velocity: sampler.vec3(motion.velocityMetersPerSecond, `${path}.velocityMetersPerSecond`),
    spinDegrees: sampler.number(motion.spinDegreesPerSecond, `${path}.spinDegreesPerSecond`),
  };
}

/** What moves goes through every step; what does not has one for all of them. */
export function courseOf(motion: Motion | null, timeline: Timeline): Course {
  if (motion === null) return { motion: REST, times: [0], now: 0 };
  return { motion, ...timeline };
}

/** A node `seconds` after its sequence began. */
export function moveNode(node: NodeSample, motion: Motion | null, seconds: number): NodeSample {
  if (motion === null || seconds === 0) return node;
  return {
    ...node,
    offsetMeters: drift(node.offsetMeters, motion, seconds),
    yawDegrees: node.yawDegrees + motion.spinDegrees * seconds,
  };
}

/** A point that is carried along without being turned. */
export function drift(point: Vec3, { velocity }: Motion, seconds: number): Vec3 {
  return [
    point[0] + velocity[0] * seconds,
    point[1] + velocity[1] * seconds,
    point[2] + velocity[2] * seconds,
  ];
}

/** A point [x, z] of the ground plan turned about a pivot: from +Z to +X, degrees. */
export function turnInPlan(point: Vec2, pivot: Vec2, degrees: number): Vec2 {
  if (degrees === 0) return point;
  const [s, c] = [sin(degrees * DEGREE), cos(degrees * DEGREE)];
  const [x, z] = [point[0] - pivot[0], point[1] - pivot[1]];
  return [pivot[0] + x * c + z * s, pivot[1] + z * c - x * s];
}

/** An orientation turned about the vertical of the world, degrees. */
export function turnOrientation([a, b, c, d]: Quat, degrees: number): Quat {
  if (degrees === 0) return [a, b, c, d];
  const [w, , y] = yawQuaternion(degrees);
  return [w * a - y * c, w * b + y * d, w * c + y * a, w * d - y * b];
}

/**
 * The room that something takes over all of its steps: the convex hull of its plans, lowest to highest; the
 * triangles in it stay apart for each step.
 */
export function sweepPrisms(first: Prism, others: readonly Prism[]): Prism {
  if (others.length === 0) return first;
  const all = [first, ...others];
  const meshes = all.flatMap(({ mesh }) => mesh ?? []);
  return {
    name: first.name,
    polygon: convexHull(all.flatMap(({ polygon }) => polygon)),
    bottom: Math.min(...all.map(({ bottom }) => bottom)),
    top: Math.max(...all.map(({ top }) => top)),
    ...(meshes.length === all.length && { mesh: meshes }),
  };
}

/** {@link sweepPrisms} of what a course takes at each of its times. */
export function sweepCourse({ times }: Course, prismAt: (seconds: number) => Prism): Prism {
  const [first = 0, ...later] = times;
  return sweepPrisms(prismAt(first), later.map(prismAt));
}
