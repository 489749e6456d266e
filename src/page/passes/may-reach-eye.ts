import { Matrix4, type Sphere } from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import { matrixEntries } from '../scene/pinhole-camera.ts';
import { EYE_METERS } from './label-shader.ts';

/** Twice what the shader tells by, for what it rounds. */
const NEAR_METERS = 2 * EYE_METERS;

/**
 * Whether a mesh may have a corner so near to the plane of the eye, or behind it, that the label shader must draw it
 * with ACROSS_EYE, which costs llvmpipe a tenth of the pass.
 * @param bounds in the mesh's own frame; null: unknown.
 */
export function mayReachEye(
  bounds: Sphere | null,
  matrixWorld: Matrix4,
  { worldFromCamera }: Pick<FramePlan['camera'], 'worldFromCamera'>,
): boolean {
  if (bounds === null) return true;
  const cameraFromMesh = new Matrix4()
    .set(...matrixEntries(worldFromCamera))
    .invert()
    .multiply(matrixWorld);
  // The row of depths: along OpenCV's z. Whatever the matrix does, a ball's depths differ by its length at most.
  const [x = NaN, y = NaN, z = NaN, origin = NaN] = [2, 6, 10, 14].map(
    (entry) => cameraFromMesh.elements[entry],
  );
  const { center, radius } = bounds;
  const depth = x * center.x + y * center.y + z * center.z + origin;
  return !(depth - radius * Math.hypot(x, y, z) > NEAR_METERS);
}
