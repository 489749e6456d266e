import { SamplingError } from '../core/errors.ts';
import type { Mat4 } from '../core/geometry.ts';
import { keyFor } from '../core/stream.ts';
import type { LidarSample } from '../sampling/lidar-sample.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';
import { lidarPose } from './lidar-pose.ts';
import type { PlanMedium } from './weather-plan.ts';

/** What a lidar of a frame does. */
export type PlanLidar = Readonly<{
  lidar: LidarSample;
  /** Rigid; the lidar's frame is x forward, y left, z up. */
  worldFromLidar: Mat4;
  /** What weather takes from its light, per metre, and the world height up to which it does; null: everywhere. */
  weather: Readonly<{ extinctionPerMeter: number; topMeters: number | null }>;
  /** Key of the noise hash: 32 bits from (seed, frame, lidar). */
  noiseKey: number;
  /** Key of the reflectances of instances: 32 bits, the same in every frame that shares its draws, for every lidar. */
  surfaceKey: number;
}>;

/**
 * Plans of the lidars that were drawn. A rig's lidars belong to the first view of a moment: other views have none.
 * @throws SamplingError where one cannot stand as it is to.
 */
export function planLidars(
  sample: SceneSample,
  firstFrame: number,
  medium: PlanMedium | undefined,
): readonly PlanLidar[] {
  const { seed, frame, lidars = [], rig } = sample;
  if (rig !== undefined && rig.view > 0) return [];
  return lidars.map((lidar) => ({
    lidar,
    worldFromLidar: poseOf(sample, lidar),
    // Red is the nearest to the light of lidars.
    weather: {
      extinctionPerMeter: medium?.extinctionPerMeter[0] ?? 0,
      topMeters: medium?.topMeters ?? null,
    },
    noiseKey: keyFor({ seed, frame, path: `camera.lidars.${lidar.name}.noise` }),
    surfaceKey: keyFor({ seed, frame: firstFrame, path: 'camera.lidars.reflectance' }),
  }));
}

function poseOf(sample: SceneSample, lidar: LidarSample): Mat4 {
  try {
    return lidarPose(sample, lidar);
  } catch (cause) {
    const path = `camera.lidars.${lidar.name}.relativeTo`;
    throw new SamplingError(`${path}: ${(cause as Error).message}`, { cause });
  }
}
