import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { AssetCatalogue } from '#shared/core/asset-catalogue';
import { AssetError, UsageError } from '#shared/core/errors';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import { packageRoot } from '../assets/asset-roots.ts';
import { displayPath } from '../config/read-text-file.ts';
import { loadScene } from '../scene/load-scene.ts';
import type { LoadedScene } from '../scene/loaded-scene.ts';

/** What says where the scene of a dataset lies; without either it is looked for where configs lie. */
export type SceneRequest = Readonly<{
  /** The scene itself. */
  scenePath?: string | undefined;
  /** The config from whose folder the scene is named; the file itself is not read, and need not be there. */
  configPath?: string | undefined;
}>;

/** Where the scene of a dataset may lie, the likeliest first. */
export function sceneCandidates(
  { scene, sources }: Pick<DatasetManifest, 'scene' | 'sources'>,
  { scenePath, configPath }: SceneRequest,
): readonly string[] {
  if (scenePath !== undefined) return [resolve(scenePath)];
  const source = sources['scene']?.replace(/:\d+$/, '') ?? '';
  // A scene that a flag named is relative to the working folder.
  if (source === '--set') return [resolve(scene.path)];
  const from = (configs: string): string => resolve(configs, dirname(source), scene.path);
  if (configPath !== undefined) return [from(dirname(configPath))];
  return [from('.'), from('configs'), from(resolve(packageRoot(), 'configs'))];
}

/**
 * Loads the scene that a dataset was rendered from. Which file it is, its hash decides.
 *
 * @throws UsageError where there is none, AssetError where what is there is another one.
 */
export async function findScene(
  manifest: Pick<DatasetManifest, 'scene' | 'sources'>,
  request: SceneRequest,
  catalogue: AssetCatalogue,
): Promise<LoadedScene> {
  const { path, sha256 } = manifest.scene;
  const candidates = [...new Set(sceneCandidates(manifest, request))];
  const others: string[] = [];
  for (const candidate of candidates.filter((file) => existsSync(file))) {
    const scene = await loadScene(candidate, { catalogue, writtenAs: path });
    const found = scene.description.source.sha256;
    if (found === sha256) return scene;
    others.push(`${displayPath(candidate)} with ${found.slice(0, 12)}…`);
  }
  const expected = `scene ${path}: expected the SHA-256 ${sha256.slice(0, 12)}… of dataset.json`;
  const advice = 'Give the scene with --scene, or the config that names it with --config.';
  if (others.length > 0) {
    throw new AssetError(`${expected}, found ${others.join(', ')}: it has changed. ${advice}`);
  }
  const places = candidates.map((file) => displayPath(file)).join(', ');
  throw new UsageError(`${expected}, found no such file (${places}). ${advice}`);
}
