import { checkConfig } from '#shared/config/check-config';
import { selectModels } from '#shared/config/select-models';
import type { AssetCatalogue, CatalogueEntry } from '#shared/core/asset-catalogue';
import type { RunInputs } from '#shared/sampling/sample-scene';
import type { BuiltCatalogue } from '../assets/asset-types.ts';
import { assetRoots } from '../assets/asset-roots.ts';
import { buildCatalogue } from '../assets/build-catalogue.ts';
import { UNKNOWN_LICENSE } from '../assets/read-claim.ts';
import { cacheDirectory } from '../browser/cache-directory.ts';
import { loadConfig, type LoadedConfig } from '../config/load-config.ts';
import { loadScene } from '../scene/load-scene.ts';
import type { LoadedScene } from '../scene/loaded-scene.ts';
import type { ResolveResource } from '../server/page-server.ts';
import type { ManifestDraft } from '../store/inspect-store.ts';
import { buildManifest } from './build-manifest.ts';
import { listPossibleAssets } from './list-possible-assets.ts';
import { measureShapes } from './measure-shapes.ts';
import { readToolVersion } from './tool-version.ts';

/** What names the inputs of a run. */
export type InputsRequest = Readonly<{
  /** Config file; relative to the working folder. */
  configPath: string;
  /** Stronger than the config's. */
  seed?: string | undefined;
  /** `path=value`, in order; later ones win. */
  sets?: readonly string[] | undefined;
  /** Folders of assets beside those that ship. */
  assetFolders?: readonly string[] | undefined;
}>;

/** Inputs that are loaded and checked: every frame of them can be sampled. */
export type LoadedInputs = Readonly<{
  inputs: RunInputs;
  draft: ManifestDraft;
  /** What any frame could use. */
  assets: readonly CatalogueEntry[];
  /** Bytes for the page, by the keys that plans name. */
  resolveResource: ResolveResource;
  /** Files that the inputs were read from, absolute. */
  files: readonly string[];
  warnings: readonly string[];
}>;

/** Assets and a scene as they were on disk. */
export type Surroundings = Readonly<{ built: BuiltCatalogue; scene: LoadedScene; path: string }>;

/** Inputs with what their config was checked against, for the next one of the same files. */
export type PreparedInputs = LoadedInputs & Readonly<{ surroundings: Surroundings }>;

/** Doubts about the assets that a dataset may use; those of other assets are the business of `diorama assets`. */
function assetWarnings(assets: readonly CatalogueEntry[]): readonly string[] {
  const doubts = assets.flatMap((asset) =>
    asset.kind === 'model' ? asset.warnings.map((text) => `model "${asset.id}": ${text}`) : [],
  );
  const unknown = assets.filter(({ license }) => license === UNKNOWN_LICENSE).map(({ id }) => id);
  if (unknown.length === 0) return doubts;
  const named = unknown.slice(0, 5).join(', ') + (unknown.length > 5 ? ', …' : '');
  return [
    ...doubts,
    `the licence of ${unknown.length} assets is unknown (${named}); LICENSES.md says so.`,
  ];
}

/** Bytes behind the keys of plans: those of the scene, else of an asset. Keys are hashes, so never stale. */
export function createResourceResolver(
  { description, resources }: LoadedScene,
  assets: BuiltCatalogue,
): ResolveResource {
  const sceneType = description.source.kind === 'code' ? 'text/javascript' : 'model/gltf-binary';
  return async (key) => {
    const bytes = resources.get(key);
    if (bytes !== undefined) return { bytes, contentType: sceneType, immutable: true };
    const asset = await assets.resolve(key);
    return asset === null ? null : { ...asset, immutable: true };
  };
}

/** What is posed needs its rig; rigs are read for the models that a group with an animation may hold. */
async function withRigs(
  { objects }: RunInputs['config'],
  built: Pick<BuiltCatalogue, 'catalogue' | 'resolve'>,
): Promise<AssetCatalogue> {
  const posed = Object.values(objects).filter(({ animation }) => animation !== undefined);
  const ids = posed.flatMap((group) => selectModels(group, built.catalogue).map(({ id }) => id));
  if (ids.length === 0) return built.catalogue;
  const { addRigs } = await import('../assets/model-rig.ts');
  return addRigs(built, { ids: new Set(ids), cacheDir: cacheDirectory(process.env) });
}

/**
 * Loads config, assets and scene, and checks them against each other.
 *
 * @param before of inputs of the same asset folders, where files are known to be as they were: assets, and the
 * scene where it is the same, are not read again.
 * @throws ConfigError with every problem at once, AssetError for assets that cannot be used.
 */
export async function prepareInputs(
  request: InputsRequest,
  before?: Surroundings,
): Promise<PreparedInputs> {
  const { configPath, sets, seed, assetFolders } = request;
  const loaded = await loadConfig({ path: configPath, sets, overrides: { seed } });
  const isSame = before?.path === loaded.scenePath;
  return withSurroundings(loaded, isSame ? before : await loadSurroundings(loaded, assetFolders));
}

async function loadSurroundings(
  { config, scenePath: path }: LoadedConfig,
  assetFolders?: readonly string[],
): Promise<Surroundings> {
  const built = await buildCatalogue(assetRoots(assetFolders), {
    cacheDir: cacheDirectory(process.env),
  });
  const { catalogue } = built;
  return { built, scene: await loadScene(path, { catalogue, writtenAs: config.scene }), path };
}

/**
 * {@link prepareInputs} from a config that is loaded already, as from a dataset that stands.
 *
 * @throws ConfigError with every problem at once, AssetError for assets that cannot be used.
 */
export async function prepareConfig(
  loaded: LoadedConfig,
  assetFolders?: readonly string[],
): Promise<LoadedInputs> {
  return withSurroundings(loaded, await loadSurroundings(loaded, assetFolders));
}

async function withSurroundings(
  loaded: LoadedConfig,
  surroundings: Surroundings,
): Promise<PreparedInputs> {
  const { built, scene } = surroundings;
  const { description } = scene;
  const known = { config: loaded.config, scene: description, catalogue: built.catalogue };
  checkConfig(known.config, {
    scene: description,
    catalogue: built.catalogue,
    locate: loaded.locate,
  });
  const assets = listPossibleAssets(known);
  const cacheDir = cacheDirectory(process.env);
  const measured = await measureShapes(known, { built, scene, assets, cacheDir });
  const catalogue = await withRigs(known.config, { ...built, catalogue: measured.catalogue });
  const inputs = { ...measured, catalogue };
  return {
    inputs,
    assets,
    draft: buildManifest(inputs, {
      sources: loaded.sources,
      sha256: loaded.sha256,
      toolVersion: readToolVersion(),
    }),
    resolveResource: createResourceResolver(scene, built),
    files: [...loaded.files, ...scene.files],
    warnings: [
      ...(built.cacheProblem === null ? [] : [built.cacheProblem]),
      ...scene.warnings,
      ...assetWarnings(assets),
    ],
    surroundings,
  };
}
