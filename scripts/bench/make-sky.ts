import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const WIDTH = 512;
const HEIGHT = 256;

/** Radiance of the sky by height above the horizon (−1..1): a bright band, blue above, brown below. */
function radianceAt(up: number): readonly [number, number, number] {
  if (up < 0) return [0.12 - 0.06 * up, 0.1 - 0.05 * up, 0.08 - 0.04 * up];
  const haze = (1 - up) ** 4;
  return [0.35 + 0.75 * haze, 0.55 + 0.6 * haze, 1 + 0.3 * haze];
}

/** Red, green and blue with one exponent (Ward, "Real Pixels", Graphics Gems II, 1991). */
function rgbe(color: readonly [number, number, number]): readonly number[] {
  const exponent = Math.ceil(Math.log2(Math.max(...color)));
  return [...color.map((value) => Math.floor((value / 2 ** exponent) * 255.999)), exponent + 128];
}

/** Writes a folder of assets with one environment, `bench-sky`: 512 × 256 texels, floating point. */
export function makeSky(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const header = `#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y ${HEIGHT} +X ${WIDTH}\n`;
  const rows = Array.from({ length: HEIGHT }, (_, y) => {
    const texel = rgbe(radianceAt(Math.cos((Math.PI * (y + 0.5)) / HEIGHT)));
    return Array.from({ length: WIDTH }, () => texel).flat();
  });
  const texels = Buffer.from(rows.flat());
  writeFileSync(join(folder, 'bench-sky.hdr'), Buffer.concat([Buffer.from(header), texels]));
  const entry = { id: 'bench-sky', file: 'bench-sky.hdr', license: 'CC0-1.0' };
  writeFileSync(join(folder, 'assets.json'), `${JSON.stringify([entry])}\n`);
}
