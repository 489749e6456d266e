/**
 * Unit normals as 8-bit colours: round((n·0.5+0.5)·255), halves rounded up; 0, 0, 0 where nothing is, which
 * no unit vector becomes (labels.md §6).
 * @param normal [H, W, 3], camera axes, 0 where nothing is.
 * @returns [H, W, 3].
 */
export function normalsToRgb(normal: Float32Array): Uint8Array {
  const rgb = new Uint8Array(normal.length);
  for (let i = 0; i < normal.length; i += 3) {
    const [x, y, z] = [normal[i]!, normal[i + 1]!, normal[i + 2]!];
    if (x === 0 && y === 0 && z === 0) continue;
    rgb[i] = toByte(x);
    rgb[i + 1] = toByte(y);
    rgb[i + 2] = toByte(z);
  }
  return rgb;
}

const toByte = (value: number): number => Math.floor((value * 0.5 + 0.5) * 255 + 0.5);
