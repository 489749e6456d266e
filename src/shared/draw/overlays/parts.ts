import { categoryColor } from '../category-palette.ts';
import { POINTS, type Overlay } from '../overlay.ts';
import type { Shape } from '../shapes.ts';
import { maskLoops } from './masks.ts';

/** Parts of objects: each part id has a colour of its own, which has nothing to do with those of categories. */
export const PARTS: Overlay = {
  summary: 'parts of objects, a colour each',
  files: [],
  categoryColors: false,
  output: 'parts',
  isWritten: ({ annotations: { instances } }) =>
    instances.length === 0 || instances.some(({ parts }) => parts !== undefined),
  draw: ({ record }) => ({
    shapes: record.annotations.instances.flatMap(({ parts = [] }) =>
      parts.map(({ partId, segmentation }): Shape => {
        const color = categoryColor(partId);
        const paint = { fill: color, fillOpacity: 0.55, stroke: color, strokeWidth: POINTS.line };
        return { kind: 'loops', loops: maskLoops(segmentation), ...paint };
      }),
    ),
  }),
};
