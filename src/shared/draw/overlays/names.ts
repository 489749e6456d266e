import type { Overlay } from '../overlay.ts';

/** Names of categories. */
export const NAMES: Overlay = {
  summary: 'names of categories',
  files: [],
  categoryColors: true,
  draw: ({ record, categories }) => ({
    tags: record.annotations.instances.map(({ instanceId, categoryId }) => ({
      instanceId,
      text: categories.get(categoryId)?.name ?? `category ${categoryId}`,
    })),
  }),
};
