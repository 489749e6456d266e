import type { Vec2 } from '../core/geometry.ts';
import { cos, DEGREE, sin } from '../core/portable-math.ts';
import {
  collide,
  containsPolygon,
  extentOf,
  placePolygon,
  type GroundPolygon,
  type Prism,
} from './ground-plan.ts';
import { yawQuaternion } from './node-matrix.ts';
import type { Placed, PlacementContext, ScatterSpec, SizedModel } from './placement.ts';
import {
  findSurface,
  rectangleOf,
  sceneObstacles,
  shrinkSurface,
  type Surface,
} from './surfaces.ts';

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
  return {
    name: sized.path,
    polygon: placePolygon(footprintOf(sized), { sin: sin(yaw), cos: cos(yaw), scale, at }),
    bottom,
    top: bottom + (model.bounds.max[1] - model.bounds.min[1]) * scale,
  };
}

/** Pose of a model whose lowest point stands at `bottom`. */
export function standAt(sized: SizedModel, spot: Spot, bottom: number): Placed {
  return {
    position: [spot.at[0], bottom - sized.model.bounds.min[1] * sized.scale, spot.at[1]],
    orientation: yawQuaternion(spot.yawDegrees),
    prism: prismAt(sized, spot, bottom),
  };
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

/** Stands a model on a surface, clear of the scene and of what was placed before. */
export function placeOnSurface(
  context: PlacementContext,
  spec: ScatterSpec,
  sized: SizedModel,
): Placed | null {
  const surface = shrinkSurface(
    findSurface(context.ground, spec.surface, sized.path),
    spec.regionScale,
  );
  const obstacles = [...sceneObstacles(context.ground, spec.surface), ...context.taken];
  const spot = trySpots(
    context,
    { surface, yaw: spec.yawDegrees, path: sized.path },
    (candidate) => {
      const prism = prismAt(sized, candidate, surface.height);
      return (
        containsPolygon(surface.polygon, prism.polygon, spec.marginMeters) &&
        !obstacles.some((obstacle) => collide(prism, obstacle, spec.spacingMeters))
      );
    },
  );
  return spot && standAt(sized, spot, surface.height);
}
