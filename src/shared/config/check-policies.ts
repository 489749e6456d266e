import { isAssetPattern, matchAssets } from './asset-pattern.ts';
import { categoryNames } from './category-names.ts';
import type { CheckContext } from './check-context.ts';
import { formatPath } from './parameter-path.ts';
import { suggestFrom } from './suggest.ts';

/**
 * Checks that what the rules of `labels.policies` name is there. Names of materials are known for models
 * and shapes alone, so they are checked where the scene brings no materials of its own.
 */
export function checkPolicies({ config, scene, catalogue, report }: CheckContext): void {
  const known: Readonly<Record<string, Readonly<{ what: string; names: readonly string[] }>>> = {
    categories: { what: 'category', names: categoryNames(config) },
    assets: { what: 'model asset', names: catalogue.models.map(({ id }) => id) },
    nodes: { what: 'node', names: scene.nodes.map(({ name }) => name) },
    ...(scene.source.kind === 'yaml' && {
      materials: {
        what: 'material',
        names: [
          ...catalogue.models.flatMap(({ materialNames }) => materialNames),
          ...scene.nodes.flatMap(({ content }) =>
            content.kind === 'shape' ? [content.shape.kind] : [],
          ),
        ],
      },
    }),
  };
  for (const [index, rule] of config.labels.policies.entries()) {
    for (const [key, { what, names }] of Object.entries(known)) {
      const stated = rule[key as 'categories' | 'assets' | 'nodes' | 'materials'] ?? [];
      for (const [i, text] of stated.entries()) {
        if (matchAssets(text, names).length > 0) continue;
        const message = isAssetPattern(text)
          ? `no ${what} matches ${JSON.stringify(text)}`
          : `unknown ${what} ${JSON.stringify(text)}`;
        const path = formatPath(['labels', 'policies', index, key, i]);
        report(path, message, suggestFrom(text, names, `known names`));
      }
    }
  }
}
