import type { KeypointAnnotation } from '../../annotate/annotations.ts';
import type { Rgb } from '../oklab.ts';
import { POINTS, type Overlay } from '../overlay.ts';
import type { Shape } from '../shapes.ts';

const HALO: Rgb = [10, 12, 16];
/** Points. */
const RADIUS = 3.2;

/** A bone is drawn where both of its ends are in the image. */
function boneShapes(
  keypoints: readonly KeypointAnnotation[],
  skeleton: readonly (readonly [string, string])[],
  color: Rgb | undefined,
): readonly Shape[] {
  const byName = new Map(keypoints.map((keypoint) => [keypoint.name, keypoint]));
  return skeleton.flatMap(([first, second]): readonly Shape[] => {
    const [from, to] = [byName.get(first), byName.get(second)];
    if (from === undefined || to === undefined || from.v === 0 || to.v === 0) return [];
    const line = { kind: 'line', points: [from.x, from.y, to.x, to.y] } as const;
    return [
      { ...line, stroke: HALO, strokeWidth: POINTS.thick + 1.6, strokeOpacity: 0.5 },
      { ...line, stroke: color, strokeWidth: POINTS.thick },
    ];
  });
}

/** A visible point is a dot, a hidden one a ring. */
function pointShape({ x, y, v }: KeypointAnnotation, color: Rgb | undefined): Shape {
  const ring = { kind: 'dot', x, y, radius: RADIUS, strokeWidth: POINTS.line } as const;
  return v === 2
    ? { ...ring, fill: color, stroke: [255, 255, 255] }
    : { ...ring, fill: HALO, fillOpacity: 0.6, stroke: color };
}

/** Keypoints with the skeletons of their categories; points that are not in the image are left out. */
export const KEYPOINTS: Overlay = {
  summary: 'keypoints, hidden ones as rings, and skeletons',
  files: [],
  categoryColors: true,
  output: 'keypoints',
  isWritten: (_record, categories) =>
    [...categories.values()].some(({ skeleton }) => skeleton !== null),
  draw: ({ record, categories, colors }) => ({
    shapes: record.annotations.instances.flatMap((instance): readonly Shape[] => {
      const { instanceId, categoryId, keypoints = [] } = instance;
      const color = colors.get(instanceId);
      const skeleton = categories.get(categoryId)?.skeleton ?? [];
      return [
        ...boneShapes(keypoints, skeleton, color),
        ...keypoints.filter(({ v }) => v !== 0).map((keypoint) => pointShape(keypoint, color)),
      ];
    }),
  }),
};
