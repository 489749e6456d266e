import type { Intrinsics } from '../../core/geometry.ts';
import { acos } from '../../core/portable-math.ts';
import { pixelRays } from '../../core/pixel-rays.ts';
import type { GBuffers } from '../annotations.ts';

/** What a depth sensor sees: rows from the top (labels.md §1). */
export type DepthPixels = Readonly<{
  width: number;
  height: number;
  /** [H, W] planar depth, metres, 0 = nothing. */
  depth: Float32Array;
  /** [H, W] length of the pixel's ray to depth 1. */
  rayLength: Float64Array;
  /** [H, W] cosine of the angle between the surface's normal and the way back to the camera; 0 = nothing. */
  facing: Float64Array;
  /** [H, W]. */
  instanceId: Uint16Array;
}>;

/** The geometry that a sensor sees in a frame. @param buffers with normals. */
export function depthPixels(
  { width, height, depth, instanceId, normal }: GBuffers & Readonly<{ normal: Float32Array }>,
  intrinsics: Intrinsics,
): DepthPixels {
  const rays = pixelRays(intrinsics, { width, height });
  const rayLength = new Float64Array(depth.length);
  const facing = new Float64Array(depth.length);
  for (let v = 0, i = 0; v < height; v++) {
    for (let u = 0; u < width; u++, i++) {
      const [x, y] = [rays.x(u, v), rays.y(u, v)];
      const length = Math.sqrt(1 + x * x + y * y);
      const along = normal[i * 3]! * x + normal[i * 3 + 1]! * y + normal[i * 3 + 2]!;
      rayLength[i] = length;
      facing[i] = Math.min(1, Math.max(0, -along / length));
    }
  }
  return { width, height, depth, rayLength, facing, instanceId };
}

/** Angle between normal and ray at each pixel, radians. @returns [H, W]. */
export const incidences = ({ facing }: DepthPixels): Float64Array =>
  Float64Array.from(facing, (cosine) => acos(cosine));

/** How flat a surface is seen: θ / (π/2 − θ), 0 where it faces the camera. */
export const slopeOf = (incidence: number): number => incidence / (Math.PI / 2 - incidence);
