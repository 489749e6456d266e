import type { Mat4 } from '../core/geometry.ts';
import { invertAffine, transformPoint } from '../core/matrix.ts';
import type { KeypointSubject } from './resolve-keypoints.ts';
import type { DescribedNode } from './scene-description.ts';

/** The member itself and all below it that belongs to it: up to nodes with labels of their own. */
export function ownedMembers(
  nodes: readonly DescribedNode[],
  owner: DescribedNode,
): readonly DescribedNode[] {
  if (owner.content.kind !== 'member') return [owner];
  const owned = new Set([owner.content.index]);
  return nodes.filter(({ content, category }) => {
    if (content.kind !== 'member') return false;
    if (owned.has(content.index)) return true;
    // Parents come before their children, so that one pass is enough.
    if (category !== undefined || !owned.has(content.parent)) return false;
    owned.add(content.index);
    return true;
  });
}

/**
 * A labelled node of a glTF or code scene, as far as its keypoints are concerned.
 *
 * @param worldFrom where members stand; absent: where the scene has them.
 * @throws RangeError where the node is flat, so that nothing has a place in its frame.
 */
export function memberSubject(
  nodes: readonly DescribedNode[],
  owner: DescribedNode,
  worldFrom: (node: DescribedNode) => Mat4 = ({ worldFromNode }) => worldFromNode,
): KeypointSubject {
  const objectFromWorld = invertAffine(worldFrom(owner));
  return {
    name: owner.name,
    nodes: ownedMembers(nodes, owner).map((node) => {
      const world = worldFrom(node);
      const origin = transformPoint(objectFromWorld, [
        world[3] ?? 0,
        world[7] ?? 0,
        world[11] ?? 0,
      ]);
      return { name: node.name, origin, keypoint: node.keypoint };
    }),
  };
}
