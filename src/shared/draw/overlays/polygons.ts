import { instancePolygons } from '../../annotate/simplify-polygons.ts';
import { POINTS, type Overlay } from '../overlay.ts';
import type { Shape } from '../shapes.ts';

/** Polygons of masks, with their vertices: simplified as the config says, exact where it does not ask for them. */
export const POLYGONS: Overlay = {
  summary: 'polygons of masks, with their vertices',
  files: [],
  categoryColors: true,
  draw: ({ record, colors, polygonTolerance = 0 }) => ({
    shapes: record.annotations.instances.flatMap(({ instanceId, segmentation }) => {
      const { polygons } = instancePolygons(segmentation, polygonTolerance);
      const color = colors.get(instanceId);
      const loops = polygons.flatMap(({ outer, holes }) => [outer, ...holes]);
      const paint = { fill: color, fillOpacity: 0.2, stroke: color, strokeWidth: POINTS.line };
      const vertices = loops.flatMap((ring) =>
        ring.flatMap((x, i): readonly Shape[] => {
          const y = ring[i + 1];
          if (i % 2 === 1 || y === undefined) return [];
          return [{ kind: 'dot', x, y, radius: POINTS.line, fill: color }];
        }),
      );
      return [{ kind: 'loops', loops, ...paint } satisfies Shape, ...vertices];
    }),
  }),
};
