import { mixPair } from '../../sampling/mix-bits.ts';
import { normalQuantile } from '../../sampling/normal-quantile.ts';

/** Random numbers of pixels: a hash of (key, pixel, stream), whatever is asked for before. */
export type PixelChance = Readonly<{
  /** In (0, 1). */
  uniform: (pixel: number, stream: number) => number;
  /** Mean 0, variance 1. */
  normal: (pixel: number, stream: number) => number;
}>;

/** The chance of a frame's pixels. @param key 32 bits. */
export function pixelChance(key: number): PixelChance {
  const uniform = (pixel: number, stream: number): number =>
    (mixPair(mixPair(pixel, key), stream) + 0.5) / 2 ** 32;
  return { uniform, normal: (pixel, stream) => normalQuantile(uniform(pixel, stream)) };
}
