import { POINTS, type Overlay } from '../overlay.ts';
import type { Shape } from '../shapes.ts';
import { AMODAL } from './amodal-masks.ts';

/** Boxes of whole silhouettes, dashed; they may reach beyond the picture. */
export const AMODAL_BOXES: Overlay = {
  ...AMODAL,
  summary: 'boxes of whole objects, hidden parts included',
  draw: ({ record, colors }) => ({
    shapes: record.annotations.instances.flatMap(({ instanceId, amodal }): readonly Shape[] => {
      if (amodal === undefined) return [];
      const [x, y, width, height] = amodal.bbox;
      const stroke = colors.get(instanceId);
      const { line, dash } = POINTS;
      return [{ kind: 'rect', x, y, width, height, stroke, strokeWidth: line, dash }];
    }),
  }),
};
