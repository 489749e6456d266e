import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeGrey } from '#node/writers/encode-image';
import { encodeMask } from '#node/writers/encode-mask';

/** Ids of a few discs on an empty ground: [H, W]. */
function makeIds({ width, height }: Readonly<{ width: number; height: number }>): Uint16Array {
  return Uint16Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const disc = [40, 90, 140].findIndex((centre) => (x - centre) ** 2 + (y - 60) ** 2 < 400);
    return disc < 0 ? 0 : 258 * (disc + 1);
  });
}

describe('encodeMask', () => {
  it('keeps all 65,536 values of 16 bits', async () => {
    const size = { width: 256, height: 256 };
    const values = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const bytes = await encodeMask(values, size, 1);
    expect(await sharp(bytes).metadata()).toMatchObject({ channels: 1, depth: 'ushort', ...size });
    const data = await sharp(bytes).toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer();
    expect(new Uint16Array(data.buffer, data.byteOffset, 65536)).toEqual(values);
  });

  it('keeps all 256 values of 8 bits, in one channel', async () => {
    const size = { width: 64, height: 4 };
    const values = Uint8Array.from({ length: 256 }, (_, i) => i);
    const bytes = await encodeMask(values, size, 1);
    expect(await sharp(bytes).metadata()).toMatchObject({ channels: 1, depth: 'uchar', ...size });
    const data = await sharp(bytes).toColourspace('b-w').raw().toBuffer();
    expect(Array.from(data)).toEqual(Array.from(values));
  });

  it('keeps three channels, in the order red, green, blue', async () => {
    const values = Uint8Array.of(1, 2, 3, 0, 0, 0, 255, 0, 7, 0, 128, 64);
    const bytes = await encodeMask(values, { width: 2, height: 2 }, 3);
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 2, height: 2, channels: 3 });
    expect(Array.from(data)).toEqual(Array.from(values));
  });

  it('takes a part of a buffer, and leaves it as it was', async () => {
    const whole = Uint16Array.of(9, 1, 258, 3, 4, 9);
    const bytes = await encodeMask(whole.subarray(1, 5), { width: 2, height: 2 }, 1);
    const data = await sharp(bytes).toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer();
    expect(new Uint16Array(data.buffer, data.byteOffset, 4)).toEqual(Uint16Array.of(1, 258, 3, 4));
    expect(whole).toEqual(Uint16Array.of(9, 1, 258, 3, 4, 9));
  });

  it.each([8, 16])('packs regions of %i bits better than images are', async (bits) => {
    const size = { width: 200, height: 120 };
    const ids = makeIds(size);
    const values = bits === 16 ? ids : Uint8Array.from(ids);
    const bytes = await encodeMask(values, size, 1);
    expect(bytes.length).toBeLessThan((await encodeGrey(values, size)).length);
    expect(bytes.equals(await encodeMask(values, size, 1))).toBe(true);
  });

  it('refuses another number of values', async () => {
    await expect(encodeMask(new Uint8Array(5), { width: 3, height: 2 }, 1)).rejects.toThrow(
      'image: expected 6 values for 3×2 of 1 channels, found 5',
    );
  });
});
