import type { ModelAsset } from '../core/asset-catalogue.ts';
import { isAssetPattern, matchAssets } from './asset-pattern.ts';
import { categoryNames } from './category-names.ts';
import type { CheckContext } from './check-context.ts';
import type { ObjectGroupSpec } from './config-schema.ts';
import { checkPlacement } from './check-placement.ts';
import { formatPath } from './parameter-path.ts';
import { selectModels } from './select-models.ts';
import { suggestFrom } from './suggest.ts';

type Group = Readonly<{ name: string; spec: ObjectGroupSpec }>;

/** Checks what each object group draws from, and where it places it. */
export function checkObjects(context: CheckContext): void {
  for (const [name, spec] of Object.entries(context.config.objects)) {
    const group = { name, spec };
    checkPlacement(name, context);
    checkSelectors(group, context);
    const models = selectModels(spec, context.catalogue);
    if (models.length === 0) continue;
    checkWeights(group, models, context);
    if (spec.labelled) checkLabels(group, models, context);
  }
}

const pathIn = ({ name }: Group, ...rest: (string | number)[]): string =>
  formatPath(['objects', name, ...rest]);

function checkSelectors(group: Group, { catalogue, report, reportAsset }: CheckContext): void {
  const { categories = [], assets = [] } = group.spec;
  const known = catalogue.models.flatMap(({ category }) => category ?? []);
  const ids = catalogue.models.map(({ id }) => id);
  let complete = true;
  for (const [i, category] of categories.entries()) {
    if (known.includes(category)) continue;
    complete = false;
    const message = `no model has the category ${JSON.stringify(category)}`;
    report(
      pathIn(group, 'categories', i),
      message,
      suggestFrom(category, known, 'categories of models'),
    );
  }
  for (const [i, pattern] of assets.entries()) {
    if (matchAssets(pattern, ids).length > 0) continue;
    complete = false;
    const message = isAssetPattern(pattern)
      ? `no model matches ${JSON.stringify(pattern)}`
      : `unknown model ${JSON.stringify(pattern)}`;
    reportAsset(pathIn(group, 'assets', i), message, suggestFrom(pattern, ids, 'models'));
  }
  if (complete && selectModels(group.spec, catalogue).length === 0) {
    report(
      pathIn(group),
      'no model is selected',
      'Where both are given, a model must match categories and assets alike.',
    );
  }
}

function checkWeights(group: Group, models: readonly ModelAsset[], { report }: CheckContext): void {
  const { weights, categories } = group.spec;
  const ids = models.map(({ id }) => id);
  const names = [...(categories ?? []), ...ids];
  for (const key of Object.keys(weights)) {
    if (names.includes(key)) continue;
    const message = `the weight of ${JSON.stringify(key)} names nothing that this group draws`;
    report(
      pathIn(group, 'weights', key),
      message,
      suggestFrom(key, names, 'names that may be weighted'),
    );
  }
  // A category is drawn first, then a model of it: each category that can be drawn needs a model.
  const pools =
    categories === undefined
      ? [models]
      : categories.map((c) => models.filter((m) => m.category === c));
  const used = pools.filter((pool) => pool.length > 0);
  const weightOfPool = (pool: readonly ModelAsset[]): number =>
    categories === undefined || used.length === 1 ? 1 : (weights[pool[0]?.category ?? ''] ?? 1);
  const drawable = used.filter((pool) => weightOfPool(pool) > 0);
  if (drawable.length === 0)
    report(pathIn(group, 'weights'), 'expected a weight above 0, found none');
  for (const pool of drawable) {
    if (pool.some(({ id }) => (weights[id] ?? 1) > 0)) continue;
    const of =
      categories === undefined ? '' : ` of the category ${JSON.stringify(pool[0]?.category)}`;
    report(pathIn(group, 'weights'), `expected a weight above 0 for a model${of}, found none`);
  }
}

/** A labelled model needs a category, and the config must list it. One report for each category. */
function checkLabels(
  group: Group,
  models: readonly ModelAsset[],
  { config, report }: CheckContext,
): void {
  const known = categoryNames(config);
  const reported = new Set<string | undefined>();
  for (const { id, category } of models) {
    if ((category !== undefined && known.includes(category)) || reported.has(category)) continue;
    reported.add(category);
    const { categories, assets } = group.spec;
    const selector = categories?.includes(category ?? '')
      ? pathIn(group, 'categories', categories.indexOf(category ?? ''))
      : pathIn(group, assets ? 'assets' : 'categories');
    if (category === undefined) {
      const advice = 'Give it a category in its metadata, or set labelled: false.';
      report(
        selector,
        `the model ${JSON.stringify(id)} has no category, so it cannot be labelled`,
        advice,
      );
    } else {
      const message = `unknown category ${JSON.stringify(category)}, of the model ${JSON.stringify(id)}`;
      const advice = suggestFrom(category, known, 'categories of the config');
      report(
        selector,
        message,
        `${advice ?? ''} Add it to categories, or set labelled: false.`.trim(),
      );
    }
  }
}
