import type { Annotations, InstanceAnnotation } from '../annotate/annotations.ts';
import type { LidarRecord } from '../annotate/lidar/sweep.ts';
import type { Config } from '../config/config-schema.ts';
import { compose, invertAffine, multiply } from '../core/matrix.ts';
import type { FramePlan } from '../plan/frame-plan.ts';
import { cameraPose } from '../plan/camera-pose.ts';
import type { ObjectSample, SceneSample } from '../sampling/scene-sample.ts';
import { lidarContradictions } from './lidar-contradictions.ts';
import { areNear, difference } from './near-matrices.ts';

/** A record's labels beside what was drawn for it. */
export type SampledLabels = Readonly<{
  camera: FramePlan['camera'];
  annotations: Annotations;
  lidars?: readonly LidarRecord[] | undefined;
  sample: SceneSample;
  categories: Config['categories'];
}>;

/**
 * What labels and sample say differently: the camera, the lidars, and category, model and pose of each placed object.
 * Nodes of the scene are not judged, as the sample holds their changes alone.
 */
export function sampleContradictions(labels: SampledLabels): readonly string[] {
  const { annotations, sample, categories } = labels;
  const names = categories.map((category) =>
    typeof category === 'string' ? category : category.name,
  );
  const objects = new Map(sample.objects.map((one) => [`${one.group}[${one.slot}]`, one]));
  return [
    ...cameraContradictions(labels),
    ...lidarContradictions(labels),
    ...annotations.instances.flatMap((instance) => {
      const object = objects.get(instance.name);
      if (object === undefined) return [];
      const who = `instance ${instance.instanceId} (${instance.name})`;
      return objectContradictions(labels, { instance, object, names }).map(
        (text) => `${who}: ${text}`,
      );
    }),
  ];
}

function cameraContradictions({ camera, sample }: SampledLabels): readonly string[] {
  const { intrinsics, nearMeters, farMeters } = sample.camera;
  const drawn = { ...intrinsics, nearMeters, farMeters };
  const found = {
    ...camera.intrinsics,
    nearMeters: camera.nearMeters,
    farMeters: camera.farMeters,
  };
  const numbers = (['fx', 'fy', 'cx', 'cy', 'nearMeters', 'farMeters'] as const).flatMap((name) =>
    drawn[name] === found[name]
      ? []
      : [`camera: ${name}: expected ${drawn[name]} as in the sample, found ${found[name]}`],
  );
  const [bends, bent] = [drawn.distortion, found.distortion].map((one) =>
    JSON.stringify(one ?? null),
  );
  const lens =
    bends === bent ? [] : [`camera: distortion: expected ${bends} as in the sample, found ${bent}`];
  const expected = cameraPose(sample);
  return areNear(expected, camera.worldFromCamera)
    ? [...numbers, ...lens]
    : [
        ...numbers,
        ...lens,
        `camera: worldFromCamera: ${difference(expected, camera.worldFromCamera)}`,
      ];
}

function objectContradictions(
  { camera }: SampledLabels,
  {
    instance,
    object,
    names,
  }: Readonly<{ instance: InstanceAnnotation; object: ObjectSample; names: readonly string[] }>,
): readonly string[] {
  const texts: string[] = [];
  const category = names[instance.categoryId - 1];
  if (category !== object.category) {
    const id = names.indexOf(object.category ?? '') + 1;
    texts.push(
      `category: expected ${id} (${object.category}) as in the sample, found ${instance.categoryId} (${category})`,
    );
  }
  if (instance.assetId !== object.assetId) {
    texts.push(
      `assetId: expected "${object.assetId}" as in the sample, found ${JSON.stringify(instance.assetId)}`,
    );
  }
  const { scale } = object;
  const worldFromObject = compose(object.position, object.orientation, [1, 1, 1]);
  const expected = multiply(invertAffine(camera.worldFromCamera), worldFromObject);
  if (!areNear(expected, instance.cameraFromObject)) {
    texts.push(`cameraFromObject: ${difference(expected, instance.cameraFromObject)}`);
  }
  if (!areNear([scale, scale, scale], instance.scale)) {
    texts.push(`scale: expected ${scale} as in the sample, found [${instance.scale.join(', ')}]`);
  }
  return texts;
}
