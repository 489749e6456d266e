import { Matrix4, type Object3D, type Scene } from 'three';
import { RenderError } from '#shared/core/errors';
import type { Mat4 } from '#shared/core/geometry';
import type { Pose } from '#shared/core/rig';
import type { PlanShutter } from '#shared/plan/frame-plan';
import { matrixEntries } from './pinhole-camera.ts';
import type { Stage } from './stage.ts';

/** What a node of a plan became. */
export type MovedNode = Readonly<{
  object: Object3D;
  /** Poses its model; null where it has none. */
  pose: ((pose: Pose) => void) | null;
}>;

type Built = Readonly<{
  scene: Scene;
  /** In the order of the plan. */
  built: readonly MovedNode[];
  stage: Stage | null | undefined;
}>;

/** Brings everything that moves to where it is in a sub-frame, counted from 0. */
export function moveOverShutter(
  shutter: PlanShutter | undefined,
  { scene, built, stage }: Built,
  subframe: number,
): void {
  if (shutter === undefined) return;
  for (const { index, worldFromNode, poses } of shutter.nodes) {
    const node = built[index];
    if (node === undefined) throw misplaced('node', index);
    node.object.matrix.set(...matrixEntries(at(worldFromNode, subframe)));
    if (poses) node.pose?.(at(poses, subframe));
  }
  for (const { index, worldFromNode } of shutter.members) {
    if (!stage) throw misplaced('member', index);
    placeAt(stage.memberAt(index), at(worldFromNode, subframe));
  }
  scene.updateMatrixWorld(true);
}

/** Puts an object somewhere in the world, whatever carries it. */
export function placeAt(object: Object3D, worldFromObject: Mat4): void {
  object.parent?.updateWorldMatrix(true, false);
  object.matrixAutoUpdate = false;
  object.matrix.copy(new Matrix4().set(...matrixEntries(worldFromObject)));
  if (object.parent) object.matrix.premultiply(object.parent.matrixWorld.clone().invert());
}

function at<T>(steps: readonly T[], subframe: number): T {
  const step = steps[subframe];
  if (step !== undefined) return step;
  throw new RenderError(
    'internal',
    `expected a pose for sub-frame ${subframe}, found ${steps.length}`,
  );
}

function misplaced(what: string, index: number): RenderError {
  return new RenderError('internal', `the shutter moves ${what} ${index}, which the plan lacks`);
}
