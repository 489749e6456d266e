import type { RailSpec } from '../config/rail-schema.ts';
import { SamplingError } from '../core/errors.ts';
import type { Vec3 } from '../core/geometry.ts';
import { Spline } from '../core/spline.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';

type View = Readonly<{ position: Vec3; target: Vec3 }>;

/** A view from a rail, `now` seconds after its sequence began; its target is that of the pose, or 1 m along the rail. */
export function rideRail(
  sampler: Sampler,
  spec: RailSpec,
  { view, now, path }: Readonly<{ view: View; now: number; path: string }>,
): View {
  const waypoints = spec.waypoints.map((point, i) =>
    sampler.vec3(point, `${path}.waypoints[${i}]`),
  );
  const rail = layRail(waypoints, spec.closed, path);
  const startPath = `${path}.startMeters`;
  const most = spec.closed ? Infinity : rail.length;
  const start = requireRange(sampler.number(spec.startMeters, startPath), startPath, [0, most]);
  const speed = sampler.number(spec.speedMetersPerSecond, `${path}.speedMetersPerSecond`);
  const { point, along } = rail.at(placeOn(rail.length, start + speed * now, spec));
  if (spec.look === 'target') return { position: point, target: view.target };
  return {
    position: point,
    target: [point[0] + along[0], point[1] + along[1], point[2] + along[2]],
  };
}

function layRail(waypoints: readonly Vec3[], closed: boolean, path: string): Spline {
  try {
    return new Spline(waypoints, closed);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SamplingError(`${path}.waypoints: ${why}.`, { cause });
  }
}

/** Where on a rail one is after so many metres, however often it has been ridden. */
export function placeOn(
  length: number,
  meters: number,
  { closed, atEnd }: Pick<RailSpec, 'closed' | 'atEnd'>,
): number {
  if (!closed && atEnd === 'stop') return Math.min(length, Math.max(0, meters));
  const lap = closed ? length : 2 * length;
  const within = meters - lap * Math.floor(meters / lap);
  return closed || within <= length ? within : lap - within;
}
