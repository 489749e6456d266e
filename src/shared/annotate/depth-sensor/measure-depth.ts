import { AnnotationError } from '../../core/errors.ts';
import type { FramePlan } from '../../plan/frame-plan.ts';
import type { GBuffers } from '../annotations.ts';
import { depthPixels } from './depth-pixels.ts';
import { matchedDepth } from './matched-depth.ts';
import { phaseDepth } from './phase-depth.ts';
import { pixelChance } from './pixel-chance.ts';

/** The stream of a pixel's chance that decides on holes for no reason. */
const DROPOUT = 5;

/**
 * The depth image that the frame's depth sensor measures; the true depth stays as it is. All chance is a
 * hash of (seed, frame, pixel).
 * @returns [H, W] planar depth, metres, 0 = a hole.
 * @throws AnnotationError where the plan has no depth sensor, or the page sent no normals.
 */
export function measureDepth(
  { frame, depthSensor, camera }: Pick<FramePlan, 'frame' | 'depthSensor' | 'camera'>,
  buffers: GBuffers,
): Float32Array {
  const { normal } = buffers;
  if (depthSensor === undefined || normal === undefined) {
    const lacking = depthSensor === undefined ? 'a depth sensor in the plan' : 'normals';
    throw new AnnotationError(`frame ${frame}: measured depth: expected ${lacking}, found none.`);
  }
  const { sensor, noiseKey, surfaceKey } = depthSensor;
  const { intrinsics } = camera;
  const pixels = depthPixels({ ...buffers, normal }, intrinsics);
  const chance = pixelChance(noiseKey);
  const measured =
    sensor.kind === 'time-of-flight'
      ? phaseDepth(pixels, sensor, { chance, surfaceKey })
      : matchedDepth(pixels, sensor, { chance, intrinsics });
  const { nearMeters, farMeters, dropout } = sensor;
  return Float32Array.from(measured, (z, i) => {
    const isMeasured = z >= nearMeters && z <= farMeters;
    return isMeasured && !(dropout > 0 && chance.uniform(i, DROPOUT) < dropout) ? z : 0;
  });
}
