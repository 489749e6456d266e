import type { Node, Primitive } from '@gltf-transform/core';
import type { AssetCatalogue, ModelAsset } from '#shared/core/asset-catalogue';
import type { Hull } from '#shared/core/geometry';
import { AssetError } from '#shared/core/errors';
import { IDENTITY, rowMajorFromColumnMajor } from '#shared/core/matrix';
import { decompose, type TriangleMesh } from '#shared/physics/decompose';
import { loadPhysics } from '#shared/physics/engine';
import { openAssetCache, openCacheFolder } from './asset-cache.ts';
import type { BuiltCatalogue } from './asset-types.ts';
import { instanceCount, visitMeshVertices } from './model-vertices.ts';

/** The catalogue with the solids of those models that physics may meet; measured once for each file. */
export async function addHulls(
  { catalogue, resolve }: Pick<BuiltCatalogue, 'catalogue' | 'resolve'>,
  { ids, cacheDir }: Readonly<{ ids: ReadonlySet<string>; cacheDir: string }>,
): Promise<AssetCatalogue> {
  await loadPhysics();
  const cache = openAssetCache(openCacheFolder(cacheDir));
  const models: ModelAsset[] = [];
  for (const model of catalogue.models) {
    if (!ids.has(model.id)) {
      models.push(model);
      continue;
    }
    const measure = async (): Promise<readonly Hull[]> => {
      const served = await resolve(model.sha256);
      if (!served) throw new AssetError(`model "${model.id}" is not in the catalogue`);
      return decompose(await readTriangles(served.bytes, model.id));
    };
    const hulls = await cache.facts('hulls', model.sha256, measure);
    models.push({ ...model, hulls });
  }
  return { ...catalogue, models };
}

/** Triangles of the default scene in its default pose, in the asset's own frame. */
async function readTriangles(bytes: Uint8Array, id: string): Promise<TriangleMesh> {
  // The glTF libraries take a tenth of a second to load: not where everything is known already.
  const { createGltfIo } = await import('./gltf-document.ts');
  const { defaultScene, sceneNodes } = await import('./inspect-model.ts');
  const document = await (await createGltfIo()).readBinary(bytes);
  const vertices: number[] = [];
  const indices: number[] = [];
  for (const node of sceneNodes(defaultScene(document))) {
    const first = vertices.length / 3;
    for (const index of nodeTriangles(node)) indices.push(first + index);
    visitMeshVertices(
      node,
      {
        targetFromNode: rowMajorFromColumnMajor(node.getWorldMatrix()),
        targetFromScene: () => IDENTITY,
      },
      (x, y, z) => vertices.push(x, y, z),
    );
  }
  if (indices.length === 0)
    throw new AssetError(`model "${id}" has no triangles, so it has no body to fall`);
  return { vertices: Float32Array.from(vertices), indices: Uint32Array.from(indices) };
}

/** Vertex indices of a node's triangles, in the order in which {@link visitMeshVertices} comes by. */
function* nodeTriangles(node: Node): Generator<number> {
  const copies = node.getSkin() ? 1 : instanceCount(node);
  let first = 0;
  for (const primitive of node.getMesh()?.listPrimitives() ?? []) {
    const count = primitive.getAttribute('POSITION')?.getCount() ?? 0;
    for (const corner of primitiveTriangles(primitive, count)) {
      for (let copy = 0; copy < copies; copy++)
        yield* corner.map((index) => (first + index) * copies + copy);
    }
    first += count;
  }
}

/** Corners of each triangle of a list, a strip or a fan (glTF 2.0 §3.7.2.1); points and lines have none. */
function* primitiveTriangles(primitive: Primitive, count: number): Generator<readonly number[]> {
  const accessor = primitive.getIndices();
  const length = accessor?.getCount() ?? count;
  const at = (i: number): number => accessor?.getScalar(i) ?? i;
  const mode = primitive.getMode();
  if (mode === 4) for (let i = 0; i + 2 < length; i += 3) yield [at(i), at(i + 1), at(i + 2)];
  if (mode === 5)
    for (let i = 0; i + 2 < length; i++) yield [at(i), at(i + 1 + (i % 2)), at(i + 2 - (i % 2))];
  if (mode === 6) for (let i = 1; i + 1 < length; i++) yield [at(i), at(i + 1), at(0)];
}
