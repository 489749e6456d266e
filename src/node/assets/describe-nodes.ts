import type { Node } from '@gltf-transform/core';
import type { JointLimits, ModelNode } from '#shared/core/asset-catalogue';

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
    const limits = node.getExtras()['jointLimitsDegrees'];
    const isSound = limits === undefined || isLimits(limits);
    if (!isSound)
      warnings.push(
        `node ${JSON.stringify(node.getName())} has extras.jointLimitsDegrees ${JSON.stringify(limits)}, where { "x": [min, max], … } was expected; it means nothing`,
      );
    const morphTargets = morphNames(node);
    return {
      name: node.getName(),
      parent: parent === null ? -1 : (indices.get(parent) ?? -1),
      origin: [x + 0, y + 0, z + 0],
      ...(keypoint !== undefined && { keypoint }),
      ...(part !== undefined && { part }),
      ...(isSound && limits !== undefined && { jointLimitsDegrees: limits }),
      ...(morphTargets.length > 0 && { morphTargets }),
    };
  });
  return { nodes: described, warnings };
}

/** Names of the morph targets of a node's mesh, by the convention of exporters; glTF itself has none. */
function morphNames(node: Node): readonly string[] {
  const mesh = node.getMesh();
  const count = Math.max(0, ...(mesh?.listPrimitives().map((p) => p.listTargets().length) ?? []));
  const stated = mesh?.getExtras()['targetNames'];
  return Array.from({ length: count }, (_, i) => {
    const name = Array.isArray(stated) ? (stated[i] as unknown) : undefined;
    return typeof name === 'string' && name !== '' ? name : `morph-${i}`;
  });
}

function isLimits(value: unknown): value is JointLimits {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([axis, range]: [string, unknown]) => {
    if (!['x', 'y', 'z'].includes(axis) || !Array.isArray(range) || range.length !== 2)
      return false;
    const [low, high] = range as readonly unknown[];
    return typeof low === 'number' && typeof high === 'number' && low <= high;
  });
}
