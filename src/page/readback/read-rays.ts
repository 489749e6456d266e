import type { WebGLRenderer, WebGLRenderTarget } from 'three';
import type { RayBuffers } from '#shared/annotate/annotations';
import { readDepth, readIds, readNormals } from './read-frame.ts';
import { requireHealthy } from './require-healthy.ts';

/**
 * What was drawn along rays: ids, distances, and how much of the surface faces back.
 * @param labels a target of labels with normals, a pixel a ray.
 * @param directions [N, 3] unit vectors, in the frame of the normals.
 */
export function readRays(
  renderer: WebGLRenderer,
  labels: WebGLRenderTarget,
  directions: Float64Array,
): RayBuffers {
  const gl = renderer.getContext() as WebGL2RenderingContext;
  renderer.setRenderTarget(labels);
  const { instanceId } = readIds(gl, labels, false);
  const range = readDepth(gl, labels);
  const normal = readNormals(gl, labels);
  gl.readBuffer(gl.COLOR_ATTACHMENT0);
  requireHealthy(gl);
  const facing = new Float32Array(range.length);
  for (let ray = 0, i = 0; ray < facing.length; ray++, i += 3) {
    const along =
      normal[i]! * directions[i]! +
      normal[i + 1]! * directions[i + 1]! +
      normal[i + 2]! * directions[i + 2]!;
    facing[ray] = Math.min(1, Math.max(0, -along));
  }
  return { instanceId, range, facing };
}
