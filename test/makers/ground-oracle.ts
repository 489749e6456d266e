import type { Quat, Vec2, Vec3 } from '#shared/core/geometry';
import type { ObjectSample } from '#shared/sampling/scene-sample';
import { CATALOGUE } from './make-run-inputs.ts';

/*
 * What placement promises, seen by other means than its own: points are turned by quaternion products,
 * polygons are held apart by projections of both on every axis, distances are those of segments.
 */

/** v turned by a unit quaternion [w, x, y, z]: v + 2w(q × v) + 2q × (q × v). */
export function turn([w, ...q]: Quat, v: Vec3): Vec3 {
  const cross = (a: Vec3, b: Vec3): Vec3 => [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
  const once = cross(q, v);
  const twice = cross(q, once);
  return [
    v[0] + 2 * (w * once[0] + twice[0]),
    v[1] + 2 * (w * once[1] + twice[1]),
    v[2] + 2 * (w * once[2] + twice[2]),
  ];
}

const modelOf = ({ assetId }: ObjectSample) => {
  const model = CATALOGUE.models.find(({ id }) => id === assetId);
  if (!model) throw new Error(`no model ${assetId}`);
  return model;
};

const toWorld = ({ position, orientation, scale }: ObjectSample, point: Vec3): Vec3 => {
  const turned = turn(orientation, point);
  return [
    position[0] + scale * turned[0],
    position[1] + scale * turned[1],
    position[2] + scale * turned[2],
  ];
};

/** Corners of an object's bounds in the world. */
export function cornersOf(object: ObjectSample): readonly Vec3[] {
  const { min, max } = modelOf(object).bounds;
  return Array.from({ length: 8 }, (_, i) =>
    toWorld(object, [i & 1 ? max[0] : min[0], i & 2 ? max[1] : min[1], i & 4 ? max[2] : min[2]]),
  );
}

/** Lowest and highest point of an object's bounds, metres. */
export function heightsOf(object: ObjectSample): readonly [bottom: number, top: number] {
  const heights = cornersOf(object).map(([, y]) => y);
  return [Math.min(...heights), Math.max(...heights)];
}

/** Ground plan of an upright object: its footprint, or that of its bounds where it has none. */
export function planOf(object: ObjectSample): readonly Vec2[] {
  const { footprint, bounds } = modelOf(object);
  const { min, max } = bounds;
  const rectangle: readonly Vec2[] = [
    [min[0], min[2]],
    [min[0], max[2]],
    [max[0], max[2]],
    [max[0], min[2]],
  ];
  const plan = footprint.length >= 3 ? footprint : rectangle;
  return plan.map(([x, z]): Vec2 => {
    const [wx, , wz] = toWorld(object, [x, 0, z]);
    return [wx, wz];
  });
}

const edgesOf = (polygon: readonly Vec2[]): readonly (readonly [Vec2, Vec2])[] =>
  polygon.map((p, i) => [p, polygon[(i + 1) % polygon.length] ?? p]);

/** Whether no normal of an edge of either polygon keeps them apart (both convex). */
export function overlap(a: readonly Vec2[], b: readonly Vec2[]): boolean {
  return [...edgesOf(a), ...edgesOf(b)].every(([[px, pz], [qx, qz]]) => {
    const along = (polygon: readonly Vec2[]) =>
      polygon.map(([x, z]) => x * (qz - pz) - z * (qx - px));
    const [first, second] = [along(a), along(b)];
    return Math.min(...second) < Math.max(...first) && Math.min(...first) < Math.max(...second);
  });
}

function pointToSegment([x, z]: Vec2, [[px, pz], [qx, qz]]: readonly [Vec2, Vec2]): number {
  const [dx, dz] = [qx - px, qz - pz];
  const share = ((x - px) * dx + (z - pz) * dz) / (dx * dx + dz * dz);
  const t = Math.min(1, Math.max(0, share));
  return Math.hypot(x - px - t * dx, z - pz - t * dz);
}

/** Distance of two convex polygons, metres; 0 where they overlap. */
export function distanceBetween(a: readonly Vec2[], b: readonly Vec2[]): number {
  if (overlap(a, b)) return 0;
  const toEdges = (points: readonly Vec2[], polygon: readonly Vec2[]): number[] =>
    points.flatMap((point) => edgesOf(polygon).map((edge) => pointToSegment(point, edge)));
  return Math.min(...toEdges(a, b), ...toEdges(b, a));
}

/** Least distance of a polygon's corners from the rim of a convex region; negative where one is outside. */
export function depthInside(region: readonly Vec2[], polygon: readonly Vec2[]): number {
  const cx = region.reduce((sum, [x]) => sum + x, 0) / region.length;
  const cz = region.reduce((sum, [, z]) => sum + z, 0) / region.length;
  const depths = edgesOf(region).flatMap(([[px, pz], [qx, qz]]) => {
    const length = Math.hypot(qx - px, qz - pz);
    const side = (x: number, z: number): number =>
      ((qx - px) * (z - pz) - (qz - pz) * (x - px)) / length;
    const inward = Math.sign(side(cx, cz));
    return polygon.map(([x, z]) => inward * side(x, z));
  });
  return Math.min(...depths);
}

const turnPlan = (points: readonly Vec2[], degrees: number, at: Vec2): Vec2[] => {
  const [s, c] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  return points.map(([x, z]) => [at[0] + x * c + z * s, at[1] + z * c - x * s]);
};
const box = (halfX: number, halfZ: number): Vec2[] => [
  [-halfX, -halfZ],
  [halfX, -halfZ],
  [halfX, halfZ],
  [-halfX, halfZ],
];
const regular = (radius: number, corners: number, at: Vec2): Vec2[] =>
  Array.from({ length: corners }, (_, i) => [
    at[0] + radius * Math.sin((i * 2 * Math.PI) / corners),
    at[1] + radius * Math.cos((i * 2 * Math.PI) / corners),
  ]);

/** The room's surfaces as its file describes them: top outline and height. */
export const SURFACES = {
  table: { outline: turnPlan(box(0.79, 0.49), 25, [0, 0]), height: 0.75 },
  stool: { outline: regular(0.3, 6, [2, 0]), height: 0.45 },
  bench: { outline: turnPlan(box(0.6, 0.25), 0, [-2, 0]), height: 0.5 },
  floor: { outline: box(4, 4), height: 0 },
} as const satisfies Record<string, { outline: readonly Vec2[]; height: number }>;

/** Ground plan of the room's vase, which stands on the table from 0.75 m to 1.05 m. */
export const VASE = regular(0.08, 48, [0.1, 0.05]);
