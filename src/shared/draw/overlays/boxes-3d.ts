import { boxEdges } from '../oriented-box.ts';
import { POINTS, type Overlay } from '../overlay.ts';
import { projectSegment } from '../project-segment.ts';
import type { Shape } from '../shapes.ts';

/** The objects' own boxes (labels.md §7): edges of faces that look at the camera strong, the others faint. */
export const BOXES_3D: Overlay = {
  summary: 'oriented boxes in space',
  files: [],
  categoryColors: true,
  draw: ({ record, colors }) => {
    const { camera, width, height } = record;
    const lineCamera = { ...camera, size: { width, height } };
    const shapes = record.annotations.instances.flatMap((instance): readonly Shape[] => {
      const { bounds, cameraFromObject, scale, instanceId } = instance;
      if (bounds === null) return [];
      const stroke = colors.get(instanceId);
      // Faint edges first: strong ones are drawn over them.
      const edges = [...boxEdges({ bounds, cameraFromObject, scale })].sort(
        (a, b) => Number(a.facing) - Number(b.facing),
      );
      return edges.flatMap(({ from, to, facing }): readonly Shape[] => {
        const strokeWidth = facing ? POINTS.line : POINTS.thin;
        const strokeOpacity = facing ? 1 : 0.5;
        return projectSegment(from, to, lineCamera).map((line) => ({
          kind: 'line',
          points: line.flat(),
          stroke,
          strokeWidth,
          strokeOpacity,
        }));
      });
    });
    return { shapes };
  },
};
