import type { Quaternion, Vector3 } from 'three';
import { Mesh, type Object3D } from 'three';
import type { GLTF } from 'three/examples/jsm/loaders/GLTFLoader.js';
import { RenderError } from '#shared/core/errors';
import type { PlanNode } from '#shared/plan/frame-plan';
import { copiedNodes } from './model-nodes.ts';

/** A node of a copy as its file stores it. */
type Stored = Readonly<{
  object: Object3D;
  position: Vector3;
  quaternion: Quaternion;
  scale: Vector3;
  /** The meshes of the node, with the weights of their morph targets. */
  meshes: readonly Readonly<{ mesh: Mesh; weights: readonly number[] }>[];
}>;

/** Poses copies of models, which are used again from frame to frame: each begins as its file stores it. */
export class ModelPoses {
  readonly #stored = new WeakMap<Object3D, readonly Stored[]>();

  /**
   * Gives a copy the pose of the plan, or that of the file.
   * @throws RenderError where the model has no such node or morph target.
   */
  set(gltf: GLTF, copy: Object3D, { name, pose }: Extract<PlanNode, { kind: 'model' }>): void {
    if (!pose && !this.#stored.has(copy)) return;
    const stored = this.#stored.get(copy) ?? copiedNodes(gltf, copy).map(storedOf);
    this.#stored.set(copy, stored);
    for (const node of stored) restore(node);
    const nodeAt = (index: number): Stored => {
      const found = stored[index];
      if (found) return found;
      throw new RenderError(
        'asset',
        `"${name}": expected a node ${index} to pose, found ${stored.length} nodes`,
      );
    };
    for (const { node, translation, rotation, scale } of pose?.nodes ?? []) {
      const { object } = nodeAt(node);
      object.position.set(...translation);
      const [w, x, y, z] = rotation;
      object.quaternion.set(x, y, z, w);
      object.scale.set(...scale);
    }
    for (const { node, weights } of pose?.weights ?? []) {
      for (const { mesh } of nodeAt(node).meshes) setWeights(mesh, weights, name);
    }
  }
}

function storedOf(object: Object3D): Stored {
  // The meshes of a node with several primitives are children that the loader adds.
  const meshes = [object, ...object.children].filter(
    (each): each is Mesh => each instanceof Mesh && (each === object || !('isBone' in object)),
  );
  return {
    object,
    position: object.position.clone(),
    quaternion: object.quaternion.clone(),
    scale: object.scale.clone(),
    meshes: meshes
      .filter(({ morphTargetInfluences }) => morphTargetInfluences !== undefined)
      .map((mesh) => ({ mesh, weights: [...(mesh.morphTargetInfluences ?? [])] })),
  };
}

function restore({ object, position, quaternion, scale, meshes }: Stored): void {
  object.position.copy(position);
  object.quaternion.copy(quaternion);
  object.scale.copy(scale);
  for (const { mesh, weights } of meshes) mesh.morphTargetInfluences = [...weights];
}

function setWeights(mesh: Mesh, weights: readonly number[], name: string): void {
  const count = mesh.morphTargetInfluences?.length ?? 0;
  if (count !== weights.length)
    throw new RenderError(
      'asset',
      `"${name}": expected ${count} weights of morph targets, found ${weights.length}`,
    );
  mesh.morphTargetInfluences = [...weights];
}
