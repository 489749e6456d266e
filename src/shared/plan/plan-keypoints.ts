import { type KeypointSubject, resolveKeypoints } from '../config/resolve-keypoints.ts';
import { SamplingError } from '../core/errors.ts';
import type { RunInputs } from '../sampling/sample-scene.ts';
import type { PlanInstance } from './frame-plan.ts';

/** The keypoints of an instance, where its category has a list. `subject` is asked for only then. */
export function planKeypoints(
  { config }: RunInputs,
  category: string,
  subject: () => KeypointSubject,
): PlanInstance['keypoints'] {
  const list = Object.hasOwn(config.keypoints, category) ? config.keypoints[category] : undefined;
  if (list === undefined) return undefined;
  const { keypoints, faults } = resolveKeypoints(list, subject());
  const [fault] = faults;
  if (fault) throw new SamplingError(`keypoints.${category}: ${fault.message}`);
  return { selfOcclusionMeters: list.selfOcclusionMeters, points: keypoints };
}
