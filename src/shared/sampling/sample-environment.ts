import type { Config } from '../config/config-schema.ts';
import type { AssetCatalogue } from '../core/asset-catalogue.ts';
import { requireRange } from './require-range.ts';
import { pickAsset } from './pick-asset.ts';
import { sampleBackground } from './sample-background.ts';
import { sampleSky } from './sample-sky.ts';
import type { Sampler } from './sampler.ts';
import type { EnvironmentSample } from './scene-sample.ts';

/** Draws the light and background from far away. */
export function sampleEnvironment(
  sampler: Sampler,
  { environment }: Config,
  catalogue: AssetCatalogue,
): EnvironmentSample {
  const { background } = environment;
  const path = 'environment';
  const ids = catalogue.environments.map(({ id }) => id);
  return {
    mapId:
      environment.map === undefined
        ? null
        : pickAsset(sampler, { value: environment.map, ids, what: 'environment' }, `${path}.map`),
    ...(environment.sky && { sky: sampleSky(sampler, environment.sky, `${path}.sky`) }),
    rotationDegrees: sampler.number(environment.rotationDegrees, `${path}.rotationDegrees`),
    strength: requireRange(
      sampler.number(environment.strength, `${path}.strength`),
      `${path}.strength`,
      [0, 1e6],
    ),
    background: sampleBackground(sampler, background, catalogue),
  };
}
