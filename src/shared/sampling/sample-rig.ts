import type { RigSpec } from '../config/rig-schema.ts';
import { SamplingError } from '../core/errors.ts';
import { rectifiedBaseline } from './rig-pairs.ts';
import type { RigSample, ViewSample } from './rig-sample.ts';
import type { Sampler } from './sampler.ts';

/**
 * Draws the poses of all views of a rig, which its frames share.
 * @throws SamplingError where the views of a pair are not rectified.
 */
export function sampleRig(sampler: Sampler, { views, pairs }: RigSpec, view: number): RigSample {
  const drawn = Object.entries(views).map(([name, spec]): ViewSample => {
    const path = `camera.rig.views.${name}`;
    const angle = (which: 'yawDegrees' | 'pitchDegrees' | 'rollDegrees'): number =>
      sampler.number(spec[which], `${path}.${which}`);
    return {
      name,
      positionMeters: sampler.vec3(spec.positionMeters, `${path}.positionMeters`),
      yawDegrees: angle('yawDegrees'),
      pitchDegrees: angle('pitchDegrees'),
      rollDegrees: angle('rollDegrees'),
    };
  });
  for (const [index, pair] of pairs.entries()) {
    const [left, right] = pair.map((name) => drawn.find((one) => one.name === name));
    if (left && right && rectifiedBaseline(left, right) !== null) continue;
    throw new SamplingError(
      `camera.rig.pairs[${index}]: expected ${pair[1]} beside ${pair[0]}, farther to its right and otherwise alike, drew ${describe(right)} beside ${describe(left)}. State them by numbers, or draw what both share alone.`,
    );
  }
  return { view, views: drawn };
}

const describe = (view: ViewSample | undefined): string =>
  view === undefined
    ? 'no such view'
    : `[${view.positionMeters.join(', ')}], turned by ${view.yawDegrees}°, ${view.pitchDegrees}°, ${view.rollDegrees}°`;
