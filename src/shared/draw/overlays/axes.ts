import type { InstanceAnnotation } from '../../annotate/annotations.ts';
import type { Vec3 } from '../../core/geometry.ts';
import { transformPoint } from '../../core/matrix.ts';
import type { Rgb } from '../oklab.ts';
import { POINTS, type Overlay } from '../overlay.ts';
import { projectSegment } from '../project-segment.ts';
import type { Shape } from '../shapes.ts';

/** Colours of x, y and z, as everywhere: red, green, blue. */
const COLORS: readonly [Rgb, Rgb, Rgb] = [
  [255, 70, 70],
  [80, 220, 90],
  [80, 140, 255],
];
const HALO: Rgb = [10, 12, 16];
/** Length of an axis: this share of the mean side of the box, or metres where an object has no box. */
const SHARE = 0.6;
const LENGTH_METERS = 0.1;

function axisLength({ bounds, scale }: InstanceAnnotation): number {
  if (bounds === null) return LENGTH_METERS;
  const side = (axis: 0 | 1 | 2): number => (bounds.max[axis] - bounds.min[axis]) * scale[axis];
  return (SHARE * (side(0) + side(1) + side(2))) / 3;
}

/** The objects' axes from their origins: x red, y green, z blue. */
export const AXES: Overlay = {
  summary: 'axes of objects: x red, y green, z blue',
  files: [],
  categoryColors: false,
  draw: ({ record }) => {
    const { camera, width, height } = record;
    const lineCamera = { ...camera, size: { width, height } };
    const shapes = record.annotations.instances.flatMap((instance): readonly Shape[] => {
      const { cameraFromObject } = instance;
      const length = axisLength(instance);
      const origin = transformPoint(cameraFromObject, [0, 0, 0]);
      const axes = COLORS.map((color, axis) => {
        const tip: Vec3 = [
          axis === 0 ? length : 0,
          axis === 1 ? length : 0,
          axis === 2 ? length : 0,
        ];
        const end = transformPoint(cameraFromObject, tip);
        return { color, depth: end[2], lines: projectSegment(origin, end, lineCamera) };
      });
      // The axis that comes towards the camera is drawn over the one that goes away.
      return axes
        .sort((a, b) => b.depth - a.depth)
        .flatMap(({ color, lines }): readonly Shape[] => {
          const drawn = lines.map((line) => ({ kind: 'line', points: line.flat() }) as const);
          return [
            ...drawn.map((line) => ({
              ...line,
              stroke: HALO,
              strokeWidth: POINTS.thick + 1.6,
              strokeOpacity: 0.55,
            })),
            ...drawn.map((line) => ({ ...line, stroke: color, strokeWidth: POINTS.thick })),
          ];
        });
    });
    return { shapes };
  },
};
