import { matchAssets } from './asset-pattern.ts';
import { categoryNames } from './category-names.ts';
import type { CheckContext } from './check-context.ts';
import { labelledObjects } from './labelled-objects.ts';
import { formatPath } from './parameter-path.ts';
import { partNodesOf, statedParts } from './resolve-parts.ts';
import { suggestFrom } from './suggest.ts';

/** Checks that the nodes which the config makes parts exist, and that none belongs to two parts. */
export function checkParts(context: CheckContext): void {
  const { config, scene, report } = context;
  const categories = categoryNames(config);
  const objects = labelledObjects(context);
  for (const [category, patterns] of Object.entries(config.parts)) {
    if (!categories.includes(category)) {
      const suggestion = suggestFrom(category, categories, 'categories of the config');
      const message = `unknown category ${JSON.stringify(category)}`;
      report(formatPath(['parts', category]), message, suggestion);
      continue;
    }
    const nodes = objects
      .filter((object) => object.category === category)
      .flatMap((object) => partNodesOf(object, scene.nodes));
    const names = [...new Set(nodes.map(({ name }) => name))].filter((name) => name !== '');
    for (const [part, own] of Object.entries(patterns)) {
      for (const [i, pattern] of own.entries()) {
        if (matchAssets(pattern, names).length > 0) continue;
        const suggestion = suggestFrom(pattern, names, 'nodes of the category');
        const message = `no node of the category matches ${JSON.stringify(pattern)}`;
        report(formatPath(['parts', category, part, i]), message, suggestion);
      }
    }
    for (const name of names) {
      const parts = statedParts(patterns, { name });
      if (parts.length < 2) continue;
      const found = parts.map((part) => JSON.stringify(part)).join(', ');
      const message = `expected each node in one part, found ${JSON.stringify(name)} in ${found}`;
      report(formatPath(['parts', category]), message);
    }
  }
}
