import type { RayBuffers } from '#shared/annotate/annotations';
import { measureSweeps } from '#shared/annotate/lidar/measure-sweeps';
import type { LidarSweep } from '#shared/annotate/lidar/sweep';
import type { Vec3 } from '#shared/core/geometry';
import { lidarDirections, rayCount } from '#shared/core/lidar-rays';
import { IDENTITY } from '#shared/core/matrix';
import type { PlanLidar } from '#shared/plan/plan-lidars';
import type { LidarSample } from '#shared/sampling/lidar-sample';
import { makeInstance, makeLabelledFrame } from './make-labelled-frame.ts';

/** An ideal lidar: two rings a little below and above ahead, and nothing that it loses. */
export function makeLidarSample(changes: Partial<LidarSample> = {}): LidarSample {
  return {
    name: 'roof',
    relativeTo: 'camera',
    positionMeters: [0, 0, 0],
    yawDegrees: 0,
    pitchDegrees: 0,
    rollDegrees: 0,
    elevationsDegrees: [-10, 10],
    azimuthOffsetsDegrees: (changes.elevationsDegrees ?? [-10, 10]).map(() => 0),
    turn: { fromDegrees: 180, toDegrees: -180, columns: 360 },
    nearMeters: 0.5,
    farMeters: 100,
    rangeNoise: { sigmaMeters: 0, sigmaShare: 0, stepMeters: 0 },
    reflectance: { from: 0.5, to: 0.5, categories: {} },
    intensity: { sigma: 0, bits: 0 },
    attenuationPerMeter: 0,
    dropOff: { share: 0, shareOfDarkest: 0, belowIntensity: 0.8 },
    ...changes,
  };
}

/** A plan of it in the world's origin: x forward, y left, z up are the world's x, y and z. */
export function makePlanLidar(
  changes: Partial<LidarSample> = {},
  plan: Partial<PlanLidar> = {},
): PlanLidar {
  return {
    lidar: makeLidarSample(changes),
    worldFromLidar: IDENTITY,
    weather: { extinctionPerMeter: 0, topMeters: null },
    noiseKey: 4711,
    surfaceKey: 12,
    ...plan,
  };
}

/** What a ray meets: range and cosine, by its direction in the lidar's frame; null: nothing. */
export type Meeting = (direction: Vec3) => Readonly<{ range: number; facing: number }> | null;

/** What the rays of a lidar meet, all of it of instance 1. */
export function makeRays(lidar: LidarSample, meet: Meeting): RayBuffers {
  const directions = lidarDirections(lidar);
  const count = rayCount(lidar);
  const rays = {
    instanceId: new Uint16Array(count),
    range: new Float32Array(count),
    facing: new Float32Array(count),
  };
  for (let ray = 0; ray < count; ray++) {
    const [x = NaN, y = NaN, z = NaN] = directions.subarray(ray * 3, ray * 3 + 3);
    const found = meet([x, y, z]);
    if (found === null) continue;
    rays.instanceId[ray] = 1;
    rays.range[ray] = found.range;
    rays.facing[ray] = found.facing;
  }
  return rays;
}

/** What a lidar measures of what its rays meet. */
export function measure(one: PlanLidar, meet: Meeting): LidarSweep {
  const { plan, buffers } = makeLabelledFrame('1', 1, {
    lidars: [one],
    size: { width: 1, height: 1 },
    instances: [makeInstance(1, { bounds: null })],
  });
  const lidars = [makeRays(one.lidar, meet)];
  const [sweep] = measureSweeps(plan, { ...buffers, lidars });
  if (sweep === undefined) throw new Error('expected a sweep');
  return sweep;
}
