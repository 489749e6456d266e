import { isLabelPolicy, POLICY_KEY, policyFault } from '#shared/config/label-policy';
import type { DescribedNode, NodeCopies } from '#shared/config/scene-description';
import type { Bounds, Mat4 } from '#shared/core/geometry';
import type { ConfigIssue } from '#shared/core/errors';
import { multiply } from '#shared/core/matrix';

/** One node of a scene graph as its file has it, before names are made unique and labels resolved. */
export type GraphNode = Readonly<{
  name: string;
  /** Place of the parent in the walk; −1 for the root. */
  parent: number;
  worldFromNode: Mat4;
  bounds: Bounds | null;
  /** glTF `extras`, or three.js `userData`. */
  extras: Readonly<Record<string, unknown>>;
  /** Of a skinned mesh: places of its joints in the walk; −1 for what is not in it. */
  joints?: readonly number[] | undefined;
  /** Where its own mesh is an instanced one. */
  copies?: NodeCopies | undefined;
}>;

/** Most copies of one labelled mesh; more than a frame has ids for. */
const MAX_COPIES = 65535;

/** A frame in which bounds are gathered, and the way into it from the node at hand. */
export type Enclosure = Readonly<{ box: GrowingBox; frameFromNode: Mat4 }>;

/** An axis-aligned box that grows point by point. */
export type GrowingBox = Readonly<{
  add: (x: number, y: number, z: number) => void;
  bounds: () => Bounds | null;
}>;

export function createGrowingBox(): GrowingBox {
  let min: [number, number, number] = [Infinity, Infinity, Infinity];
  let max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  let count = 0;
  return {
    add: (x, y, z) => {
      count++;
      min = [Math.min(min[0], x), Math.min(min[1], y), Math.min(min[2], z)];
      max = [Math.max(max[0], x), Math.max(max[1], y), Math.max(max[2], z)];
    },
    bounds: () => (count === 0 ? null : { min, max }),
  };
}

/** The enclosures of a child: those of its parent, seen from the child, and its own. */
export function enterNode(
  outer: readonly Enclosure[],
  parentFromNode: Mat4,
  own: Enclosure,
): readonly Enclosure[] {
  return [
    ...outer.map(({ box, frameFromNode }) => ({
      box,
      frameFromNode: multiply(frameFromNode, parentFromNode),
    })),
    own,
  ];
}

/**
 * Turns a walked graph into described nodes: names made unique (`lamp`, `lamp_2`, …), labels read
 * from extras. The index of each is its place in the walk.
 *
 * - `category`: a labelled instance of the node and what is below it, up to nodes with labels of their own.
 * - `instance: false` on such a node: it is no instance itself, but lends its category to
 * - `instance: true` on nodes below: instances of the nearest category above.
 * - A node with a label whose own mesh is instanced: each copy is an instance. Where the label is further
 *   up, all copies belong to that instance, as any other mesh does.
 * - `keypoint`: its origin is this keypoint of the instance that it belongs to.
 * - `part`: it begins this part of that instance, up to nodes of other parts.
 * - `labelPolicy`: what labels make of its surfaces and those below; the page reads it.
 * - `surface: true`: objects may be placed on its top. `castShadow`, `receiveShadow`: true where absent.
 *
 * Faults are pushed to `issues`.
 */
export function describeGraph(
  graph: readonly GraphNode[],
  source: string,
  issues: ConfigIssue[],
): readonly DescribedNode[] {
  const names = uniqueNames(graph.map(({ name }) => name));
  return graph.map((node, index) => {
    const name = names[index] ?? node.name;
    const fault = (message: string): void =>
      void issues.push({ source, path: `node ${JSON.stringify(name)}`, message });
    const { min, max } = node.bounds ?? { min: [0, 0, 0], max: [0, 0, 0] };
    if (![...min, ...max, ...node.worldFromNode].every(Number.isFinite)) {
      fault('its transform or its geometry has numbers that are not finite.');
    }
    const flag = (key: string, absent: boolean): boolean => {
      const value = node.extras[key];
      if (value === undefined || typeof value === 'boolean') return value ?? absent;
      fault(`expected extras.${key} to be true or false, got ${JSON.stringify(value)}.`);
      return absent;
    };
    const textExtra = (key: string): string | undefined => {
      const value = node.extras[key];
      if (value === undefined || (typeof value === 'string' && value !== '')) return value;
      fault(`expected extras.${key} to be a text, got ${JSON.stringify(value)}.`);
      return undefined;
    };
    const policy = node.extras[POLICY_KEY];
    if (policy !== undefined && !isLabelPolicy(policy)) fault(policyFault(policy));
    const category = instanceCategory(graph, node, fault);
    const copies = category === undefined ? undefined : node.copies;
    if (copies) checkCopies(copies, childrenOf(graph, index), fault);
    return {
      name,
      content: { kind: 'member', index, parent: node.parent },
      worldFromNode: node.worldFromNode,
      bounds: node.bounds,
      ...(node.joints && { joints: node.joints }),
      category,
      ...(copies && { copies }),
      keypoint: textExtra('keypoint'),
      part: textExtra('part'),
      surface: flag('surface', false),
      castShadow: flag('castShadow', true),
      receiveShadow: flag('receiveShadow', true),
    };
  });
}

function childrenOf(graph: readonly GraphNode[], parent: number): readonly GraphNode[] {
  return graph.filter((node) => node.parent === parent);
}

/** Copies share what hangs from their mesh, so that it would belong to none of them. */
function checkCopies(
  { nodeFromCopy }: NodeCopies,
  children: readonly GraphNode[],
  fault: (message: string) => void,
): void {
  const [child] = children.filter(
    ({ extras }) => extras['category'] === undefined && extras['instance'] !== true,
  );
  if (child) {
    fault(
      `each copy of its mesh is an instance, so ${JSON.stringify(child.name)}, which hangs from it, belongs to none. Hang both from a group, or label the group instead.`,
    );
  }
  if (nodeFromCopy.length > MAX_COPIES)
    fault(`expected at most ${MAX_COPIES} labelled copies, found ${nodeFromCopy.length}.`);
}

function instanceCategory(
  graph: readonly GraphNode[],
  node: GraphNode,
  fault: (message: string) => void,
): string | undefined {
  const { category, instance } = node.extras;
  if (category !== undefined && (typeof category !== 'string' || category === '')) {
    fault(`expected extras.category to be a text, got ${JSON.stringify(category)}.`);
    return undefined;
  }
  if (instance !== undefined && typeof instance !== 'boolean') {
    fault(`expected extras.instance to be true or false, got ${JSON.stringify(instance)}.`);
    return undefined;
  }
  if (category !== undefined) return instance === false ? undefined : category;
  if (instance !== true) return undefined;
  for (let above = graph[node.parent]; above; above = graph[above.parent]) {
    if (typeof above.extras['category'] === 'string') return above.extras['category'];
  }
  fault(
    'extras.instance is true, but neither it nor a node above has a category. Add extras.category.',
  );
  return undefined;
}

/** Gives each name once: the first keeps it, the next get `_2`, `_3`, …, passing over names that are taken. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const given = new Set(names);
  const used = new Set<string>();
  const counts = new Map<string, number>();
  return names.map((name) => {
    let unique = name;
    if (used.has(name)) {
      let n = counts.get(name) ?? 1;
      do unique = `${name}_${++n}`;
      while (given.has(unique) || used.has(unique));
      counts.set(name, n);
    }
    used.add(unique);
    return unique;
  });
}
