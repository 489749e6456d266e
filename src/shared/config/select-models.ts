import type { AssetCatalogue, ModelAsset } from '../core/asset-catalogue.ts';
import { matchAssets } from './asset-pattern.ts';
import type { ObjectGroupSpec } from './config-schema.ts';

/**
 * The models that a group may draw from, in catalogue order: those of its categories, those that its
 * patterns name, or with both, those that are in both.
 */
export function selectModels(
  { categories, assets }: Pick<ObjectGroupSpec, 'categories' | 'assets'>,
  { models }: Pick<AssetCatalogue, 'models'>,
): readonly ModelAsset[] {
  const ids = models.map(({ id }) => id);
  const named = assets && new Set(assets.flatMap((pattern) => matchAssets(pattern, ids)));
  return models.filter(
    ({ id, category }) =>
      (named === undefined || named.has(id)) &&
      (categories === undefined || (category !== undefined && categories.includes(category))),
  );
}
