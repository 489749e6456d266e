import { rangeOf } from '#shared/config/value-range';
import type { MaterialSpec } from '#shared/config/material-schema';
import type { CatalogueEntry } from '#shared/core/asset-catalogue';
import { modelPool } from '#shared/sampling/pick-model';
import type { RunInputs } from '#shared/sampling/sample-scene';

/** What a config comes to, for `diorama validate`. Plain JSON. */
export type InputsSummary = Readonly<{
  name: string;
  frames: number;
  width: number;
  height: number;
  seed: string;
  categories: readonly string[];
  scene: Readonly<{ path: string; nodes: number }>;
  /** Objects of one frame, and the models that they are drawn from. */
  groups: readonly Readonly<{ name: string; minCount: number; maxCount: number; models: number }>[];
  assets: Readonly<Record<CatalogueEntry['kind'], number>>;
  /**
   * Decimal logarithm of how many ways there are to choose assets alone: environment, the model of each
   * object, textures by kind. Poses, colours and numbers come on top.
   */
  log10Combinations: number;
}>;

/** Textures that a material chooses from, none included where it may be left out. */
function textureChoices(material: MaterialSpec | undefined): number {
  if (material?.texture === undefined) return 1;
  const choices = material.texture.kind === 'one-of' ? material.texture.textures.length : 1;
  return choices + (material.probability < 1 ? 1 : 0);
}

/** Counts what a config can make. */
export function summariseInputs(
  inputs: RunInputs,
  assets: readonly CatalogueEntry[],
): InputsSummary {
  const { config, scene, catalogue } = inputs;
  const groups = Object.entries(config.objects).map(([name, group]) => {
    const counts = rangeOf(group.count, config.vars) ?? { min: 0, max: 0 };
    const models = [...modelPool(group, catalogue, `objects.${name}`).values()].flat().length;
    return { name, minCount: counts.min, maxCount: counts.max, models, group };
  });
  const count = (kind: CatalogueEntry['kind']): number =>
    assets.filter((asset) => asset.kind === kind).length;
  const nodes = [...scene.nodes, ...Object.values(config.nodes)];
  const log10Combinations =
    Math.log10(Math.max(1, count('environment'))) +
    nodes.reduce((sum, { material }) => sum + Math.log10(textureChoices(material)), 0) +
    groups.reduce(
      (sum, { maxCount, models, group }) =>
        sum + maxCount * Math.log10(Math.max(1, models * textureChoices(group.material))),
      0,
    );
  return {
    name: config.name,
    frames: config.frames,
    ...config.image,
    seed: String(config.seed),
    categories: config.categories.map((category) =>
      typeof category === 'string' ? category : category.name,
    ),
    scene: { path: scene.source.path, nodes: scene.nodes.length },
    groups: groups.map(({ group: _spec, ...summary }) => summary),
    assets: {
      model: count('model'),
      environment: count('environment'),
      image: count('image'),
      material: count('material'),
    },
    log10Combinations,
  };
}
