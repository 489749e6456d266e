import type { Mesh } from 'three';
import type { PlanPolicy } from '#shared/plan/frame-plan';

/**
 * A mesh of the frame with the instance that it belongs to, 0 where it has no category, and the part of
 * that instance, 0 where it is of none.
 */
export type RenderItem = Readonly<{
  mesh: Mesh;
  instanceId: number;
  partId: number;
  /** Of an instanced mesh whose copies are instances: the id of each. */
  copyIds?: readonly number[] | undefined;
  policies?: readonly PlanPolicy[] | undefined;
}>;
