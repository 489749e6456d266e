import { AnnotationError } from '../core/errors.ts';

/** Largest depth that a 16-bit file can hold, millimetres. */
export const MAX_MILLIMETRES = 65535;

/** First depth, in millimetres before rounding, that would round past {@link MAX_MILLIMETRES}. */
const FIRST_BEYOND = MAX_MILLIMETRES + 0.5;

/** Depth as a 16-bit file holds it. */
export type MillimetreDepth = Readonly<{
  /** [H, W], 0 = nothing there, or beyond. */
  millimetres: Uint16Array;
  /** Pixels with a surface beyond 65.535 m, written as 0 (labels.md §6). */
  beyond: number;
}>;

/**
 * Metres to whole millimetres, halves rounded up (labels.md §6).
 *
 * A surface closer than half a millimetre would become 0, which means "nothing there"; rounding it up
 * to 1 would put it where it is not. Neither is done: it is an error, and float depth can hold it.
 * @param depth planar depth in metres, 0 = nothing there.
 * @param millimetres where they are written, as long as the depth.
 * @throws AnnotationError for a depth that is negative, not finite, or above 0 and below 0.5 mm.
 */
export function depthToMillimetres(
  depth: Float32Array,
  millimetres = new Uint16Array(depth.length),
): MillimetreDepth {
  let beyond = 0;
  for (let i = 0; i < depth.length; i++) {
    const value = depth[i]! * 1000;
    if (value >= 0.5 && value < FIRST_BEYOND) {
      millimetres[i] = Math.floor(value + 0.5);
      continue;
    }
    millimetres[i] = 0;
    if (value >= FIRST_BEYOND && value < Infinity) beyond++;
    else if (value !== 0) throw badDepth(depth[i]!, i);
  }
  return { millimetres, beyond };
}

/** Whether {@link depthToMillimetres} would write 0 for a surface at this depth in metres. */
export const isBeyond16Bit = (meters: number): boolean => meters * 1000 >= FIRST_BEYOND;

/** Pixels that {@link depthToMillimetres} would write as 0 although there is a surface beyond 65.535 m. */
export function countBeyond16Bit(depth: Float32Array): number {
  let beyond = 0;
  for (let i = 0; i < depth.length; i++) if (isBeyond16Bit(depth[i]!)) beyond++;
  return beyond;
}

/** Pixels whose depth is so near the limit that a rounding of so many metres may have moved it across. */
export function countNear16BitLimit(depth: Float32Array, meters: number): number {
  let near = 0;
  for (let i = 0; i < depth.length; i++) {
    if (Math.abs(depth[i]! * 1000 - FIRST_BEYOND) <= meters * 1000) near++;
  }
  return near;
}

function badDepth(meters: number, index: number): AnnotationError {
  const advice =
    meters > 0
      ? ' Raise camera.nearMeters to 0.0005 or more, or set outputs.depth.png to false and outputs.depth.float to exr or npz.'
      : '';
  return new AnnotationError(
    `depth: pixel number ${index}: expected 0 or 0.0005 m and more in a 16-bit depth file, found ${meters} m.${advice}`,
  );
}
