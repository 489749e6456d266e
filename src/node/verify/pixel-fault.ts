/** How pixels are compared: what a value is called, and how many a pixel has. */
export type PixelComparison = Readonly<{ width: number; what: string; channels?: number }>;

/** The first of the pixels that are not what they must be, and how many they are; null where all are. */
export function pixelFault(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  { width, what, channels = 1 }: PixelComparison,
): string | null {
  let first = -1;
  let count = 0;
  for (let i = 0; i < expected.length / channels; i++) {
    let same = true;
    for (let at = i * channels; at < (i + 1) * channels; at++) {
      if (found[at] !== expected[at]) same = false;
    }
    if (same) continue;
    if (count++ === 0) first = i;
  }
  if (count === 0) return null;
  const valueOf = (values: ArrayLike<number>): string =>
    Array.from({ length: channels }, (_, c) => values[first * channels + c]).join(', ');
  const where = `pixel (${first % width}, ${Math.floor(first / width)})`;
  const others = count === 1 ? '' : ` (${count} such pixels)`;
  return `${where}: expected ${what} ${valueOf(expected)}, found ${valueOf(found)}${others}.`;
}
