import type { Node } from '@gltf-transform/core';
import type { ModelNode } from '#shared/core/asset-catalogue';

/**
 * The nodes of a model with their origins, as the file stores its pose; joints of skins are nodes like
 * others. What extras say of a node in another way than as a text is passed over, with a warning.
 *
 * @param nodes of one scene, depth first: parents before their children.
 */
export function describeNodes(
  nodes: readonly Node[],
): Readonly<{ nodes: readonly ModelNode[]; warnings: readonly string[] }> {
  const warnings: string[] = [];
  const indices = new Map(nodes.map((node, index) => [node, index]));
  const described = nodes.map((node): ModelNode => {
    // Adding 0 turns −0, which JSON cannot hold, into 0.
    const [x, y, z] = node.getWorldTranslation();
    const parent = node.getParentNode();
    const textOf = (key: string): string | undefined => {
      const value = node.getExtras()[key];
      if (value === undefined || (typeof value === 'string' && value !== '')) return value;
      const found = `extras.${key} ${JSON.stringify(value)}`;
      warnings.push(
        `node ${JSON.stringify(node.getName())} has ${found}, which is no text and means nothing`,
      );
      return undefined;
    };
    const [keypoint, part] = [textOf('keypoint'), textOf('part')];
    return {
      name: node.getName(),
      parent: parent === null ? -1 : (indices.get(parent) ?? -1),
      origin: [x + 0, y + 0, z + 0],
      ...(keypoint !== undefined && { keypoint }),
      ...(part !== undefined && { part }),
    };
  });
  return { nodes: described, warnings };
}
