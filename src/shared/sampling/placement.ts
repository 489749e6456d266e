import type { PlacementSpec } from '../config/placement-schema.ts';
import type { ModelAsset } from '../core/asset-catalogue.ts';
import type { Quat, Vec2, Vec3 } from '../core/geometry.ts';
import type { Prism } from './ground-plan.ts';
import type { Course } from './motion.ts';
import type { Sampler } from './sampler.ts';
import type { PoseSample } from './scene-sample.ts';
import type { ClipCourse } from './shutter-sample.ts';
import type { Ground } from './surfaces.ts';

/** A model with the size it was drawn at; one that is posed has the room of its poses. */
export type SizedModel = Readonly<{
  model: ModelAsset;
  scale: number;
  path: string;
  pose?: PoseSample | undefined;
  /** How its pose goes on; absent where it does not. */
  clip?: ClipCourse | undefined;
}>;

/** How objects are kept apart. */
export type Clearance = 'plans' | 'meshes';

/** Where an object stands in this frame, and the room it takes over its sequence. */
export type Placed = Readonly<{
  position: Vec3;
  orientation: Quat;
  prism: Prism;
  /** Where its origin stood at the first step, [x, z]; of what stands on a surface. */
  start?: Vec2;
  /** What it turns about in this frame, [x, z]; absent: its own origin. */
  pivot?: Vec2;
}>;

/** A placed object: what stands there, and where. */
export type Standing = Placed & Readonly<{ model: ModelAsset; scale: number }>;

/** What a placement needs. `taken` is everything it must keep clear of. */
export type PlacementContext = Readonly<{
  sampler: Sampler;
  ground: Ground;
  taken: readonly Prism[];
  attempts: number;
  clearance: Clearance;
  /** How what is placed moves. */
  course: Course;
}>;

type PlacementOf<K extends PlacementSpec['kind']> = Extract<PlacementSpec, { kind: K }>;
export type ScatterSpec = PlacementOf<'scatter'>;
export type StackSpec = PlacementOf<'stack'>;
export type DropSpec = PlacementOf<'drop'>;
export type PileSpec = PlacementOf<'pile'>;
export type FreeSpec = PlacementOf<'free'>;
