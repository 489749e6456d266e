import type { Config } from '../config/config-schema.ts';
import { usesPhotometry } from '../config/uses-photometry.ts';
import type { SceneDescription } from '../config/scene-description.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';
import type { SceneSample } from './scene-sample.ts';

/** Draws what is white; nothing where nothing is in physical units. */
export function samplePhotometry(
  sampler: Sampler,
  config: Config,
  scene: SceneDescription,
): Pick<SceneSample, 'photometry'> {
  if (!usesPhotometry(config, scene)) return {};
  const { photometry } = config;
  if (photometry.kind === 'ev100') {
    const path = 'photometry.ev100';
    const ev100 = requireRange(sampler.number(photometry.ev100, path), path, [-20, 24]);
    return { photometry: { kind: 'ev100', ev100 } };
  }
  const path = 'photometry.compensationStops';
  const drawn = sampler.number(photometry.compensationStops, path);
  return {
    photometry: { kind: 'metered', compensationStops: requireRange(drawn, path, [-20, 20]) },
  };
}
