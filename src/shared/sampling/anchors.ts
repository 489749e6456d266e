import { SamplingError } from '../core/errors.ts';
import type { Quat, Vec2 } from '../core/geometry.ts';
import { centroidOf, type GroundPolygon, type Prism } from './ground-plan.ts';
import { poseOf } from './node-matrix.ts';
import type { Standing } from './placement.ts';
import { type Ground, nodePrism, rightOf } from './surfaces.ts';

/** What something is placed by: the room it takes, and where its own +X points, [x, z]. */
export type Anchor = Readonly<{ prism: Prism; right: Vec2 }>;

/** The objects of the groups above, by group. */
export type PlacedGroups = ReadonlyMap<string, readonly Standing[]>;

/**
 * The node or the object that the object of this index is placed by: those of a group are dealt out in
 * turn. Null where the group has none in this frame.
 */
export function findAnchor(
  { ground, groups }: Readonly<{ ground: Ground; groups: PlacedGroups }>,
  { of, index, path }: Readonly<{ of: string; index: number; path: string }>,
): Anchor | null {
  const group = groups.get(of);
  if (group) {
    const placed = group[index % Math.max(1, group.length)];
    return placed ? { prism: placed.prism, right: turnedRight(placed.orientation) } : null;
  }
  const node = ground.scene.nodes.find(({ name }) => name === of);
  if (!node?.bounds)
    throw new SamplingError(`${path}: "${of}" is no object group above and no node with geometry`);
  const { visible, worldFromNode: matrix } = poseOf(ground.poses, node);
  if (!visible) throw new SamplingError(`${path}: the node "${of}" is hidden in this frame`);
  return { prism: nodePrism(node, node.bounds, { matrix, ground }), right: rightOf(matrix) };
}

/** The middle of a ground plan, between its extremes along `right` and across. */
export function middleOf(polygon: GroundPolygon, [rx, rz]: Vec2): Vec2 {
  if (polygon.length === 0) return centroidOf(polygon);
  const middle = (along: (point: Vec2) => number): number => {
    const values = polygon.map(along);
    return (Math.min(...values) + Math.max(...values)) / 2;
  };
  const [a, b] = [middle(([x, z]) => x * rx + z * rz), middle(([x, z]) => z * rx - x * rz)];
  return [a * rx - b * rz, a * rz + b * rx];
}

/** Where a turned object's +X points in the ground plan; +X itself where it points up or down. */
function turnedRight([w, x, y, z]: Quat): Vec2 {
  const [rx, rz] = [1 - 2 * (y * y + z * z), 2 * (x * z - w * y)];
  const length = Math.sqrt(rx * rx + rz * rz);
  return length > 1e-9 ? [rx / length, rz / length] : [1, 0];
}
