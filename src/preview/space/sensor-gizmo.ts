import type { Size, Vec3 } from '#shared/core/geometry';
import { transformPoint } from '#shared/core/matrix';
import { rayAt } from '#shared/core/pinhole';
import type { FramePlan } from '#shared/plan/frame-plan';
import { closed, type Gizmo } from './gizmo.ts';

/** Points along each side of the image, so that a lens that bends shows it. */
const STEPS = 8;

/** The rim of an image, clockwise from its top left, pixels. */
function rimOf({ width, height }: Size): readonly (readonly [number, number])[] {
  const along = (
    f: (t: number) => readonly [number, number],
  ): readonly (readonly [number, number])[] =>
    Array.from({ length: STEPS }, (_, i) => f(i / STEPS));
  return [
    ...along((t) => [t * width, 0]),
    ...along((t) => [width, t * height]),
    ...along((t) => [width - t * width, height]),
    ...along((t) => [0, height - t * height]),
  ];
}

/** What the sensor sees, up to a depth (metres), and which side of its image is up. */
export function sensorGizmo(
  { camera, size }: Pick<FramePlan, 'camera' | 'size'>,
  depth: number,
): Gizmo {
  const world = (x: number, y: number, z: number): Vec3 =>
    transformPoint(camera.worldFromCamera, [x, y, z]);
  const at = ([x, y]: readonly [number, number], z: number): Vec3 | null => {
    const ray = rayAt(camera.intrinsics, x, y);
    return ray && world(ray[0] * z, ray[1] * z, ray[2] * z);
  };
  const eye = world(0, 0, 0);
  const { width, height } = size;
  const corners = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ] as const;
  const edges = corners.flatMap((corner): (readonly Vec3[])[] => {
    const end = at(corner, depth);
    return end ? [[eye, end]] : [];
  });
  const rim = (z: number): readonly Vec3[] =>
    closed(
      rimOf(size)
        .map((place) => at(place, z))
        .filter((point) => point !== null),
    );
  const [left, right, middle] = [
    at([width * 0.42, 0], depth),
    at([width * 0.58, 0], depth),
    at([width / 2, 0], depth),
  ];
  const above = middle && rayAt(camera.intrinsics, width / 2, 0);
  const tip = above && world(above[0] * depth, (above[1] - 0.07) * depth, above[2] * depth);
  const up = left && right && tip ? [closed([left, tip, right])] : [];
  return {
    kind: 'sensor',
    lines: [...edges, rim(depth), rim(depth * 0.15), ...up],
    label: { at: eye, text: 'sensor' },
  };
}
