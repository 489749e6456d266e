import type { Size } from '#shared/core/geometry';
import { encodeExr } from './encode-exr.ts';
import { encodeNpz } from './encode-npz.ts';

/** A label image of float32 numbers. */
export type FloatImage = Size &
  Readonly<{
    /** [H, W] or [H, W, channels], rows from the top. */
    values: Float32Array;
    /** Name of the array in `.npz`. */
    array: string;
    /** Names of the channels in `.exr`, along the last axis. */
    channels: readonly string[];
  }>;

/** Writes a float image in the form that the config asks for. */
export function encodeFloatImage(image: FloatImage, format: 'exr' | 'npz'): Uint8Array {
  const { width, height, values, array, channels } = image;
  if (format === 'exr') return encodeExr(values, { width, height }, channels);
  const shape = channels.length === 1 ? [height, width] : [height, width, channels.length];
  return encodeNpz({ [array]: { values, shape } });
}
