import { containsPolygon } from './ground-plan.ts';
import { isClear, obstaclesOf } from './keep-clear.ts';
import type { ArrangementSpec, Slot } from './arrangement-slots.ts';
import { refuseSinking, type Spot, type Stand, standNow, sweepStand } from './place-on-surface.ts';
import type { Placed, PlacementContext, SizedModel } from './placement.ts';
import { findSurface, frameOf } from './surfaces.ts';

/**
 * Stands a model in its place of an arrangement, its origin above the place; jitter and yaw are drawn anew
 * until it lies on the surface and keeps clear of everything else. Null where it never does.
 */
export function placeInSlot(
  context: PlacementContext,
  spec: ArrangementSpec,
  { sized, slot }: Readonly<{ sized: SizedModel; slot: Slot }>,
): Placed | null {
  const { sampler, course, attempts } = context;
  const { path } = sized;
  refuseSinking(course, path);
  const surface = findSurface(context.ground, spec.surface, path);
  const frame = frameOf(surface);
  const obstacles = obstaclesOf(context, spec.surface);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const shift = (axis: 0 | 2): number =>
      sampler.number(spec.jitterMeters, `${path}.jitterMeters[${axis}]`, attempt);
    const spot: Spot = {
      at: frame.toWorld([slot.at[0] + shift(0), slot.at[1] + shift(2)]),
      yawDegrees:
        frame.yawDegrees +
        slot.yawDegrees +
        sampler.number(spec.yawDegrees, `${path}.yawDegrees`, attempt),
    };
    const stand: Stand = { sized, spot, bottom: surface.height, pivot: spot.at };
    const room = sweepStand(stand, course);
    if (
      containsPolygon(surface.polygon, room.polygon, spec.marginMeters) &&
      isClear(context, room, { obstacles, spacing: spec.spacingMeters })
    )
      return standNow(stand, course);
    sampler.reject(path);
  }
  return null;
}
