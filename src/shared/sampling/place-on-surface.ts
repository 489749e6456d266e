import { SamplingError } from '../core/errors.ts';
import type { Mat4, Vec2 } from '../core/geometry.ts';
import { compose } from '../core/matrix.ts';
import { cos, DEGREE, sin } from '../core/portable-math.ts';
import {
  containsPolygon,
  extentOf,
  placePolygon,
  type GroundPolygon,
  type Prism,
} from './ground-plan.ts';
import { isClear, obstaclesOf } from './keep-clear.ts';
import { type Course, sweepCourse, turnInPlan } from './motion.ts';
import { yawQuaternion } from './node-matrix.ts';
import { meshOf } from './node-triangles.ts';
import { meshAt } from './posed-mesh.ts';
import type { Placed, PlacementContext, ScatterSpec, SizedModel } from './placement.ts';
import { findSurface, rectangleOf, shrinkSurface, type Surface } from './surfaces.ts';

/** Where on a surface, and turned how, something is tried. */
export type Spot = Readonly<{ at: Vec2; yawDegrees: number }>;

/** Plan of a model in its own frame: the hull of its vertices, or its box where that is degenerate. */
export function footprintOf({ model }: SizedModel): GroundPolygon {
  return model.footprint.length >= 3 ? model.footprint : rectangleOf(model.bounds);
}

/** The room that a model takes when its lowest point stands at `bottom`, turned and put on a spot. */
export function prismAt(sized: SizedModel, { at, yawDegrees }: Spot, bottom: number): Prism {
  const { model, scale } = sized;
  const yaw = yawDegrees * DEGREE;
  const worldFromModel = (): Mat4 => {
    const { position, orientation } = poseAt(sized, { at, yawDegrees }, bottom);
    return compose(position, orientation, [scale, scale, scale]);
  };
  return {
    name: sized.path,
    mesh: meshAt(() => meshOf(model), worldFromModel),
    polygon: placePolygon(footprintOf(sized), { sin: sin(yaw), cos: cos(yaw), scale, at }),
    bottom,
    top: bottom + (model.bounds.max[1] - model.bounds.min[1]) * scale,
  };
}

/** Pose of a model whose lowest point stands at `bottom`. */
export function standAt(sized: SizedModel, spot: Spot, bottom: number): Placed {
  return { ...poseAt(sized, spot, bottom), prism: prismAt(sized, spot, bottom) };
}

function poseAt(
  { model, scale }: SizedModel,
  { at, yawDegrees }: Spot,
  bottom: number,
): Pick<Placed, 'position' | 'orientation'> {
  return {
    position: [at[0], bottom - model.bounds.min[1] * scale, at[1]],
    orientation: yawQuaternion(yawDegrees),
  };
}

/** Something that stands: where, and about which point [x, z] it turns where it moves. */
export type Stand = Readonly<{ sized: SizedModel; spot: Spot; bottom: number; pivot: Vec2 }>;

function moveStand(
  { sized, spot, bottom, pivot }: Stand,
  { motion }: Course,
  seconds: number,
): Stand {
  if (seconds === 0) return { sized, spot, bottom, pivot };
  const turned = motion.spinDegrees * seconds;
  const [x, z] = turnInPlan(spot.at, pivot, turned);
  const at = [x + motion.velocity[0] * seconds, z + motion.velocity[2] * seconds] as const;
  return {
    sized,
    pivot,
    spot: { at, yawDegrees: spot.yawDegrees + turned },
    bottom: bottom + motion.velocity[1] * seconds,
  };
}

/** The room that something standing takes over the whole of its course. */
export function sweepStand(stand: Stand, course: Course): Prism {
  return sweepCourse(course, (seconds) => {
    const { sized, spot, bottom } = moveStand(stand, course, seconds);
    return prismAt(sized, spot, bottom);
  });
}

/** Where it stands in this frame, with the room that it takes over its course. */
export function standNow(stand: Stand, course: Course): Placed {
  const { sized, spot, bottom } = moveStand(stand, course, course.now);
  return {
    ...standAt(sized, spot, bottom),
    prism: sweepStand(stand, course),
    start: stand.spot.at,
    pivot: [
      stand.pivot[0] + course.motion.velocity[0] * course.now,
      stand.pivot[1] + course.motion.velocity[2] * course.now,
    ],
  };
}

/** What stands on a surface may rise from it, never sink into it. */
export function refuseSinking({ motion: { velocity }, times }: Course, path: string): void {
  if (times.length === 1 || velocity[1] >= 0) return;
  throw new SamplingError(
    `${path}.motion.velocityMetersPerSecond[1]: expected at least 0 for what stands on a surface, drew ${velocity[1]}; it would sink into it`,
  );
}

/**
 * Tries spots of a surface, uniform over its extent, until one satisfies `accept`.
 * Each attempt has streams of its own; rejected ones are counted under the path.
 */
export function trySpots(
  { sampler, attempts }: PlacementContext,
  {
    surface,
    yaw,
    path,
  }: Readonly<{ surface: Surface; yaw: ScatterSpec['yawDegrees']; path: string }>,
  accept: (spot: Spot) => boolean,
): Spot | null {
  const { min, max } = extentOf(surface.polygon);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const spot = {
      at: [
        min[0] + sampler.uniform(`${path}.position[0]`, attempt) * (max[0] - min[0]),
        min[1] + sampler.uniform(`${path}.position[2]`, attempt) * (max[1] - min[1]),
      ] as const,
      yawDegrees: sampler.number(yaw, `${path}.yawDegrees`, attempt),
    };
    if (accept(spot)) return spot;
    sampler.reject(path);
  }
  return null;
}

/**
 * Stands a model on a surface, clear of the scene and of what was placed before, its origin at least
 * `separationMeters` from those of its group (dart throwing: Cook, ACM TOG 5 (1986), Poisson-disc sampling).
 */
export function placeOnSurface(
  context: PlacementContext,
  spec: ScatterSpec,
  { sized, peers }: Readonly<{ sized: SizedModel; peers: readonly Placed[] }>,
): Placed | null {
  const { course } = context;
  refuseSinking(course, sized.path);
  const surface = shrinkSurface(
    findSurface(context.ground, spec.surface, sized.path),
    spec.regionScale,
  );
  const obstacles = obstaclesOf(context, spec.surface);
  const standOn = (spot: Spot): Stand => ({
    sized,
    spot,
    bottom: surface.height,
    pivot: spot.at,
  });
  const spot = trySpots(
    context,
    { surface, yaw: spec.yawDegrees, path: sized.path },
    (candidate) => {
      const prism = sweepStand(standOn(candidate), course);
      return (
        isSeparate(candidate.at, peers, spec.separationMeters) &&
        containsPolygon(surface.polygon, prism.polygon, spec.marginMeters) &&
        isClear(context, prism, { obstacles, spacing: spec.spacingMeters })
      );
    },
  );
  return spot && standNow(standOn(spot), course);
}

function isSeparate([x, z]: Vec2, peers: readonly Placed[], separation: number): boolean {
  return peers.every(({ start }) => {
    if (start === undefined) return true;
    const [dx, dz] = [start[0] - x, start[1] - z];
    return dx * dx + dz * dz >= separation * separation;
  });
}
