import { resolve } from 'node:path';
import { parseScene } from '#shared/config/parse-scene';
import type { SceneFile } from '#shared/config/scene-schema';
import { displayPath, readTextFile } from './read-text-file.ts';

/**
 * Reads a scene file (YAML or JSON), checks it and fills in the defaults.
 *
 * @throws ConfigError with every problem at once, each at its line and column.
 */
export async function loadSceneFile(path: string): Promise<SceneFile> {
  const absolute = resolve(path);
  return parseScene(await readTextFile(absolute, 'scene'), displayPath(absolute));
}
