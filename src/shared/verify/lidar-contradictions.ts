import type { Annotations } from '../annotate/annotations.ts';
import type { LidarRecord } from '../annotate/lidar/sweep.ts';
import { invertAffine, multiply } from '../core/matrix.ts';
import type { FramePlan } from '../plan/frame-plan.ts';
import { lidarPose } from '../plan/lidar-pose.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';
import { areNear, difference } from './near-matrices.ts';

type Recorded = Readonly<{
  camera: FramePlan['camera'];
  annotations: Annotations;
  sample: SceneSample;
  lidars?: readonly LidarRecord[] | undefined;
}>;

/**
 * What a record says of its lidars that its sample, its camera or its annotations say otherwise: their poses, and
 * category and pose of what both camera and lidar see.
 */
export function lidarContradictions(recorded: Recorded): readonly string[] {
  const { lidars = [], sample } = recorded;
  return lidars.flatMap((lidar, i) => {
    const drawn = sample.lidars?.[i];
    if (drawn?.name !== lidar.name)
      return [`lidar ${lidar.name}: expected ${drawn?.name ?? 'none'} as in the sample`];
    const expected = lidarPose(sample, drawn);
    const poses = [
      ...poseFault('worldFromLidar', expected, lidar.worldFromLidar),
      ...poseFault(
        'cameraFromLidar',
        multiply(invertAffine(recorded.camera.worldFromCamera), expected),
        lidar.cameraFromLidar,
      ),
    ];
    return [...poses, ...instanceFaults(recorded, lidar)].map(
      (text) => `lidar ${lidar.name}: ${text}`,
    );
  });
}

const poseFault = (name: string, ...poses: Parameters<typeof difference>): readonly string[] =>
  areNear(...poses) ? [] : [`${name}: ${difference(...poses)}`];

/** Objects that both see are one object; others are known as dropped. */
function instanceFaults({ annotations }: Recorded, lidar: LidarRecord): readonly string[] {
  const lidarFromCamera = invertAffine(lidar.cameraFromLidar);
  const seen = new Map(annotations.instances.map((one) => [one.instanceId, one]));
  const dropped = new Map(annotations.dropped.map((one) => [one.instanceId, one]));
  return lidar.instances.flatMap(({ instanceId, categoryId, lidarFromObject }) => {
    const annotated = seen.get(instanceId);
    const known = annotated ?? dropped.get(instanceId);
    const who = `instance ${instanceId}`;
    if (known === undefined) return [`${who}: expected an instance of the frame`];
    const category =
      known.categoryId === categoryId
        ? []
        : [`${who}: expected category ${known.categoryId}, found ${categoryId}`];
    if (annotated === undefined) return category;
    const expected = multiply(lidarFromCamera, annotated.cameraFromObject);
    const pose = poseFault('lidarFromObject', expected, lidarFromObject);
    return [...category, ...pose.map((text) => `${who}: ${text}`)];
  });
}
