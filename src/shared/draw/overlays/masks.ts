import type { CocoRle } from '../../annotate/annotations.ts';
import { decodeMask } from '../../annotate/rle.ts';
import { POINTS, type Overlay } from '../overlay.ts';
import type { Shape } from '../shapes.ts';
import { traceOutline, type Loop } from '../trace-outline.ts';

/** Outlines of a run-length encoded mask. */
export function maskLoops(rle: CocoRle): readonly Loop[] {
  const [height, width] = rle.size;
  return traceOutline(decodeMask(rle), { width, height });
}

/** Visible masks: translucent, with an outline. */
export const MASKS: Overlay = {
  summary: 'masks of what is visible',
  files: [],
  categoryColors: true,
  draw: ({ record, colors }) => ({
    shapes: record.annotations.instances.map(({ instanceId, segmentation }): Shape => {
      const color = colors.get(instanceId);
      const loops = maskLoops(segmentation);
      const paint = { fill: color, fillOpacity: 0.36, stroke: color, strokeWidth: POINTS.line };
      return { kind: 'loops', loops, ...paint };
    }),
  }),
};
