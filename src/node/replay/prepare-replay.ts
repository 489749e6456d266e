import { configSchema } from '#shared/config/config-schema';
import type { AssetCatalogue } from '#shared/core/asset-catalogue';
import { AssetError, WriteError } from '#shared/core/errors';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import { partTable } from '#shared/plan/part-table';
import type { RunInputs } from '#shared/sampling/sample-scene';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { assetRoots } from '../assets/asset-roots.ts';
import type { BuiltCatalogue } from '../assets/asset-types.ts';
import { buildCatalogue } from '../assets/build-catalogue.ts';
import { cacheDirectory } from '../browser/cache-directory.ts';
import { createResourceResolver } from '../run/prepare-run.ts';
import { readToolVersion } from '../run/tool-version.ts';
import type { ResolveResource } from '../server/page-server.ts';
import { diffJson, formatDifferences } from '../store/diff-json.ts';
import type { ManifestDraft } from '../store/inspect-store.ts';
import { assetFaults } from './asset-faults.ts';
import { assetsOfSample, type AssetName } from './assets-of-sample.ts';
import { findScene, type SceneRequest } from './find-scene.ts';

/** What a replay needs beside the dataset itself. */
export type ReplayInputs = SceneRequest &
  Readonly<{ assetFolders?: readonly string[] | undefined }>;

/** Inputs of a replay: config from `dataset.json`, scene and assets from disk, proved by their hashes. */
export type PreparedReplay = Readonly<{
  inputs: RunInputs;
  draft: ManifestDraft;
  resolveResource: ResolveResource;
  warnings: readonly string[];
}>;

/**
 * Loads what some samples of a dataset are rendered from. Only what these frames show must be as it was:
 * other assets, and every config file, may have changed or be gone.
 *
 * @throws UsageError, AssetError where scene or assets are missing or others, naming each with both hashes;
 * WriteError where `dataset.json` has a config that this version cannot read.
 */
export async function prepareReplay(
  manifest: DatasetManifest,
  samples: readonly SceneSample[],
  request: ReplayInputs,
): Promise<PreparedReplay> {
  const config = readConfig(manifest);
  const built = await buildCatalogue(assetRoots(request.assetFolders), {
    cacheDir: cacheDirectory(process.env),
    onBroken: 'collect',
  });
  const scene = await findScene(manifest, request, built.catalogue);
  const used = samples.flatMap((sample) => assetsOfSample(sample, scene.description));
  requireAssets(used, manifest, built);
  const catalogue = await withRigs(samples, built);
  const inputs = { config, scene: scene.description, catalogue };
  requireParts(manifest, inputs);
  const { renderer: _, ...draft } = manifest;
  return {
    inputs,
    draft: { ...draft, generator: { name: 'diorama', version: readToolVersion() } },
    resolveResource: createResourceResolver(scene, built),
    warnings: [...(built.cacheProblem === null ? [] : [built.cacheProblem]), ...scene.warnings],
  };
}

/** Models that frames pose need what poses them: their keypoints follow from it. */
async function withRigs(
  samples: readonly SceneSample[],
  built: BuiltCatalogue,
): Promise<AssetCatalogue> {
  const objects = samples.flatMap((sample) => sample.objects);
  const ids = new Set(objects.flatMap(({ pose, assetId }) => (pose ? [assetId] : [])));
  if (ids.size === 0) return built.catalogue;
  const { addRigs } = await import('../assets/model-rig.ts');
  return addRigs(built, { ids, cacheDir: cacheDirectory(process.env) });
}

/** @throws AssetError that names each asset which is not the dataset's. */
function requireAssets(
  used: readonly AssetName[],
  manifest: DatasetManifest,
  built: BuiltCatalogue,
): void {
  const names = [...new Map(used.map((one) => [`${one.kind} ${one.id}`, one])).values()];
  const faults = assetFaults(names, manifest, built);
  if (faults.length === 0) return;
  throw new AssetError(`frames need their assets as they were:\n  ${faults.join('\n  ')}`);
}

/** Part ids go by all models that the config may place. @throws AssetError where they would be others. */
function requireParts({ parts = [] }: DatasetManifest, inputs: RunInputs): void {
  const found = partTable(inputs).parts.map(({ partId, ...part }) => ({ id: partId, ...part }));
  const differences = diffJson(parts, found);
  if (differences.length === 0) return;
  throw new AssetError(
    `parts of models are no longer those of dataset.json, so that part ids would be others:\n${formatDifferences(differences)}`,
  );
}

function readConfig(manifest: DatasetManifest): RunInputs['config'] {
  const parsed = configSchema.safeParse(manifest.config);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new WriteError(
    `dataset.json: expected a config of this version of Diorama, found that of ${manifest.generator.version}: ` +
      `${first?.path.join('.') ?? ''}: ${first?.message ?? 'other fields'}. Replay it with that version.`,
  );
}
