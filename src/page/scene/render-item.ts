import type { Mesh } from 'three';

/** A mesh of the frame and the instance that it belongs to; 0 where it has no category. */
export type RenderItem = Readonly<{ mesh: Mesh; instanceId: number }>;
