import { pixelRays } from '../core/pixel-rays.ts';
import type { Check } from './frame-under-test.ts';
import { contradiction, pixelAt } from './frame-under-test.ts';

/** How far a normal's length may be from 1, and how far past a right angle it may turn away (cosine). */
const LENGTH_TOLERANCE = 1e-4;
const FACING_TOLERANCE = 1e-3;
/** How far half a step of each component moves the end of a vector, as a share of the step. */
const HALF_STEPS = Math.sqrt(3) / 2;

/**
 * Normals are unit vectors exactly where there is a depth, and never turn away from the camera
 * (labels.md §6). Frames without normals are not judged. Lengths and depth must have been checked; a depth that
 * is absent is not asked for.
 * @throws AnnotationError
 */
export function checkNormals(check: Check): void {
  const { width, height, depth, normal } = check.frame.buffers;
  if (normal === undefined) return;
  const rays = pixelRays(check.frame.camera.intrinsics, { width, height });
  const { source, depthStepMeters, absent = [], normalStep = 0 } = check.options;
  const rounding = normalStep * HALF_STEPS;
  // A 16-bit depth file holds 0 where a surface is beyond its reach.
  const mayLackDepth = absent.includes('depth') || (source === 'files' && depthStepMeters !== 0);
  for (let v = 0, at = 0; v < height; v++) {
    for (let u = 0; u < width; u++, at++) {
      const [nx, ny, nz] = [
        normal[at * 3] ?? NaN,
        normal[at * 3 + 1] ?? NaN,
        normal[at * 3 + 2] ?? NaN,
      ];
      const length = Math.sqrt(nx * nx + ny * ny + nz * nz);
      const expected = depth[at] === 0 && !(mayLackDepth && length > 0) ? 0 : 1;
      if (!(Math.abs(length - expected) <= LENGTH_TOLERANCE + rounding)) {
        const text = `expected a vector of length ${expected} where depth is ${depth[at]} m`;
        throw contradiction(
          check,
          `normals: ${pixelAt(check, at)}: ${text}, found (${nx}, ${ny}, ${nz}).`,
        );
      }
      const [x, y, z] = [rays.x(u, v), rays.y(u, v), rays.z(u, v)];
      const away = (nx * x + ny * y + nz * z) / Math.sqrt(x * x + y * y + z * z);
      // Without a number where there is no ray, and no normal then.
      if (!(away > FACING_TOLERANCE + rounding)) continue;
      throw contradiction(
        check,
        `normals: ${pixelAt(check, at)}: expected a normal towards the camera, found (${nx}, ${ny}, ${nz}), ` +
          `whose cosine with the ray is ${away}.`,
      );
    }
  }
}
