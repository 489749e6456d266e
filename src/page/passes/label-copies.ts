import type { Matrix4 } from 'three';
import type { Rect } from './project-box.ts';

/** Vectors of four numbers that the label shader reads of each copy. */
export const COPY_VECTORS = 5;

/** The most copies that are drawn at once: with them, 200 of the 256 uniform vectors that WebGL 2 has at least are taken. */
export const MOST_COPIES = 40;

/** One of the meshes that are drawn at once. */
export type LabelCopy = Readonly<{
  /** To three's camera's frame. */
  cameraFromMesh: Matrix4;
  /** +1: front faces are seen, −1: back faces, 0: both. */
  facing: number;
  partId: number;
  instanceId: number;
  tile?: CopyTile | undefined;
}>;

/** Where a silhouette is in the image, and where it is drawn in the target; without one, the target is the image. */
export type CopyTile = Readonly<{ inImage: Rect; inTarget: readonly [number, number] }>;

/**
 * What the label shader reads of copies, [copies, {@link COPY_VECTORS}, 4]: the columns of the matrix, of which only three
 * rows say something; in the place of the fourth the facing, then part and instance, or where the target begins in the
 * tile's image; last the tile's limits in the target. Ids have 16 bits, which float32 holds as they are.
 */
export function copyVectors(copies: readonly LabelCopy[]): Float32Array {
  const vectors = new Float32Array(copies.length * COPY_VECTORS * 4);
  for (const [at, { cameraFromMesh, facing, partId, instanceId, tile }] of copies.entries()) {
    const place = at * COPY_VECTORS * 4;
    vectors.set(cameraFromMesh.elements, place);
    const [x, y] = tile?.inTarget ?? [0, 0];
    const [left, top, width, height] = tile?.inImage ?? [0, 0, 0, 0];
    const [first, second] = tile ? [left - x, top - y] : [partId, instanceId];
    vectors[place + 3] = facing;
    vectors[place + 7] = first;
    vectors[place + 11] = second;
    vectors.set([x, y, x + width, y + height], place + 16);
  }
  return vectors;
}
