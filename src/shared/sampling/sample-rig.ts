import type { Config } from '../config/config-schema.ts';
import type { RigSpec } from '../config/rig-schema.ts';
import { SamplingError } from '../core/errors.ts';
import type { Intrinsics } from '../core/geometry.ts';
import { rectifiedBaseline } from './rig-pairs.ts';
import type { RigSample, ViewSample } from './rig-sample.ts';
import { sampleIntrinsics } from './sample-intrinsics.ts';
import type { Sampler } from './sampler.ts';
import type { SceneSample } from './scene-sample.ts';

/** The camera with the lens of a frame's view, and the rig that it is a view of; the camera alone without one. */
export function seenByView(
  sampler: Sampler,
  config: Config,
  { camera, view }: Pick<SceneSample, 'camera'> & Readonly<{ view: number }>,
): Pick<SceneSample, 'camera' | 'rig'> {
  const { rig: spec } = config.camera;
  if (spec === undefined) return { camera };
  const rig = sampleRig(sampler, spec, { view, intrinsics: camera.intrinsics, config });
  const { intrinsics = camera.intrinsics } = rig.views[view] ?? {};
  return { camera: { ...camera, intrinsics }, rig };
}

type Seen = Readonly<{
  /** Which of the views the frame is. */
  view: number;
  /** Of the camera, which views without a lens of their own have. */
  intrinsics: Intrinsics;
  config: Config;
}>;

/**
 * Draws the poses and lenses of all views of a rig, which its frames share.
 * @throws SamplingError where the views of a pair are not rectified, or see through lenses that differ.
 */
function sampleRig(
  sampler: Sampler,
  { views, pairs }: RigSpec,
  { view, intrinsics, config }: Seen,
): RigSample {
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
      ...(spec.lens && {
        intrinsics: sampleIntrinsics(
          sampler,
          { lens: spec.lens, path: `${path}.lens`, views: [name] },
          config,
        ),
      }),
    };
  });
  for (const [index, pair] of pairs.entries()) {
    const [left, right] = pair.map((name) => drawn.find((one) => one.name === name));
    if (left && right && rectifiedBaseline(left, right) !== null) {
      requireSameLens({ left, right, intrinsics, path: `camera.rig.pairs[${index}]` });
      continue;
    }
    throw new SamplingError(
      `camera.rig.pairs[${index}]: expected ${pair[1]} beside ${pair[0]}, farther to its right and otherwise alike, drew ${describe(right)} beside ${describe(left)}. State them by numbers, or draw what both share alone.`,
    );
  }
  return { view, views: drawn };
}

function requireSameLens({
  left,
  right,
  intrinsics,
  path,
}: Pick<Seen, 'intrinsics'> &
  Readonly<{ left: ViewSample; right: ViewSample; path: string }>): void {
  const [one, other] = [left, right].map((view) => JSON.stringify(view.intrinsics ?? intrinsics));
  if (one === other) return;
  throw new SamplingError(
    `${path}: expected ${right.name} to have the lens of ${left.name}, drew ${other} beside ${one}. State one lens for both, by numbers or by variables, or leave both to camera.lens.`,
  );
}

const describe = (view: ViewSample | undefined): string =>
  view === undefined
    ? 'no such view'
    : `[${view.positionMeters.join(', ')}], turned by ${view.yawDegrees}°, ${view.pitchDegrees}°, ${view.rollDegrees}°`;
