import { type RunInputs, sampleScene } from '../sampling/sample-scene.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';
import { framesBeside } from '../sampling/sequence.ts';
import type { FramePlan } from './frame-plan.ts';

/**
 * Plans of the frames that optical flow leads to: none before the first step of a sequence, none after
 * the last, nor after the dataset's last frame. Undefined where no flow is asked for.
 */
export function planNeighbours(
  inputs: RunInputs,
  { frame, sequence }: SceneSample,
  planAlone: (sample: SceneSample) => FramePlan,
): FramePlan['neighbours'] {
  const { forward, backward } = inputs.config.outputs.flow;
  if (sequence === undefined || (forward === 'none' && backward === 'none')) return undefined;
  const { next, previous } = framesBeside(inputs.config, frame);
  const planOf = (neighbour: number): FramePlan => planAlone(sampleScene(inputs, neighbour));
  return {
    ...(forward !== 'none' && next !== null && { next: planOf(next) }),
    ...(backward !== 'none' && previous !== null && { previous: planOf(previous) }),
  };
}
