import type { ObjectGroupSpec } from '../config/config-schema.ts';
import { selectModels } from '../config/select-models.ts';
import type { AssetCatalogue, ModelAsset } from '../core/asset-catalogue.ts';
import { SamplingError } from '../core/errors.ts';
import type { Sampler } from './sampler.ts';

/** The models that a group may draw from, by category; the key '' holds those picked by id alone. */
export type ModelPool = ReadonlyMap<string, readonly ModelAsset[]>;

/** Collects a group's candidates: models of its categories, or matches of its patterns, or both at once. */
export function modelPool(
  group: ObjectGroupSpec,
  catalogue: AssetCatalogue,
  path: string,
): ModelPool {
  const candidates = selectModels(group, catalogue);
  if (candidates.length === 0) {
    throw new SamplingError(
      `${path}: no model matches its categories and assets. List them with: npx diorama assets list`,
    );
  }
  const pool = new Map<string, ModelAsset[]>();
  for (const model of candidates) {
    const category = group.categories === undefined ? '' : (model.category ?? '');
    pool.set(category, [...(pool.get(category) ?? []), model]);
  }
  return pool;
}

/** Draws a category by weight, then a model of it by weight, so that classes balance whatever their sizes. */
export function pickModel(
  sampler: Sampler,
  { pool, weights }: Readonly<{ pool: ModelPool; weights: Readonly<Record<string, number>> }>,
  path: string,
): ModelAsset {
  const weightOf = (name: string): number =>
    Object.hasOwn(weights, name) ? (weights[name] ?? 1) : 1;
  const categories = [...pool.keys()];
  const category =
    categories.length === 1
      ? (categories[0] ?? '')
      : sampler.pick(categories, `${path}.category`, {
          weight: weightOf,
          name: (name) => name,
        });
  return sampler.pick(pool.get(category) ?? [], `${path}.asset`, {
    weight: ({ id }) => weightOf(id),
    name: ({ id }) => id,
  });
}
