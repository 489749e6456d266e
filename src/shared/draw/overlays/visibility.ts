import type { Overlay } from '../overlay.ts';
import { AMODAL } from './amodal-masks.ts';

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** How much of each object is visible inside the image, and how much of it the image cuts off. */
export const VISIBILITY: Overlay = {
  ...AMODAL,
  summary: 'visible share of each object, and the share that the image cuts off',
  draw: ({ record }) => ({
    tags: record.annotations.instances.flatMap(({ instanceId, amodal }) => {
      if (amodal === undefined) return [];
      const { visibility, truncation } = amodal;
      const cut = truncation > 0 ? ` cut ${percent(truncation)}` : '';
      return [{ instanceId, text: `${percent(visibility)}${cut}` }];
    }),
  }),
};
