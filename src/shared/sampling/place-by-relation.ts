import type { RelationSpec } from '../config/relation-schema.ts';
import type { Vec2 } from '../core/geometry.ts';
import { atan2, cos, DEGREE, sin } from '../core/portable-math.ts';
import { type Anchor, findAnchor, middleOf, type PlacedGroups } from './anchors.ts';
import { containsPolygon, extentOf, type GroundPolygon } from './ground-plan.ts';
import { isClear, obstaclesOf } from './keep-clear.ts';
import { prismAt, refuseSinking, type Spot, type Stand, standNow, sweepStand } from './place-on-surface.ts'; // prettier-ignore
import type { Placed, PlacementContext, SizedModel } from './placement.ts';
import { requireRange } from './require-range.ts';
import { findSurface, shrinkSurface, yawOf } from './surfaces.ts';

type Inputs = Readonly<{ sized: SizedModel; index: number; groups: PlacedGroups }>;
type Facing = 'toward' | 'away' | 'along' | 'any';

/** Where something may stand: the plan that must hold it, how far from its rim, how high, and among what. */
type Site = Readonly<{
  region: GroundPolygon;
  margin: number;
  height: number;
  /** The node that carries it, which is no obstacle. */
  carrier: string | null;
  /** What holds it: no obstacle either. */
  holder: Anchor | null;
}>;

/**
 * Stands a model on, beside or in something, or turned to it; what is drawn is drawn anew until the model
 * is where it may be, clear of everything else. Null where it never is, or where there is nothing of that
 * name in this frame.
 */
export function placeByRelation(
  context: PlacementContext,
  spec: RelationSpec,
  { sized, index, groups }: Inputs,
): Placed | null {
  const { sampler, course, attempts, ground } = context;
  const { path } = sized;
  refuseSinking(course, path);
  const anchor = findAnchor({ ground, groups }, { of: spec.of, index, path });
  if (anchor === null) return null;
  const site = siteOf(context, spec, { anchor, path });
  const taken = context.taken.filter((prism) => prism !== site.holder?.prism);
  const obstacles = obstaclesOf({ ground, taken }, site.carrier);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const spot = drawSpot(context, spec, { sized, anchor, site, attempt });
    const stand: Stand = { sized, spot, bottom: site.height, pivot: spot.at };
    const room = sweepStand(stand, course);
    if (
      containsPolygon(site.region, room.polygon, site.margin) &&
      isClear(context, room, { obstacles, spacing: spec.spacingMeters })
    )
      return standNow(stand, course);
    sampler.reject(path);
  }
  return null;
}

function siteOf(
  { sampler, ground }: PlacementContext,
  spec: RelationSpec,
  { anchor, path }: Readonly<{ anchor: Anchor; path: string }>,
): Site {
  const { polygon, bottom, top } = anchor.prism;
  switch (spec.kind) {
    case 'on': {
      const margin = spec.marginMeters;
      return { region: polygon, margin, height: top, carrier: spec.of, holder: anchor };
    }
    case 'inside': {
      const floorPath = `${path}.floorMeters`;
      const floor = requireRange(sampler.number(spec.floorMeters, floorPath), floorPath, [0, 1e4]);
      const [margin, height] = [spec.wallMeters, bottom + floor];
      return { region: polygon, margin, height, carrier: spec.of, holder: anchor };
    }
    case 'beside':
    case 'facing': {
      const whole = findSurface(ground, spec.surface, path);
      const surface = spec.kind === 'facing' ? shrinkSurface(whole, spec.regionScale) : whole;
      const [margin, carrier] = [spec.marginMeters, spec.surface];
      const { polygon: region, height } = surface;
      return { region, margin, height, carrier, holder: null };
    }
  }
}

type SpotInputs = Readonly<{ sized: SizedModel; anchor: Anchor; site: Site; attempt: number }>;

function drawSpot(context: PlacementContext, spec: RelationSpec, inputs: SpotInputs): Spot {
  const { sampler } = context;
  const { sized, anchor, site, attempt } = inputs;
  const { path } = sized;
  const added = sampler.number(spec.yawDegrees, `${path}.yawDegrees`, attempt);
  const facing: Facing = spec.kind === 'facing' ? 'toward' : spec.facing;
  const middle = middleOf(anchor.prism.polygon, anchor.right);
  const yawAt = (at: Vec2): number =>
    added +
    yawBy(facing, {
      at,
      middle,
      anchor,
      any: () => sampler.uniform(`${path}.facing`, attempt) * 360,
    });
  if (spec.kind !== 'beside') {
    const { min, max } = extentOf(site.region);
    const along = (axis: 0 | 1, name: string): number =>
      min[axis] + sampler.uniform(`${path}.position[${name}]`, attempt) * (max[axis] - min[axis]);
    const at: Vec2 = [along(0, '0'), along(1, '2')];
    return { at, yawDegrees: yawAt(at) };
  }
  const azimuth =
    yawOf(anchor.right) + sampler.number(spec.azimuthDegrees, `${path}.azimuthDegrees`, attempt);
  const [dx, dz] = [sin(azimuth * DEGREE), cos(azimuth * DEGREE)];
  const shift = sampler.number(spec.shiftMeters, `${path}.shiftMeters`, attempt);
  const gapPath = `${path}.distanceMeters`;
  const gap = requireRange(
    sampler.number(spec.distanceMeters, gapPath, attempt),
    gapPath,
    [0, 1e4],
  );
  const start: Vec2 = [middle[0] + dz * shift, middle[1] - dx * shift];
  // Turned as one without a shift is, so that a row of chairs along a table is turned alike.
  const yawDegrees = yawAt([middle[0] + dx, middle[1] + dz]);
  const reach = (polygon: GroundPolygon): readonly number[] =>
    polygon.map(([x, z]) => x * dx + z * dz);
  const own = prismAt(sized, { at: start, yawDegrees }, site.height).polygon;
  const away = Math.max(...reach(anchor.prism.polygon)) + gap - Math.min(...reach(own));
  return { at: [start[0] + dx * away, start[1] + dz * away], yawDegrees };
}

function yawBy(
  facing: Facing,
  {
    at,
    middle,
    anchor,
    any,
  }: Readonly<{ at: Vec2; middle: Vec2; anchor: Anchor; any: () => number }>,
): number {
  switch (facing) {
    case 'toward':
      return atan2(middle[0] - at[0], middle[1] - at[1]) / DEGREE;
    case 'away':
      return atan2(at[0] - middle[0], at[1] - middle[1]) / DEGREE;
    case 'along':
      return yawOf(anchor.right);
    case 'any':
      return any();
  }
}
