import type { Vec3 } from '#shared/core/geometry';

/** What a drawing in the scene stands for. */
export const GIZMO_KINDS = ['sensor', 'region', 'views', 'areas', 'lights', 'paths'] as const;
export type GizmoKind = (typeof GIZMO_KINDS)[number];

/** Something drawn in the scene that no frame shows: lines and dots in the world, metres. */
export type Gizmo = Readonly<{
  kind: GizmoKind;
  lines: readonly (readonly Vec3[])[];
  dots?: readonly Vec3[] | undefined;
  /** A word, and where it stands. */
  label?: Readonly<{ at: Vec3; text: string }> | undefined;
}>;

/** Gizmos, and what could not be drawn: a sentence each. */
export type GizmoSet = Readonly<{ gizmos: readonly Gizmo[]; notes: readonly string[] }>;

/** A line that ends where it begins. */
export const closed = (points: readonly Vec3[]): readonly Vec3[] => {
  const [first] = points;
  return first === undefined ? [] : [...points, first];
};

/** The twelve edges of a box. */
export function boxLines(min: Vec3, max: Vec3): readonly (readonly Vec3[])[] {
  const level = (y: number): readonly Vec3[] => [
    [min[0], y, min[2]],
    [max[0], y, min[2]],
    [max[0], y, max[2]],
    [min[0], y, max[2]],
  ];
  const [below, above] = [level(min[1]), level(max[1])];
  const posts = below.map((corner, i): readonly Vec3[] => [corner, above[i] ?? corner]);
  return [closed(below), closed(above), ...posts];
}

/** A small cross of three lines at a point. */
export function crossLines([x, y, z]: Vec3, reach: number): readonly (readonly Vec3[])[] {
  return [
    [
      [x - reach, y, z],
      [x + reach, y, z],
    ],
    [
      [x, y - reach, z],
      [x, y + reach, z],
    ],
    [
      [x, y, z - reach],
      [x, y, z + reach],
    ],
  ];
}
