import { textureDistance } from './describe-texture.ts';

/**
 * Goes through descriptors in order, keeping each that is at least `least` from all that were kept: what was
 * kept can be told apart, any two of it. `alike`: what was not kept, by index; `nearest`: the distance of each
 * to its nearest neighbour among all.
 */
export function findLookAlikes(
  descriptors: readonly Float32Array[],
  least: number,
): Readonly<{ alike: readonly number[]; nearest: readonly number[] }> {
  const nearest = descriptors.map(() => Infinity);
  const alike: number[] = [];
  const isKept = descriptors.map(() => true);
  for (const [i, a] of descriptors.entries()) {
    let closest = Infinity;
    for (let j = 0; j < i; j++) {
      const distance = textureDistance(a, descriptors[j] ?? a);
      nearest[i] = Math.min(nearest[i] ?? Infinity, distance);
      nearest[j] = Math.min(nearest[j] ?? Infinity, distance);
      if (isKept[j]) closest = Math.min(closest, distance);
    }
    isKept[i] = closest >= least;
    if (!isKept[i]) alike.push(i);
  }
  return { alike, nearest };
}
