/** PCG3D of Jarzynski and Olano, in 32-bit whole numbers: the page's lattice hash, written anew. */
function hash(a: number, b: number, c: number): number {
  const step = (v: number): number => (Math.imul(v, 1664525) + 1013904223) | 0;
  let [x, y, z] = [step(a), step(b), step(c)];
  x = (x + Math.imul(y, z)) | 0;
  y = (y + Math.imul(z, x)) | 0;
  z = (z + Math.imul(x, y)) | 0;
  x ^= x >>> 16;
  y ^= y >>> 16;
  z ^= z >>> 16;
  return (x + Math.imul(y, z)) >>> 0;
}

/** Distance to the nearest of the points of cellular noise, over all of them, in cells; u, v in 0..1. */
export function nearestPoint(
  { cells, seed }: Readonly<{ cells: number; seed: number }>,
  u: number,
  v: number,
): number {
  let nearest = Infinity;
  for (let j = -cells; j < 2 * cells; j++) {
    for (let i = -cells; i < 2 * cells; i++) {
      const h = hash((i + cells) % cells, (j + cells) % cells, seed);
      const x = i + (h & 65535) / 65535;
      const y = j + (h >>> 16) / 65535;
      nearest = Math.min(nearest, Math.hypot(x - u * cells, y - v * cells));
    }
  }
  return nearest;
}
