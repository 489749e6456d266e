import { AnnotationError } from '../../core/errors.ts';
import { lidarDirections, rayCount } from '../../core/lidar-rays.ts';
import { invertAffine, multiply } from '../../core/matrix.ts';
import type { FramePlan } from '../../plan/frame-plan.ts';
import type { PlanLidar } from '../../plan/plan-lidars.ts';
import type { ReflectanceSample } from '../../sampling/lidar-sample.ts';
import { hashShare } from '../../sampling/mix-bits.ts';
import type { GBuffers, RayBuffers } from '../annotations.ts';
import { pixelChance } from '../depth-sensor/pixel-chance.ts';
import { echoOf } from './echo.ts';
import type { LidarInstance, LidarPoints, LidarSweep, LossReason } from './sweep.ts';

type Planned = Pick<FramePlan, 'frame' | 'lidars' | 'instances' | 'camera'>;

/**
 * What the lidars of a frame measure, in the order of the plan. Ids and true ranges are those of the surfaces; all
 * chance is a hash of (seed, frame, lidar, ray). Rules of `labels` that leave instances out are the camera's, and leave
 * their points here.
 * @throws AnnotationError where the page did not send what the rays meet.
 */
export function measureSweeps(plan: Planned, buffers: GBuffers): readonly LidarSweep[] {
  return (plan.lidars ?? []).map((one, i) => {
    const rays = rayCount(one.lidar);
    const found = buffers.lidars?.[i];
    if (found?.instanceId.length === rays) return measureSweep(plan, one, found);
    throw new AnnotationError(
      `frame ${plan.frame}: lidar ${one.lidar.name}: expected what its ${rays} rays meet, found ${found?.instanceId.length ?? 'nothing'}.`,
    );
  });
}

function measureSweep(plan: Planned, one: PlanLidar, met: RayBuffers): LidarSweep {
  const { lidar, worldFromLidar } = one;
  const { columns } = lidar.turn;
  const { points, lost } = measure(plan, one, met);
  const cameraFromWorld = invertAffine(plan.camera.worldFromCamera);
  return {
    points,
    record: {
      name: lidar.name,
      worldFromLidar,
      cameraFromLidar: multiply(cameraFromWorld, worldFromLidar).map((v) => v + 0),
      rings: lidar.elevationsDegrees.length,
      columns,
      points: points.count,
      lost,
      instances: instancesOf(plan, one, points),
    },
  };
}

/** Points of the rays that bring one, and how many do not, by reason. */
function measure(
  plan: Planned,
  one: PlanLidar,
  { instanceId, range, facing }: RayBuffers,
): Readonly<{ points: LidarPoints; lost: Record<LossReason, number> }> {
  const { lidar, worldFromLidar: m } = one;
  const { columns } = lidar.turn;
  const directions = lidarDirections(lidar);
  const chance = pixelChance(one.noiseKey);
  const lost = { nothing: 0, near: 0, undetected: 0, dim: 0, random: 0 };
  const categoryOf = new Uint16Array(65536);
  for (const instance of plan.instances) categoryOf[instance.instanceId] = instance.categoryId;
  const reflectanceOf = reflectances(plan, one);
  const to = room(range.length);
  let n = 0;
  for (let ray = 0; ray < range.length; ray++) {
    const meters = range[ray]!;
    if (meters === 0) {
      lost.nothing++;
      continue;
    }
    const at = ray * 3;
    const [x, y, z] = [directions[at]!, directions[at + 1]!, directions[at + 2]!];
    const heightMeters = m[7]! + meters * (m[4]! * x + m[5]! * y + m[6]! * z);
    const id = instanceId[ray]!;
    const reflectance = reflectanceOf[id]!;
    const surface = { rangeMeters: meters, facing: facing[ray]!, reflectance, heightMeters };
    const echo = echoOf(one, surface, { chance, ray });
    if (typeof echo === 'string') {
      lost[echo]++;
      continue;
    }
    const { rangeMeters, intensity } = echo;
    to.points[n * 3] = rangeMeters * x;
    to.points[n * 3 + 1] = rangeMeters * y;
    to.points[n * 3 + 2] = rangeMeters * z;
    to.intensities[n] = intensity;
    to.ranges[n] = rangeMeters;
    to.trueRanges[n] = meters;
    to.instanceIds[n] = id;
    to.categoryIds[n] = categoryOf[id]!;
    to.rings[n] = Math.floor(ray / columns);
    to.columns[n++] = ray % columns;
  }
  return { points: cut(to, n), lost };
}

/** Reflectances by instance id, that of what has no label at 0. */
function reflectances({ instances }: Planned, { lidar, surfaceKey }: PlanLidar): Float64Array {
  const { categories, ...others } = lidar.reflectance;
  const highest = instances.reduce((id, { instanceId }) => Math.max(id, instanceId), 0);
  const found = new Float64Array(highest + 1);
  const drawn = (id: number, { from, to }: ReflectanceSample): void => {
    found[id] = from + (to - from) * hashShare(surfaceKey, id);
  };
  drawn(0, others);
  for (const { instanceId, category } of instances) {
    const own = Object.hasOwn(categories, category) ? categories[category] : undefined;
    drawn(instanceId, own ?? others);
  }
  return found;
}

const room = (count: number): LidarPoints => ({
  count,
  points: new Float32Array(count * 3),
  intensities: new Float32Array(count),
  ranges: new Float32Array(count),
  trueRanges: new Float32Array(count),
  instanceIds: new Uint16Array(count),
  categoryIds: new Uint16Array(count),
  rings: new Uint16Array(count),
  columns: new Uint16Array(count),
});

/** The first points. */
const cut = (from: LidarPoints, count: number): LidarPoints => ({
  count,
  points: from.points.slice(0, count * 3),
  intensities: from.intensities.slice(0, count),
  ranges: from.ranges.slice(0, count),
  trueRanges: from.trueRanges.slice(0, count),
  instanceIds: from.instanceIds.slice(0, count),
  categoryIds: from.categoryIds.slice(0, count),
  rings: from.rings.slice(0, count),
  columns: from.columns.slice(0, count),
});

/** Objects with at least one point, where they stand for the lidar. */
function instancesOf(
  { instances }: Planned,
  { worldFromLidar }: PlanLidar,
  { instanceIds }: LidarPoints,
): readonly LidarInstance[] {
  const counts = new Uint32Array(65536);
  for (const id of instanceIds) counts[id]!++;
  const lidarFromWorld = invertAffine(worldFromLidar);
  return instances
    .filter(({ instanceId }) => counts[instanceId]! > 0)
    .sort((a, b) => a.instanceId - b.instanceId)
    .map(({ instanceId, trackId, categoryId, name, worldFromObject, scale, bounds }) => ({
      instanceId,
      ...(trackId !== undefined && { trackId }),
      categoryId,
      name,
      points: counts[instanceId]!,
      lidarFromObject: multiply(lidarFromWorld, worldFromObject).map((v) => v + 0),
      scale,
      bounds,
    }));
}
