import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { configHashText } from '#shared/config/canonical-json';
import { configSchema } from '#shared/config/config-schema';
import { WriteError } from '#shared/core/errors';
import type { DatasetManifest, RendererInfo } from '#shared/formats/dataset-manifest';
import { loadConfig } from '../config/load-config.ts';
import { prepareConfig, type LoadedInputs } from '../run/prepare-run.ts';
import { diffJson, formatDifferences, type JsonDifference } from '../store/diff-json.ts';
import { diffManifests } from '../store/inspect-store.ts';

/** What names the inputs beside `dataset.json`, which holds the config and the seed. */
export type RerenderInputs = Readonly<{
  /** The config that the dataset was rendered from: its scene is found from there. */
  configPath: string;
  assetFolders?: readonly string[] | undefined;
}>;

/** Inputs that are those of the dataset, and what else was seen. */
export type PreparedRerender = Readonly<{ loaded: LoadedInputs; notices: readonly string[] }>;

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/**
 * Loads what a dataset was made from: config and seed as `dataset.json` has them (so that no `--set` has to
 * be repeated), scene and assets from disk.
 *
 * @throws WriteError where scene, assets or Diorama are not those of the dataset, with the differences.
 * @throws ConfigError, AssetError where they cannot be loaded.
 */
export async function prepareRerender(
  manifest: DatasetManifest,
  { configPath, assetFolders }: RerenderInputs,
): Promise<PreparedRerender> {
  const { seed, sources } = manifest;
  const stated = await loadConfig({ path: configPath, overrides: { seed } });
  const config = configSchema.parse(manifest.config);
  const loaded = await prepareConfig(
    {
      config,
      // A scene that a flag named is relative to the working folder.
      scenePath: sources['scene'] === '--set' ? resolve(config.scene) : stated.scenePath,
      files: stated.files,
      sources,
      locate: () => undefined,
      sha256: createHash('sha256').update(configHashText(config)).digest('hex'),
    },
    assetFolders,
  );
  refuseDifferences(diffManifests(manifest, loaded.draft));
  const withoutFlags = changedByHand(diffJson(asJson(config), asJson(stated.config)), sources);
  const notices =
    withoutFlags.length === 0
      ? []
      : [
          `${configPath} says something else than what the dataset was rendered from; frames are rendered ` +
            `from dataset.json. In the file: ${formatDifferences(withoutFlags, 5).trim().replace(/\n\s*/g, '; ')}.`,
        ];
  return { loaded, notices };
}

/** Differences that no flag of the run explains. */
function changedByHand(
  differences: readonly JsonDifference[],
  sources: DatasetManifest['sources'],
): readonly JsonDifference[] {
  const flagged = Object.entries(sources)
    .filter(([, source]) => source.startsWith('--'))
    .map(([path]) => path);
  const isWithin = (path: string, parent: string): boolean =>
    path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
  return differences.filter(
    ({ path }) =>
      path !== 'seed' && !flagged.some((flag) => isWithin(flag, path) || isWithin(path, flag)),
  );
}

/** @throws WriteError where another renderer draws than the one that made the dataset. */
export function refuseOtherRenderer(manifest: DatasetManifest, renderer: RendererInfo): void {
  refuseDifferences(
    diffJson(manifest.renderer, renderer).map((one) => ({ ...one, path: `renderer.${one.path}` })),
  );
}

function refuseDifferences(differences: readonly JsonDifference[]): void {
  if (differences.length === 0) return;
  throw new WriteError(
    '--rerender: what would be rendered is not what the dataset was made from; other bytes would prove nothing.\n' +
      `${formatDifferences(differences)}\n` +
      'Render with the same scene, assets, browser and version, or verify without --rerender.',
  );
}
