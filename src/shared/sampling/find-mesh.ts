import { SamplingError } from '../core/errors.ts';
import type { Mat4, Triangles } from '../core/geometry.ts';
import { compose } from '../core/matrix.ts';
import type { PlacedGroups } from './anchors.ts';
import type { Prism } from './ground-plan.ts';
import { poseOf } from './node-matrix.ts';
import { meshOf, nodeTriangles } from './node-triangles.ts';
import type { Ground } from './surfaces.ts';

/** A mesh where this frame has it. */
export type FoundMesh = Readonly<{
  triangles: Triangles;
  worldFromMesh: Mat4;
  /** Which of the group's objects it is; 0 of a node. */
  turn: number;
  /** The node that it is, and the room of the object that it is: neither is an obstacle. */
  carrier: string | null;
  holder: Prism | null;
}>;

/**
 * The mesh of the node, or of the object of the group above, that the object of this index is placed on.
 * Null where the group has no objects in this frame.
 */
export function findMesh(
  { ground, groups }: Readonly<{ ground: Ground; groups: PlacedGroups }>,
  { of, index, path }: Readonly<{ of: string; index: number; path: string }>,
): FoundMesh | null {
  const group = groups.get(of);
  if (group) {
    const turn = index % Math.max(1, group.length);
    const standing = group[turn];
    if (!standing) return null;
    const { model, scale, position, orientation, prism } = standing;
    const triangles = meshOf(model);
    const worldFromMesh = compose(position, orientation, [scale, scale, scale]);
    return { triangles, worldFromMesh, turn, carrier: null, holder: prism };
  }
  const node = ground.scene.nodes.find(({ name }) => name === of);
  if (!node?.bounds)
    throw new SamplingError(`${path}: "${of}" is no object group above and no node with geometry`);
  const { visible, worldFromNode } = poseOf(ground.poses, node);
  if (!visible) throw new SamplingError(`${path}: the node "${of}" is hidden in this frame`);
  const triangles = nodeTriangles(node, ground.models);
  return { triangles, worldFromMesh: worldFromNode, turn: 0, carrier: of, holder: null };
}
