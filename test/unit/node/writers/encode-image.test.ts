import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeColor, encodeGrey, encodeRgb, type ColorFormat } from '#node/writers/encode-image';

const PNG: ColorFormat = { format: 'png', quality: null };
const JPEG: ColorFormat = { format: 'jpeg', quality: 95 };
const WEBP: ColorFormat = { format: 'webp', quality: 90 };
const LOSSLESS: ColorFormat = { format: 'webp', quality: null, lossless: true };

/** [H, W, 4]: red, green and blue fields side by side, so that swapped channels are seen under loss too. */
function makeFields(size: Readonly<{ width: number; height: number }>): Uint8Array {
  const fields = [
    [250, 20, 10],
    [15, 240, 30],
    [5, 25, 245],
  ];
  const color = new Uint8Array(size.width * size.height * 4);
  for (let i = 0; i < size.width * size.height; i++) {
    const field = fields[Math.floor(((i % size.width) * 3) / size.width)] ?? [];
    color.set([...field, 255], i * 4);
  }
  return color;
}

/** Every channel of every pixel another: [H, W, 4]. */
const makeNoise = (pixels: number): Uint8Array =>
  Uint8Array.from({ length: pixels * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 2654435761) >>> 24));

const rgbOf = (rgba: Uint8Array): number[] => Array.from(rgba).filter((_, i) => i % 4 !== 3);

describe('encodeColor', () => {
  it.each([
    { name: 'PNG', format: PNG },
    { name: 'lossless WebP', format: LOSSLESS },
  ])('keeps every pixel in $name, without alpha', async ({ format }) => {
    const size = { width: 13, height: 7 };
    const color = makeNoise(13 * 7);
    const { data, info } = await sharp(await encodeColor(color, size, format))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ ...size, channels: 3 });
    expect(Array.from(data)).toEqual(rgbOf(color));
  });

  it.each([
    { name: 'JPEG', format: JPEG },
    { name: 'WebP', format: WEBP },
  ])('keeps the order of channels and columns in $name', async ({ format }) => {
    const size = { width: 48, height: 16 };
    const color = makeFields(size);
    const { data, info } = await sharp(await encodeColor(color, size, format))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ ...size, channels: 3 });
    for (const x of [8, 24, 40]) {
      const at = 8 * 48 + x;
      const found = Array.from(data.subarray(at * 3, at * 3 + 3));
      for (const [i, value] of found.entries()) {
        expect(Math.abs(value - (color[at * 4 + i] ?? 0)), `column ${x}`).toBeLessThan(12);
      }
    }
  });

  it.each([PNG, JPEG, WEBP, LOSSLESS])('gives equal bytes again: $format', async (format) => {
    const size = { width: 13, height: 7 };
    const [first, second] = await Promise.all([
      encodeColor(makeNoise(91), size, format),
      encodeColor(makeNoise(91), size, format),
    ]);
    expect(first.equals(second)).toBe(true);
  });

  it.each([
    { quality: 95, tables: 'standard', optimiseCoding: false },
    { quality: 80, tables: 'standard', optimiseCoding: false },
    { quality: 79, tables: 'its own', optimiseCoding: true },
  ])('codes quality $quality with $tables tables', async ({ quality, optimiseCoding }) => {
    const size = { width: 48, height: 16 };
    const color = makeNoise(48 * 16);
    const bytes = await encodeColor(color, size, { format: 'jpeg', quality });
    const image = sharp(color, { raw: { ...size, channels: 4 } }).removeAlpha();
    const [same, other] = await Promise.all(
      [optimiseCoding, !optimiseCoding].map((optimise) =>
        image.clone().jpeg({ quality, optimiseCoding: optimise }).toBuffer(),
      ),
    );
    expect(bytes).toEqual(same);
    expect(bytes).not.toEqual(other);
    // Tables are a matter of the file, not of the picture.
    const pixelsOf = (file?: Buffer) => sharp(file).raw().toBuffer();
    expect(await pixelsOf(bytes)).toEqual(await pixelsOf(other));
  });

  it('refuses another number of values, and a lossy format without its quality', async () => {
    const size = { width: 2, height: 2 };
    expect(() => encodeColor(new Uint8Array(15), size, PNG)).toThrow(
      'image: expected 16 values for 2×2 of 4 channels, found 15',
    );
    const without: ColorFormat = { format: 'jpeg', quality: null };
    await expect(async () => encodeColor(new Uint8Array(16), size, without)).rejects.toThrow(
      'image: expected a quality for jpeg, found none in the sample',
    );
  });
});

describe('encodeGrey', () => {
  it('keeps all 65,536 values of 16 bits', async () => {
    const size = { width: 256, height: 256 };
    const values = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const bytes = await encodeGrey(values, size);
    expect(await sharp(bytes).metadata()).toMatchObject({ channels: 1, depth: 'ushort', ...size });
    const { data, info } = await sharp(bytes)
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ channels: 1, ...size });
    expect(new Uint16Array(data.buffer, data.byteOffset, 65536)).toEqual(values);
  });

  it('keeps all 256 values of 8 bits, in one channel', async () => {
    const size = { width: 64, height: 4 };
    const values = Uint8Array.from({ length: 256 }, (_, i) => i);
    const bytes = await encodeGrey(values, size);
    expect(await sharp(bytes).metadata()).toMatchObject({ channels: 1, depth: 'uchar', ...size });
    const data = await sharp(bytes).toColourspace('b-w').raw().toBuffer();
    expect(Array.from(data)).toEqual(Array.from(values));
  });

  it('gives equal bytes again, and refuses another number of values', async () => {
    const size = { width: 3, height: 2 };
    const values = Uint16Array.of(0, 1, 255, 256, 65534, 65535);
    const [first, second] = await Promise.all([encodeGrey(values, size), encodeGrey(values, size)]);
    expect(first.equals(second)).toBe(true);
    expect(() => encodeGrey(values, { width: 3, height: 3 })).toThrow('expected 9 values');
  });
});

describe('encodeRgb', () => {
  it('keeps all values of 16 bits in three channels', async () => {
    const size = { width: 128, height: 171 };
    const values = Uint16Array.from({ length: 128 * 171 * 3 }, (_, i) => i);
    const bytes = await encodeRgb(values, size);
    expect(await sharp(bytes).metadata()).toMatchObject({ channels: 3, depth: 'ushort', ...size });
    const data = await sharp(bytes).toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer();
    expect(new Uint16Array(data.buffer, data.byteOffset, values.length)).toEqual(values);
    expect((await encodeRgb(values, size)).equals(bytes)).toBe(true);
  });

  it('keeps 8 bits, in the order red, green, blue', async () => {
    const values = Uint8Array.of(1, 2, 3, 0, 0, 0, 255, 0, 7, 0, 128, 64);
    const bytes = await encodeRgb(values, { width: 4, height: 1 });
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect(info.channels).toBe(3);
    expect(Array.from(data)).toEqual(Array.from(values));
  });
});
