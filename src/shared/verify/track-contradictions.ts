import type { Annotations, InstanceAnnotation } from '../annotate/annotations.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';

/** A frame of a sequence; a record has all of it. */
export type TrackedFrame = Readonly<{
  frame: number;
  annotations: Annotations;
  sample: SceneSample;
}>;

/** What an object keeps over its sequence. */
const KEPT = [
  'name',
  'categoryId',
  'assetId',
  'bounds',
] as const satisfies readonly (keyof InstanceAnnotation)[];

/** Scales come out of products of matrices, which round. */
const SCALE_TOLERANCE = 1e-9;

/**
 * What two frames of one sequence say differently of what does not change in it: the objects behind ids, the
 * views of a rig, and the lens of each. Instances that one of them does not label are not judged.
 */
export function trackContradictions(before: TrackedFrame, now: TrackedFrame): readonly string[] {
  const earlier = new Map(before.annotations.instances.map((one) => [one.instanceId, one]));
  const { camera, rig } = before.sample;
  const as = `as in frame ${before.frame} of its sequence`;
  const differing = (where: string, expected: unknown, found: unknown): readonly string[] => {
    const [was, is] = [JSON.stringify(expected), JSON.stringify(found)];
    return was === is ? [] : [`${where}: expected ${was} ${as}, found ${is}`];
  };
  return [
    ...differing('sample.rig.views', rig?.views, now.sample.rig?.views),
    ...(rig?.view === now.sample.rig?.view
      ? differing('sample.camera.intrinsics', camera.intrinsics, now.sample.camera.intrinsics)
      : []),
    ...now.annotations.instances.flatMap((instance) => {
      const other = earlier.get(instance.instanceId);
      if (other === undefined) return [];
      const who = `instance ${instance.instanceId}`;
      const isAsLarge = instance.scale.every(
        (value, axis) => Math.abs(value - (other.scale[axis] ?? NaN)) <= SCALE_TOLERANCE,
      );
      return [
        ...KEPT.flatMap((key) => differing(`${who}: ${key}`, other[key], instance[key])),
        ...(isAsLarge ? [] : differing(`${who}: scale`, other.scale, instance.scale)),
      ];
    }),
  ];
}
