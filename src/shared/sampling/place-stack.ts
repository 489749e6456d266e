import type { Vec2 } from '../core/geometry.ts';
import { directionFromAngles } from './sample-place.ts';
import { areaOf, containsPolygon, type Prism } from './ground-plan.ts';
import { isClear, obstaclesOf } from './keep-clear.ts';
import type { Placed, PlacementContext, SizedModel, StackSpec } from './placement.ts';
import {
  footprintOf,
  prismAt,
  refuseSinking,
  type Spot,
  type Stand,
  standNow,
  sweepStand,
  trySpots,
} from './place-on-surface.ts';
import { findSurface, shrinkSurface } from './surfaces.ts';

type Level = Readonly<{ sized: SizedModel; shift: Vec2; turnDegrees: number }>;

/**
 * Piles models, the one with the largest plan at the bottom, each on the top of the bounds below it.
 * A level is refused where its middle would not lie over the level that carries it.
 */
export function placeStack(
  context: PlacementContext,
  spec: StackSpec,
  bundle: readonly SizedModel[],
): readonly Placed[] | null {
  const base = bundle[0];
  if (base === undefined) return [];
  const { course } = context;
  refuseSinking(course, base.path.replace(/\.levels\[0\]$/, ''));
  const surface = shrinkSurface(
    findSurface(context.ground, spec.surface, base.path),
    spec.regionScale,
  );
  const obstacles = obstaclesOf(context, spec.surface);
  const levels = drawLevels(context, spec, bundle);
  const fits = (spot: Spot): boolean => {
    const stands = stackAt(levels, spot, surface.height);
    const prisms = stands.map(({ sized, spot, bottom }) => prismAt(sized, spot, bottom));
    if (!prisms.every((prism, level) => isCarried(prism, prisms[level - 1]))) return false;
    const rooms = stands.map((stand) => sweepStand(stand, course));
    return (
      rooms.every((prism) => containsPolygon(surface.polygon, prism.polygon, spec.marginMeters)) &&
      rooms.every((room) => isClear(context, room, { obstacles, spacing: spec.spacingMeters }))
    );
  };
  const spot = trySpots(context, { surface, yaw: spec.yawDegrees, path: base.path }, fits);
  if (spot === null) return null;
  const placed = new Map(
    stackAt(levels, spot, surface.height).map((stand) => [stand.sized, standNow(stand, course)]),
  );
  return bundle.flatMap((sized) => placed.get(sized) ?? []);
}

function drawLevels(
  { sampler }: PlacementContext,
  spec: StackSpec,
  bundle: readonly SizedModel[],
): readonly Level[] {
  const planArea = (sized: SizedModel): number =>
    areaOf(footprintOf(sized)) * sized.scale * sized.scale;
  return [...bundle]
    .sort((a, b) => planArea(b) - planArea(a))
    .map((sized, level) => {
      const shift = level === 0 ? 0 : sampler.number(spec.shiftMeters, `${sized.path}.shiftMeters`);
      const [x, , z] = directionFromAngles(sampler.uniform(`${sized.path}.shiftAzimuth`) * 360, 0);
      const turn =
        level === 0 ? 0 : sampler.number(spec.twistDegrees, `${sized.path}.twistDegrees`);
      return { sized, shift: [x * shift, z * shift], turnDegrees: turn };
    });
}

function stackAt(levels: readonly Level[], spot: Spot, surfaceHeight: number): readonly Stand[] {
  let { at, yawDegrees } = spot;
  let bottom = surfaceHeight;
  return levels.map(({ sized, shift, turnDegrees }) => {
    at = [at[0] + shift[0], at[1] + shift[1]];
    yawDegrees += turnDegrees;
    const stand = { sized, spot: { at, yawDegrees }, bottom, pivot: spot.at };
    bottom = prismAt(sized, stand.spot, bottom).top;
    return stand;
  });
}

/** Whether the middle of a level, taken between its corners' extremes, lies over the one below. */
function isCarried(level: Prism, below: Prism | undefined): boolean {
  if (below === undefined) return true;
  const xs = level.polygon.map(([x]) => x);
  const zs = level.polygon.map(([, z]) => z);
  const middle: Vec2 = [
    (Math.min(...xs) + Math.max(...xs)) / 2,
    (Math.min(...zs) + Math.max(...zs)) / 2,
  ];
  return containsPolygon(below.polygon, [middle], 0);
}
