import type { AssetCatalogue, ModelAsset } from '../core/asset-catalogue.ts';
import type { Config } from './config-schema.ts';
import type { DescribedNode, SceneDescription } from './scene-description.ts';
import { selectModels } from './select-models.ts';

/** Something that a frame could label: a model, wherever it comes from, or a node of the scene without one. */
export type LabelledObject = Readonly<{ category: string }> &
  (Readonly<{ model: ModelAsset; node: null }> | Readonly<{ model: null; node: DescribedNode }>);

/** Every object that a frame of the config could label, each once for a category. */
export function labelledObjects({
  config,
  scene,
  catalogue,
}: Readonly<{
  config: Config;
  scene: SceneDescription;
  catalogue: AssetCatalogue;
}>): readonly LabelledObject[] {
  const objects = new Map<string, LabelledObject>();
  const add = (object: LabelledObject): void => {
    const { category, model, node } = object;
    objects.set(JSON.stringify([category, model?.id, node?.name]), object);
  };
  for (const group of Object.values(config.objects)) {
    if (!group.labelled) continue;
    for (const model of selectModels(group, catalogue)) {
      if (model.category !== undefined) add({ category: model.category, model, node: null });
    }
  }
  for (const node of scene.nodes) {
    const { category, content } = node;
    if (category === undefined) continue;
    const model = catalogue.models.find(
      ({ id }) => content.kind === 'model' && id === content.assetId,
    );
    add(model ? { category, model, node: null } : { category, model: null, node });
  }
  return [...objects.values()];
}
