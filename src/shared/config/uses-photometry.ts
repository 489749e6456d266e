import type { Config } from './config-schema.ts';
import type { SceneDescription } from './scene-description.ts';

/** Whether anything of a config is in physical units, so that it matters what luminance is white. */
export function usesPhotometry(
  { environment, lights }: Pick<Config, 'environment' | 'lights'>,
  scene: Pick<SceneDescription, 'lights'>,
): boolean {
  if (environment.sky !== undefined) return true;
  return Object.values({ ...scene.lights, ...lights }).some(({ unit }) => unit !== 'relative');
}
