import type { CatalogueEntry } from '#shared/core/asset-catalogue';
import type { SceneDescription } from '#shared/config/scene-description';
import type { MaterialSample, SceneSample } from '#shared/sampling/scene-sample';

/** An asset by its kind and id, which are unique together. */
export type AssetName = Readonly<{ kind: CatalogueEntry['kind']; id: string }>;

function ofMaterial(material: MaterialSample | undefined): readonly AssetName[] {
  const texture = material?.texture;
  if (texture?.kind === 'image') return [{ kind: 'image', id: texture.imageId }];
  if (texture?.kind === 'material') return [{ kind: 'material', id: texture.materialId }];
  return [];
}

/** Every asset that the frame of a sample shows, once: of its objects, its surfaces, its sky and the scene. */
export function assetsOfSample(
  { objects, nodes, environment }: SceneSample,
  scene: Pick<SceneDescription, 'nodes'>,
): readonly AssetName[] {
  const models = [
    ...objects.map(({ assetId }) => assetId),
    ...scene.nodes.flatMap(({ content }) => (content.kind === 'model' ? [content.assetId] : [])),
  ];
  const { mapId, background } = environment;
  const all: readonly AssetName[] = [
    ...models.map((id) => ({ kind: 'model' as const, id })),
    ...[...nodes, ...objects].flatMap(({ material }) => ofMaterial(material)),
    ...(mapId === null ? [] : [{ kind: 'environment' as const, id: mapId }]),
    ...(background.kind === 'photo' ? [{ kind: 'image' as const, id: background.imageId }] : []),
  ];
  return [...new Map(all.map((name) => [`${name.kind} ${name.id}`, name])).values()];
}
