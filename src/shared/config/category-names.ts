import type { Config } from './config-schema.ts';

/** Names of a config's categories; the category id is the index plus 1 (labels.md §3). */
export function categoryNames({ categories }: Pick<Config, 'categories'>): readonly string[] {
  return categories.map((category) => (typeof category === 'string' ? category : category.name));
}
