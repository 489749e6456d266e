import type { Object3D } from 'three';
import { RenderError } from '#shared/core/errors';
import type { PlanStage } from '#shared/plan/frame-plan';
import type { AssetLoader } from '../assets/asset-loader.ts';
import { bakeDisplacement } from './bake-displacement.ts';
import { modelNodes } from './model-nodes.ts';
import { requirePlainDrawing } from './require-plain-drawing.ts';

type Rest = Readonly<{ visible: boolean; matrixAutoUpdate: boolean; matrix: readonly number[] }>;

/** A glTF or code scene in the page, whose members plans name by their place in a depth-first walk. */
export type Stage = Readonly<{
  root: Object3D;
  /** The object of a member. */
  memberAt: (index: number) => Object3D;
  /** Puts every object back to where and how the scene has it. */
  reset: () => void;
}>;

/** Loads a stage and checks that its walk has as many members as Node counted. */
export async function loadStage(assets: AssetLoader, plan: PlanStage): Promise<Stage> {
  const { root, members } =
    plan.kind === 'code' ? await codeMembers(assets, plan) : await gltfMembers(assets, plan);
  if (members.length !== plan.nodeCount) {
    throw new RenderError(
      'asset',
      `the scene has ${members.length} nodes in the page but ${plan.nodeCount} in Node; its build must not depend on where it runs`,
    );
  }
  const rests = new Map<Object3D, Rest>();
  root.updateMatrixWorld(true);
  root.traverse((object) => {
    const { visible, matrixAutoUpdate, matrix } = object;
    rests.set(object, { visible, matrixAutoUpdate, matrix: matrix.toArray() });
  });
  return {
    root,
    memberAt: (index) => {
      const member = members[index];
      if (member) return member;
      throw new RenderError(
        'internal',
        `the scene has no member ${index}; it has ${members.length}`,
      );
    },
    reset: () => {
      for (const [object, rest] of rests) {
        object.visible = rest.visible;
        object.matrixAutoUpdate = rest.matrixAutoUpdate;
        object.matrix.fromArray(rest.matrix);
      }
    },
  };
}

type Members = Readonly<{ root: Object3D; members: readonly Object3D[] }>;

async function codeMembers(assets: AssetLoader, { resource }: PlanStage): Promise<Members> {
  const root = await assets.buildCodeScene(resource);
  requirePlainDrawing(root);
  bakeDisplacement(root);
  const members: Object3D[] = [];
  root.traverse((object) => members.push(object));
  return { root, members };
}

async function gltfMembers(assets: AssetLoader, { resource }: PlanStage): Promise<Members> {
  const gltf = await assets.readModel(resource);
  return { root: gltf.scene, members: [gltf.scene, ...modelNodes(gltf)] };
}
