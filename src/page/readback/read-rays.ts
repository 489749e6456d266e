import type { WebGLRenderTarget } from 'three';
import type { RayBuffers } from '#shared/annotate/annotations';
import type { Arriving } from './pixel-reads.ts';
import { readDepth, readIds, readNormals, type Reader } from './read-frame.ts';

/**
 * What was drawn along rays: ids, distances, and how much of the surface faces back.
 * @param labels a target of labels with normals, a pixel a ray.
 * @param directions [N, 3] unit vectors, in the frame of the normals.
 */
export function readRays(
  { renderer, reads }: Reader,
  labels: WebGLRenderTarget,
  directions: Float64Array,
): Arriving<RayBuffers> {
  const gl = renderer.getContext() as WebGL2RenderingContext;
  renderer.setRenderTarget(labels);
  const ids = readIds({ gl, reads }, labels, false);
  const ranges = readDepth({ gl, reads }, labels);
  const normals = readNormals({ gl, reads }, labels);
  gl.readBuffer(gl.COLOR_ATTACHMENT0);
  return () => {
    const range = ranges();
    return { instanceId: ids().instanceId, range, facing: facingOf(normals(), directions) };
  };
}

/** [N]: how much of each surface faces back along its ray, the cosine, at least 0. */
function facingOf(normal: Float32Array, directions: Float64Array): Float32Array {
  const facing = new Float32Array(normal.length / 3);
  for (let ray = 0, i = 0; ray < facing.length; ray++, i += 3) {
    const along =
      normal[i]! * directions[i]! +
      normal[i + 1]! * directions[i + 1]! +
      normal[i + 2]! * directions[i + 2]!;
    facing[ray] = Math.min(1, Math.max(0, -along));
  }
  return facing;
}
