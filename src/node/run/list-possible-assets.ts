import { matchAssets } from '#shared/config/asset-pattern';
import { backgroundChoices } from '#shared/config/background-schema';
import type { Config } from '#shared/config/config-schema';
import type { MaterialSpec, TextureSpec } from '#shared/config/material-schema';
import { possibleTexts } from '#shared/config/possible-texts';
import type { StringValue } from '#shared/config/value-schemas';
import type { CatalogueEntry } from '#shared/core/asset-catalogue';
import { modelPool } from '#shared/sampling/pick-model';
import type { RunInputs } from '#shared/sampling/sample-scene';

/** The members that have a chance at all: those whose weight is not 0. */
function withWeight<T>(values: readonly T[], weights: readonly number[] | undefined): readonly T[] {
  return values.filter((_, i) => (weights?.[i] ?? 1) > 0);
}

/** Every text that a value can become, in any frame. */
export function possibleStrings(value: StringValue, vars: Config['vars']): readonly string[] {
  return possibleTexts(value, vars).map(({ text }) => text);
}

function texturesOf(material: MaterialSpec | undefined): readonly TextureSpec[] {
  if (material?.texture === undefined || material.probability === 0) return [];
  const { texture } = material;
  return texture.kind === 'one-of' ? withWeight(texture.textures, texture.weights) : [texture];
}

/** Images of decals that have a chance at all. */
function decalImages(material: MaterialSpec | undefined): readonly StringValue[] {
  if (material === undefined || material.probability === 0) return [];
  return (material.layers ?? []).flatMap((layer) =>
    layer.kind === 'decal' && layer.probability > 0 && layer.image !== undefined
      ? [layer.image]
      : [],
  );
}

function possibleModels({ config, scene, catalogue }: RunInputs): readonly string[] {
  const placed = Object.entries(config.objects).flatMap(([name, group]) =>
    [...modelPool(group, catalogue, `objects.${name}`)]
      .filter(([category]) => (group.weights[category] ?? 1) > 0)
      .flatMap(([, models]) =>
        models.map(({ id }) => id).filter((id) => (group.weights[id] ?? 1) > 0),
      ),
  );
  const standing = scene.nodes.flatMap(({ content }) =>
    content.kind === 'model' ? [content.assetId] : [],
  );
  return [...placed, ...standing];
}

/**
 * Every asset that any frame of the config could use, sorted by kind and id. It depends on the config, the
 * scene and the catalogue alone, so all shards of a dataset list the same.
 */
export function listPossibleAssets(inputs: RunInputs): readonly CatalogueEntry[] {
  const { config, scene, catalogue } = inputs;
  const matches = (value: StringValue, entries: readonly CatalogueEntry[]): readonly string[] =>
    possibleStrings(value, config.vars).flatMap((text) =>
      matchAssets(
        text,
        entries.map(({ id }) => id),
      ),
    );
  const owners = [...scene.nodes, ...Object.values(config.nodes), ...Object.values(config.objects)];
  const textures = owners.flatMap(({ material }) => texturesOf(material));

  const models = new Set(possibleModels(inputs));
  const environments = new Set(
    config.environment.map === undefined
      ? []
      : matches(config.environment.map, catalogue.environments),
  );
  const materials = new Set(
    textures.flatMap((texture) =>
      texture.kind === 'material' ? matches(texture.material, catalogue.materials) : [],
    ),
  );
  const usedMaterials = catalogue.materials.filter(({ id }) => materials.has(id));
  const photos = backgroundChoices(config.environment.background).flatMap(({ spec, weight }) =>
    spec.kind === 'photo' && weight > 0 ? matches(spec.image, catalogue.images) : [],
  );
  const images = new Set([
    ...photos,
    ...textures.flatMap((texture) =>
      texture.kind === 'image' ? matches(texture.image, catalogue.images) : [],
    ),
    ...owners.flatMap(({ material }) =>
      decalImages(material).flatMap((image) => matches(image, catalogue.images)),
    ),
    ...usedMaterials.flatMap(({ color, normal, roughness, metalness, occlusion, height }) =>
      [color, normal, roughness, metalness, occlusion, height].filter((id) => id !== undefined),
    ),
  ]);
  return [
    ...catalogue.environments.filter(({ id }) => environments.has(id)),
    ...catalogue.images.filter(({ id }) => images.has(id)),
    ...usedMaterials,
    ...catalogue.models.filter(({ id }) => models.has(id)),
  ];
}
