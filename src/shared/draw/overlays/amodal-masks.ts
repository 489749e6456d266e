import { POINTS, type Overlay } from '../overlay.ts';
import type { Shape } from '../shapes.ts';
import { maskLoops } from './masks.ts';

/** What amodal overlays have in common: they are in the record where the config asks for them. */
export const AMODAL: Omit<Overlay, 'summary' | 'draw'> = {
  files: [],
  categoryColors: true,
  output: 'labels.amodal',
  isWritten: ({ annotations }) => annotations.instances.every(({ amodal }) => amodal !== undefined),
};

/** Masks of what objects would show alone, inside the picture: faint, with a dashed outline. */
export const AMODAL_MASKS: Overlay = {
  ...AMODAL,
  summary: 'masks of whole objects, hidden parts included',
  draw: ({ record, colors }) => ({
    shapes: record.annotations.instances.flatMap(({ instanceId, amodal }): readonly Shape[] => {
      if (amodal === undefined) return [];
      const color = colors.get(instanceId);
      const loops = maskLoops(amodal.segmentation);
      const { line, dash } = POINTS;
      const paint = { fill: color, fillOpacity: 0.2, stroke: color, strokeWidth: line, dash };
      return [{ kind: 'loops', loops, ...paint }];
    }),
  }),
};
