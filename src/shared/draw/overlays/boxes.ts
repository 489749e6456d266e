import { POINTS, type Overlay } from '../overlay.ts';
import type { Shape } from '../shapes.ts';

/** Boxes of the visible masks; a box covers its last column and row (labels.md §5). */
export const BOXES: Overlay = {
  summary: 'boxes of what is visible',
  files: [],
  categoryColors: true,
  draw: ({ record, colors }) => ({
    shapes: record.annotations.instances.map(({ instanceId, bbox }): Shape => {
      const [x, y, width, height] = bbox;
      const stroke = colors.get(instanceId);
      return { kind: 'rect', x, y, width, height, stroke, strokeWidth: POINTS.line };
    }),
  }),
};
