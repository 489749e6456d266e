/** A height map as a vertex shader reads it: the base level, with the filter of magnification. */
export type HeightMap = Readonly<{
  width: number;
  height: number;
  /** Heights by row from v = 0, as numbers of their own kind. */
  values: ArrayLike<number>;
  /** Values from one texel to the next; the first is the height. */
  channels: number;
  /** What a value counts: 1/255 for bytes. */
  unit: number;
  wrap: readonly [across: Wrap, along: Wrap];
  linear: boolean;
  /** Takes (u, v, 1) to texture coordinates: three rows of two, column by column (`Matrix3.elements`). */
  transform: readonly number[];
}>;

export type Wrap = 'repeat' | 'clamp' | 'mirror';

/** A vector for each vertex, as three.js's attributes give them. */
export type Column = Readonly<{
  count: number;
  getX: (index: number) => number;
  getY: (index: number) => number;
  getZ: (index: number) => number;
}>;

/**
 * Height at texture coordinates: the texel, or the mean of the four around by nearness of their centres
 * (OpenGL ES 3.0 §3.8.10).
 */
export function heightAt(map: HeightMap, u: number, v: number): number {
  const [a = NaN, b = NaN, , c = NaN, d = NaN, , e = NaN, f = NaN] = map.transform;
  const x = (a * u + c * v + e) * map.width;
  const y = (b * u + d * v + f) * map.height;
  const texel = (column: number, row: number): number => {
    const at = wrapped(row, map.height, map.wrap[1]) * map.width;
    const value = map.values[(at + wrapped(column, map.width, map.wrap[0])) * map.channels];
    return (value ?? NaN) * map.unit;
  };
  if (!map.linear) return texel(Math.floor(x), Math.floor(y));
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [right, down] = [x - 0.5 - left, y - 0.5 - top];
  const upper = texel(left, top) * (1 - right) + texel(left + 1, top) * right;
  const lower = texel(left, top + 1) * (1 - right) + texel(left + 1, top + 1) * right;
  return upper * (1 - down) + lower * down;
}

/**
 * Positions of vertices that a height map moves along their normals, by height · `scale` + `bias`, in the
 * units of the positions: three numbers each, as float32.
 */
export function displacedPositions(
  { positions, normals, uvs }: Readonly<Record<'positions' | 'normals' | 'uvs', Column>>,
  { map, scale, bias }: Readonly<{ map: HeightMap; scale: number; bias: number }>,
): Float32Array {
  const out = new Float32Array(positions.count * 3);
  for (let i = 0; i < positions.count; i++) {
    const [x, y, z] = [normals.getX(i), normals.getY(i), normals.getZ(i)];
    const length = Math.sqrt(x * x + y * y + z * z);
    const by = (heightAt(map, uvs.getX(i), uvs.getY(i)) * scale + bias) / (length || 1);
    out[i * 3] = positions.getX(i) + x * by;
    out[i * 3 + 1] = positions.getY(i) + y * by;
    out[i * 3 + 2] = positions.getZ(i) + z * by;
  }
  return out;
}

function wrapped(index: number, size: number, wrap: Wrap): number {
  const within = (count: number): number => ((index % count) + count) % count;
  if (wrap === 'repeat') return within(size);
  if (wrap === 'clamp') return Math.min(Math.max(index, 0), size - 1);
  const at = within(2 * size);
  return at < size ? at : 2 * size - 1 - at;
}
