import type { Config } from './config-schema.ts';

/** Names of a config's categories; the category id is the index plus 1 (labels.md §3). */
export function categoryNames({ categories }: Pick<Config, 'categories'>): readonly string[] {
  return categories.map((category) => (typeof category === 'string' ? category : category.name));
}

/** Ids of a config's categories that are stuff: without instances of their own in COCO (labels.md §5). */
export function stuffCategoryIds({ categories }: Pick<Config, 'categories'>): ReadonlySet<number> {
  return new Set(
    categories.flatMap((category, i) =>
      typeof category === 'string' || category.isthing ? [] : [i + 1],
    ),
  );
}
