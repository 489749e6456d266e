import type { Config } from '../config/config-schema.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';
import { framesBeside } from '../sampling/sequence.ts';
import type { FramePlan } from './frame-plan.ts';

/**
 * Plans of the frames that optical flow leads to: none before the first step of a sequence, none after
 * the last, nor after the dataset's last frame. Undefined where no flow is asked for.
 */
export function planNeighbours(
  config: Config,
  { frame, sequence }: SceneSample,
  planOf: (frame: number) => FramePlan,
): FramePlan['neighbours'] {
  const { forward, backward } = config.outputs.flow;
  if (sequence === undefined || (forward === 'none' && backward === 'none')) return undefined;
  const { next, previous } = framesBeside(config, frame);
  return {
    ...(forward !== 'none' && next !== null && { next: planOf(next) }),
    ...(backward !== 'none' && previous !== null && { previous: planOf(previous) }),
  };
}
