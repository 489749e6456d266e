import type { Config } from '../config/config-schema.ts';
import { disparityFiles, hasFiles } from '../config/outputs-schema.ts';
import { SamplingError } from '../core/errors.ts';
import { pairOf, rectifiedBaseline } from '../sampling/rig-pairs.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';

/** What the view of a frame is in its rectified pair. */
export type PlanPair = Readonly<{
  side: 'left' | 'right';
  /** Frame of the other view. */
  other: number;
  baselineMeters: number;
}>;

/** The pair of a frame's view, and the sample of the other view; undefined where it has none, or none is asked for. */
export function planPair(
  config: Config,
  sample: SceneSample,
): Readonly<{ pair: PlanPair; other: SceneSample }> | undefined {
  const { frame, rig } = sample;
  const place = rig ? pairOf(config.camera.rig, rig.view) : null;
  if (!rig || place === null || !hasFiles(disparityFiles(config))) return undefined;
  const [own, others] = [rig.views[rig.view], rig.views[place.other]];
  const views = place.side === 'left' ? ([own, others] as const) : ([others, own] as const);
  const [left, right] = views;
  const baselineMeters = left && right ? rectifiedBaseline(left, right) : null;
  if (baselineMeters === null) {
    throw new SamplingError('camera.rig.pairs: expected views that are rectified, found others');
  }
  const other = frame - rig.view + place.other;
  return {
    pair: { side: place.side, other, baselineMeters },
    other: { ...sample, frame: other, rig: { ...rig, view: place.other } },
  };
}
