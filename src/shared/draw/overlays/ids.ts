import type { Overlay } from '../overlay.ts';

/** Instance ids, as in the id image. */
export const IDS: Overlay = {
  summary: 'instance ids',
  files: [],
  categoryColors: true,
  draw: ({ record }) => ({
    tags: record.annotations.instances.map(({ instanceId }) => ({
      instanceId,
      text: String(instanceId),
    })),
  }),
};
