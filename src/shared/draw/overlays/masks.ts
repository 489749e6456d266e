import { decodeMask } from '../../annotate/rle.ts';
import { POINTS, type Overlay } from '../overlay.ts';
import type { Shape } from '../shapes.ts';
import { traceOutline } from '../trace-outline.ts';

/** Visible masks: translucent, with an outline. */
export const MASKS: Overlay = {
  summary: 'masks of what is visible',
  files: [],
  draw: ({ record, colors }) => ({
    shapes: record.annotations.instances.map(({ instanceId, segmentation }): Shape => {
      const color = colors.get(instanceId);
      const [height, width] = segmentation.size;
      return {
        kind: 'loops',
        loops: traceOutline(decodeMask(segmentation), { width, height }),
        fill: color,
        fillOpacity: 0.38,
        stroke: color,
        strokeWidth: POINTS.line,
      };
    }),
  }),
};
