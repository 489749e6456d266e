import type { AssetCatalogue, ModelAsset } from '#shared/core/asset-catalogue';
import type { Hull, Triangles } from '#shared/core/geometry';
import { AssetError } from '#shared/core/errors';
import { decompose } from '#shared/physics/decompose';
import { loadPhysics } from '#shared/physics/engine';
import { openAssetCache, openCacheFolder } from './asset-cache.ts';
import type { BuiltCatalogue } from './asset-types.ts';

/** The catalogue with the convex solids of those models that need them; measured once for each file. */
export async function addHulls(
  { catalogue, resolve }: Pick<BuiltCatalogue, 'catalogue' | 'resolve'>,
  { ids, cacheDir }: Readonly<{ ids: ReadonlySet<string>; cacheDir: string }>,
): Promise<AssetCatalogue> {
  await loadPhysics();
  const cache = openAssetCache(openCacheFolder(cacheDir));
  return changeModels(catalogue, ids, async (model) => {
    const measure = async (): Promise<readonly Hull[]> => {
      const triangles = await readTriangles(model, resolve);
      if (triangles.indices.length === 0)
        throw new AssetError(`model "${model.id}" has no triangles, so it has no body`);
      return hullsOfTriangles(triangles);
    };
    return { ...model, hulls: await cache.facts('hulls', model.sha256, measure) };
  });
}

/** The catalogue with the triangles of those models that objects may be placed on; read once for each file. */
export async function addMeshes(
  { catalogue, resolve }: Pick<BuiltCatalogue, 'catalogue' | 'resolve'>,
  { ids, cacheDir }: Readonly<{ ids: ReadonlySet<string>; cacheDir: string }>,
): Promise<AssetCatalogue> {
  const { compactMesh } = await import('./model-triangles.ts');
  const cache = openAssetCache(openCacheFolder(cacheDir));
  return changeModels(catalogue, ids, async (model) => {
    const measure = async (): Promise<Triangles> =>
      compactMesh(await readTriangles(model, resolve), `model "${model.id}"`);
    return { ...model, mesh: await cache.facts('mesh', model.sha256, measure) };
  });
}

/** Convex solids of triangles. Needs the physics engine. */
export function hullsOfTriangles({ positions, indices }: Triangles): readonly Hull[] {
  return decompose({
    vertices: Float32Array.from(positions),
    indices: Uint32Array.from(indices),
  });
}

async function changeModels(
  catalogue: AssetCatalogue,
  ids: ReadonlySet<string>,
  change: (model: ModelAsset) => Promise<ModelAsset>,
): Promise<AssetCatalogue> {
  const models: ModelAsset[] = [];
  for (const model of catalogue.models)
    models.push(ids.has(model.id) ? await change(model) : model);
  return { ...catalogue, models };
}

async function readTriangles(
  { id, sha256 }: ModelAsset,
  resolve: BuiltCatalogue['resolve'],
): Promise<Triangles> {
  const served = await resolve(sha256);
  if (!served) throw new AssetError(`model "${id}" is not in the catalogue`);
  // The glTF libraries take a tenth of a second to load: not where everything is known already.
  const { createGltfIo } = await import('./gltf-document.ts');
  const { sceneTriangles } = await import('./model-triangles.ts');
  return sceneTriangles(await (await createGltfIo()).readBinary(served.bytes));
}
