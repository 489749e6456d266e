import { dropsObjects } from '#shared/config/drops-objects';
import { keepsClearByMeshes, meshTargets } from '#shared/config/measured-shapes';
import type { DescribedNode, SceneDescription } from '#shared/config/scene-description';
import { selectModels } from '#shared/config/select-models';
import type { AssetCatalogue, CatalogueEntry } from '#shared/core/asset-catalogue';
import type { RunInputs } from '#shared/sampling/sample-scene';
import type { BuiltCatalogue } from '../assets/asset-types.ts';
import type { LoadedScene } from '../scene/loaded-scene.ts';

type Sources = Readonly<{
  built: BuiltCatalogue;
  scene: LoadedScene;
  /** What any frame could use. */
  assets: readonly CatalogueEntry[];
  cacheDir: string;
}>;

/**
 * The inputs with what sampling needs to know of shapes: convex solids where objects fall, triangles of what
 * they are placed on or kept apart by. Read once for each file, and only where a config asks.
 *
 * @throws AssetError where a mesh has no triangles, or too many.
 */
export async function measureShapes(inputs: RunInputs, sources: Sources): Promise<RunInputs> {
  const withHulls = { ...inputs, catalogue: await catalogueWithHulls(inputs, sources) };
  const targets = meshTargets(inputs.config);
  if (!keepsClearByMeshes(inputs.config) && targets.size === 0) return withHulls;
  const { addMeshes } = await import('../assets/model-hulls.ts');
  const { built, cacheDir } = sources;
  const ids = modelsWithMeshes(inputs, { targets, sources });
  const catalogue = await addMeshes({ ...built, ...withHulls }, { ids, cacheDir });
  const scene = await sceneWithMeshes(inputs, { targets, sources });
  return { ...inputs, catalogue, scene };
}

async function catalogueWithHulls(
  { config, catalogue }: RunInputs,
  { built, assets, cacheDir }: Sources,
): Promise<AssetCatalogue> {
  if (!dropsObjects(config)) return catalogue;
  const { addHulls } = await import('../assets/model-hulls.ts');
  return addHulls(built, { ids: modelIds(assets), cacheDir });
}

const modelIds = (assets: readonly CatalogueEntry[]): ReadonlySet<string> =>
  new Set(assets.flatMap((asset) => (asset.kind === 'model' ? [asset.id] : [])));

type Wanted = Readonly<{ targets: ReadonlySet<string>; sources: Sources }>;

/** Models that any frame may place objects on, or all where triangles keep them apart. */
function modelsWithMeshes(
  { config, scene, catalogue }: RunInputs,
  { targets, sources }: Wanted,
): ReadonlySet<string> {
  if (keepsClearByMeshes(config)) return modelIds(sources.assets);
  const ofNodes = scene.nodes.flatMap(({ name, content }) =>
    targets.has(name) && content.kind === 'model' ? [content.assetId] : [],
  );
  const ofGroups = Object.entries(config.objects).flatMap(([name, group]) =>
    targets.has(name) ? selectModels(group, catalogue).map(({ id }) => id) : [],
  );
  return new Set([...ofNodes, ...ofGroups]);
}

/** The scene with triangles of those members that objects are placed on or must keep clear of. */
async function sceneWithMeshes(
  { config, scene }: RunInputs,
  { targets, sources }: Wanted,
): Promise<SceneDescription> {
  const { compactMesh } = await import('../assets/model-triangles.ts');
  const clear = keepsClearByMeshes(config);
  const nodes = scene.nodes.map((node): DescribedNode => {
    const { content, name, category, bounds } = node;
    const isWanted = targets.has(name) || (clear && category !== undefined);
    if (content.kind !== 'member' || bounds === null || !isWanted) return node;
    const triangles = sources.scene.trianglesOf(content.index);
    return { ...node, mesh: compactMesh(triangles, `node "${name}"`) };
  });
  return { ...scene, nodes };
}
