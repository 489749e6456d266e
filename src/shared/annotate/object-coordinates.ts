import type { Intrinsics } from '../core/geometry.ts';
import { invertAffine } from '../core/matrix.ts';
import { pixelRays } from '../core/pixel-rays.ts';
import type { GBuffers, InstanceAnnotation } from './annotations.ts';

/** Numbers of one instance in the table: three rows of four. */
const STRIDE = 12;

/** What object coordinates are made from: an id image without dropped instances, and its depth. */
export type LabelledDepth = Pick<GBuffers, 'width' | 'height' | 'instanceId' | 'depth'>;

/**
 * Where in its object's box each pixel lies, 0..1 along each axis of the object (normalised object
 * coordinates): ((R⁻¹·(p − t)) / scale − min) / (max − min), p being the pixel lifted into the camera's
 * frame by its depth, R and t those of the pose, min and max the bounds before scale. So the sides of a mirrored
 * object keep their numbers. Along an axis without extent it is 0.5; what rounding puts outside of the box is
 * put on its side.
 * @returns [H, W, 3]; 0 without an instance, and for instances without bounds.
 */
export function objectCoordinates(
  { width, height, instanceId, depth }: LabelledDepth,
  intrinsics: Intrinsics,
  instances: readonly InstanceAnnotation[],
): Float32Array {
  const { table, known } = buildTable(instances);
  const rays = pixelRays(intrinsics, { width, height });
  const coordinates = new Float32Array(width * height * 3);
  for (let v = 0, at = 0; v < height; v++) {
    for (let u = 0; u < width; u++, at++) {
      const id = instanceId[at]!;
      if (known[id] !== 1) continue;
      const z = depth[at]!;
      const x = rays.x(u, v) * z;
      const y = rays.y(u, v) * z;
      for (let axis = 0; axis < 3; axis++) {
        const row = id * STRIDE + axis * 4;
        const value = table[row]! * x + table[row + 1]! * y + table[row + 2]! * z + table[row + 3]!;
        coordinates[at * 3 + axis] = Math.min(1, Math.max(0, value));
      }
    }
  }
  return coordinates;
}

/** Coordinates as 16-bit numbers: round(c·65535), halves rounded up. */
export function coordinatesTo16Bit(coordinates: Float32Array): Uint16Array {
  return Uint16Array.from(coordinates, (value) => Math.floor(value * 65535 + 0.5));
}

/** Maps from the camera's frame to each box, and which ids have one. */
function buildTable(
  instances: readonly InstanceAnnotation[],
): Readonly<{ table: Float64Array; known: Uint8Array }> {
  const highest = instances.reduce((most, { instanceId }) => Math.max(most, instanceId), 0);
  const table = new Float64Array((highest + 1) * STRIDE);
  const known = new Uint8Array(65536);
  for (const { instanceId, cameraFromObject, scale, bounds } of instances) {
    if (bounds === null) continue;
    known[instanceId] = 1;
    const objectFromCamera = invertAffine(cameraFromObject);
    for (const axis of [0, 1, 2] as const) {
      const row = instanceId * STRIDE + axis * 4;
      const extent = bounds.max[axis] - bounds.min[axis];
      if (extent === 0) {
        table[row + 3] = 0.5;
        continue;
      }
      for (let column = 0; column < 4; column++) {
        table[row + column] = objectFromCamera[axis * 4 + column]! / scale[axis] / extent;
      }
      table[row + 3]! -= bounds.min[axis] / extent;
    }
  }
  return { table, known };
}
