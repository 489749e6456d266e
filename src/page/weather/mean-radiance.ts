import { DataUtils, FloatType, HalfFloatType, type Texture } from 'three';
import { RenderError } from '#shared/core/errors';
import type { LinearRgb } from '#shared/core/geometry';

const KNOWN = new WeakMap<Texture, LinearRgb>();

type Image = Readonly<{ data: ArrayLike<number>; width: number; height: number }>;

/** Mean radiance over all directions of an equirectangular map whose texels are at hand, linear RGB. */
export function meanRadiance(map: Texture): LinearRgb {
  const known = KNOWN.get(map);
  if (known) return known;
  const decode = decoderOf(map);
  const { data, width, height } = map.image as Image;
  const stride = data.length / (width * height);
  const sum: [number, number, number] = [0, 0, 0];
  let weights = 0;
  for (let row = 0; row < height; row++) {
    // The solid angle of a texel: sin of the polar angle.
    const weight = Math.sin(((row + 0.5) / height) * Math.PI);
    weights += weight * width;
    for (let column = 0; column < width; column++) {
      const at = (row * width + column) * stride;
      for (const channel of [0, 1, 2] as const)
        sum[channel] += weight * decode(data[at + channel] ?? 0);
    }
  }
  const mean: LinearRgb = [sum[0] / weights, sum[1] / weights, sum[2] / weights];
  KNOWN.set(map, mean);
  return mean;
}

function decoderOf({ type }: Texture): (value: number) => number {
  if (type === HalfFloatType) return (value) => DataUtils.fromHalfFloat(value);
  if (type === FloatType) return (value) => value;
  throw new RenderError('unsupported', `a map of three's type ${type} has no radiances to read`);
}
