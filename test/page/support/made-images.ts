import sharp from 'sharp';

type Rgb = readonly [number, number, number];

/** A PNG whose rows, from the top, each have one colour. */
export async function pngOf(...rows: readonly Rgb[]): Promise<Buffer> {
  const raw = { width: 1, height: rows.length, channels: 3 } as const;
  return sharp(Buffer.from(rows.flat()), { raw }).png().toBuffer();
}
