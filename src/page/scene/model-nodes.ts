import type { Object3D } from 'three';
import type { GLTF } from 'three/examples/jsm/loaders/GLTFLoader.js';
import { RenderError } from '#shared/core/errors';
import type { PlanNode } from '#shared/plan/frame-plan';

/**
 * The objects of a loaded model's nodes, depth first in the order of the file: glTF nodes alone count, as
 * the loader adds a root and, for meshes of several primitives, children.
 */
export function modelNodes({ scene, parser }: GLTF): readonly Object3D[] {
  const nodes: Object3D[] = [];
  scene.traverse((object) => {
    const association = parser.associations.get(object) as { nodes?: number } | undefined;
    if (object !== scene && association?.nodes !== undefined) nodes.push(object);
  });
  return nodes;
}

/** {@link modelNodes} of a copy of a model. */
export function copiedNodes(gltf: GLTF, copy: Object3D): readonly Object3D[] {
  const places = new Map<Object3D, number>();
  gltf.scene.traverse((object) => places.set(object, places.size));
  const copies: Object3D[] = [];
  copy.traverse((object) => copies.push(object));
  return modelNodes(gltf).flatMap((source) => copies[places.get(source) ?? -1] ?? []);
}

/**
 * Part ids by object of a copy of a model: those of the plan, whose nodes are places in the file's walk.
 * @throws RenderError where the model has no such node.
 */
export function markParts(
  gltf: GLTF,
  copy: Object3D,
  { name, parts = [] }: Extract<PlanNode, { kind: 'model' }>,
): ReadonlyMap<Object3D, number> {
  if (parts.length === 0) return new Map();
  const nodes = copiedNodes(gltf, copy);
  return new Map(
    parts.map(({ node, partId }) => {
      const object = nodes[node];
      if (object) return [object, partId] as const;
      throw new RenderError(
        'asset',
        `"${name}": expected a node ${node} for a part, found ${nodes.length} nodes`,
      );
    }),
  );
}

/** Id of the innermost part that an object belongs to, from itself upwards; 0 for none. */
export function partAbove(object: Object3D, parts: ReadonlyMap<Object3D, number>): number {
  if (parts.size === 0) return 0;
  for (let above: Object3D | null = object; above; above = above.parent) {
    const partId = parts.get(above);
    if (partId !== undefined) return partId;
  }
  return 0;
}
