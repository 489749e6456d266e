import { keyFor } from '../core/stream.ts';
import type { DepthSensorSample } from '../sampling/depth-sensor-sample.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';

/** What the depth sensor of a frame does. */
export type PlanDepthSensor = Readonly<{
  sensor: DepthSensorSample;
  /** Key of the noise hash: 32 bits from (seed, frame). */
  noiseKey: number;
  /** Key of the reflectances of instances: 32 bits, the same in every frame that shares its draws. */
  surfaceKey: number;
}>;

/** The plan of the depth sensor that was drawn; undefined where there is none. */
export function planDepthSensor(
  { seed, frame, depthSensor }: SceneSample,
  firstFrame: number,
): PlanDepthSensor | undefined {
  return (
    depthSensor && {
      sensor: depthSensor,
      noiseKey: keyFor({ seed, frame, path: 'camera.depthSensor.noise' }),
      surfaceKey: keyFor({ seed, frame: firstFrame, path: 'camera.depthSensor.reflectance' }),
    }
  );
}
