import { type RunInputs, sampleScene } from '../sampling/sample-scene.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';
import type { FramePlan } from './frame-plan.ts';

/**
 * Plans of the frames that optical flow leads to: none before the first step of a sequence, none after
 * the last. Undefined where no flow is asked for.
 */
export function planNeighbours(
  inputs: RunInputs,
  { frame, sequence }: SceneSample,
  planAlone: (sample: SceneSample) => FramePlan,
): FramePlan['neighbours'] {
  const { outputs, sequence: spec } = inputs.config;
  const { forward, backward } = outputs.flow;
  if (sequence === undefined || (forward === 'none' && backward === 'none')) return undefined;
  const planOf = (neighbour: number): FramePlan => planAlone(sampleScene(inputs, neighbour));
  return {
    ...(forward !== 'none' && sequence.step + 1 < spec.frames && { next: planOf(frame + 1) }),
    ...(backward !== 'none' && sequence.step > 0 && { previous: planOf(frame - 1) }),
  };
}
