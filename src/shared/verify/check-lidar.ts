import { type FrameContext, frameMessage } from '../annotate/frame-message.ts';
import type { LidarPoints, LidarRecord, LidarSweep } from '../annotate/lidar/sweep.ts';
import { AnnotationError } from '../core/errors.ts';
import { type LidarAngles, lidarDirections } from '../core/lidar-rays.ts';
import type { FramePlan } from '../plan/frame-plan.ts';
import type { LidarSample } from '../sampling/lidar-sample.ts';
import { findOutside, limitsTable } from './object-limits.ts';

/** How far a surface may lie outside of its object's bounds: metres, and share of its range. */
const TOLERANCE_METERS = 1e-3;
const TOLERANCE_SHARE = 1e-3;
/** What float32 does to a number, as a share of it, and what products of it add up to. */
const ROUNDING_SHARE = 4e-7;

/**
 * Refuses points of lidars that contradict their record (labels.md §9).
 * @throws AnnotationError
 */
export function verifySweeps(
  sweeps: readonly LidarSweep[],
  { lidars = [] }: Pick<FramePlan, 'lidars'>,
  context: FrameContext,
): void {
  for (const [i, { record, points }] of sweeps.entries()) {
    const { lidar } = lidars[i] ?? {};
    const fault = lidar ? sweepFault(record, points, lidar) : 'expected a lidar in the plan';
    if (fault === null) continue;
    throw new AnnotationError(frameMessage(context, `lidar ${record.name}: ${fault}.`));
  }
}

/**
 * What is wrong with the points of a lidar: each is on the ray of its ring and column, at a range that the lidar can
 * measure; its surface, at the true range, lies within the bounds of its object; ids, categories and counts are
 * those of the record.
 */
export function sweepFault(
  record: LidarRecord,
  points: LidarPoints,
  lidar: LidarSample,
): string | null {
  return (
    countFault(record, points) ?? rayFault(points, lidar) ?? surfaceFault(record, points, lidar)
  );
}

function countFault(
  { rings, columns, lost, ...record }: LidarRecord,
  points: LidarPoints,
): string | null {
  if (record.points !== points.count)
    return `expected ${record.points} points, found ${points.count}`;
  const rays = Object.values(lost).reduce((sum, count) => sum + count, points.count);
  if (rays !== rings * columns)
    return `expected a point or a reason for each of ${rings} × ${columns} rays, found ${rays}`;
  const counts = new Map<number, number>();
  const categories = new Map<number, number>([[0, 0]]);
  for (const { instanceId, categoryId } of record.instances) categories.set(instanceId, categoryId);
  for (const [i, id] of points.instanceIds.entries()) {
    counts.set(id, (counts.get(id) ?? 0) + 1);
    const [found, expected] = [points.categoryIds[i], categories.get(id)];
    if (found !== expected)
      return `point ${i}: expected category ${expected ?? 'of an instance of the record'}, found ${found} of instance ${id}`;
  }
  for (const { instanceId, points: expected } of record.instances) {
    const found = counts.get(instanceId) ?? 0;
    if (found !== expected)
      return `instance ${instanceId}: expected ${expected} points, found ${found}`;
  }
  return null;
}

/** Each point is where its ring, column and range say. */
function rayFault(points: LidarPoints, lidar: LidarSample): string | null {
  const { nearMeters, farMeters } = lidar;
  const directions = lidarDirections(lidar);
  let last = -1;
  for (let i = 0; i < points.count; i++) {
    const ray = rayOf(points, i, lidar);
    if (ray === null || ray <= last)
      return `point ${i}: expected rings and columns in order, each once, found ring ${points.rings[i]}, column ${points.columns[i]}`;
    last = ray;
    const range = points.ranges[i] ?? NaN;
    const rounding = ROUNDING_SHARE * farMeters;
    if (!(range >= nearMeters - rounding && range <= farMeters + rounding))
      return `point ${i}: expected a range of ${nearMeters}..${farMeters} m, found ${range}`;
    const intensity = points.intensities[i] ?? NaN;
    if (!(intensity >= 0 && intensity <= 1))
      return `point ${i}: expected an intensity of 0..1, found ${intensity}`;
    for (let axis = 0; axis < 3; axis++) {
      const expected = range * (directions[ray * 3 + axis] ?? NaN);
      const found = points.points[i * 3 + axis] ?? NaN;
      if (!(Math.abs(found - expected) <= ROUNDING_SHARE * range))
        return `point ${i}: expected ${'xyz'[axis]} ${expected} on its ray, found ${found}`;
    }
  }
  return null;
}

/** Each surface is within the bounds of its object. */
function surfaceFault(
  { instances }: LidarRecord,
  points: LidarPoints,
  lidar: LidarSample,
): string | null {
  const directions = lidarDirections(lidar);
  const table = limitsTable(
    instances.map((one) => ({ ...one, sensorFromObject: one.lidarFromObject })),
  );
  const point = new Float64Array(4);
  for (let i = 0; i < points.count; i++) {
    const id = points.instanceIds[i] ?? 0;
    const ray = rayOf(points, i, lidar) ?? NaN;
    const range = points.trueRanges[i] ?? NaN;
    if (!(range > 0)) return `point ${i}: expected a true range above 0, found ${range}`;
    const limits = table[id];
    if (id === 0 || limits === undefined) continue;
    for (let axis = 0; axis < 3; axis++) point[axis] = range * (directions[ray * 3 + axis] ?? NaN);
    point[3] = TOLERANCE_METERS + TOLERANCE_SHARE * range;
    const outside = findOutside(limits, point);
    if (outside === null) continue;
    const name = instances.find(({ instanceId }) => instanceId === id)?.name;
    return `point ${i} at ${range} m: expected it within the bounds of instance ${id} (${name}), found ${'xyz'[outside.axis]} ${outside.value} m in its frame`;
  }
  return null;
}

/** The number of a point's ray; null where the lidar has none such. */
function rayOf(
  { rings, columns }: LidarPoints,
  i: number,
  { elevationsDegrees, turn }: LidarAngles,
): number | null {
  const [ring = NaN, column = NaN] = [rings[i], columns[i]];
  const known = ring < elevationsDegrees.length && column < turn.columns;
  return known ? ring * turn.columns + column : null;
}
