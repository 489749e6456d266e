import sharp from 'sharp';
import type { Size } from '#shared/core/geometry';

/** A colour file, decoded: [H, W, 4] sRGB, rows from the top. */
export type ColorImage = Size & Readonly<{ values: Uint8Array; hasAlpha: boolean }>;

/**
 * A colour file as pixels: PNG, JPEG or WebP, told apart by its first bytes.
 *
 * @throws Error saying why it cannot be decoded.
 */
export async function decodeColor(bytes: Buffer): Promise<ColorImage> {
  const image = sharp(bytes);
  const { hasAlpha } = await image.metadata();
  const { data, info } = await image
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const values = new Uint8Array(data.buffer, data.byteOffset, data.length);
  return { width: info.width, height: info.height, values, hasAlpha };
}
