import type { DescribedNode } from '../config/scene-description.ts';
import type { ModelAsset } from '../core/asset-catalogue.ts';
import { SamplingError } from '../core/errors.ts';
import type { Triangles } from '../core/geometry.ts';
import { shapeTriangles } from './shape-triangles.ts';

/** Triangles of a model, in its own frame. */
export function meshOf({ id, mesh }: ModelAsset): Triangles {
  return mesh ?? unmeasured(`model "${id}"`);
}

/** Triangles of a node of the scene and of what hangs from it, in its own frame. */
export function nodeTriangles(
  { content, mesh, name }: DescribedNode,
  models: ReadonlyMap<string, ModelAsset>,
): Triangles {
  if (content.kind === 'shape') return shapeTriangles(content.shape);
  if (content.kind === 'member') return mesh ?? unmeasured(`node "${name}"`);
  const model = models.get(content.assetId);
  return model ? meshOf(model) : unmeasured(`model "${content.assetId}"`);
}

function unmeasured(what: string): never {
  throw new SamplingError(
    `${what} has no triangles in the inputs; prepare those of the config that asks for them`,
  );
}
