import sharp from 'sharp';
import { WriteError } from '#shared/core/errors';
import type { Size } from '#shared/core/geometry';
import type { Config } from '#shared/config/config-schema';

/** How a colour image is written: the config's `outputs.rgb`, with the quality that was drawn. */
export type ColorFormat = Readonly<{
  format: Config['outputs']['rgb']['format'];
  /** 1..100; null where the format has none. */
  quality: number | null;
  lossless?: boolean | undefined;
}>;

/** File extension of each colour format. */
export const COLOR_EXTENSIONS = { png: 'png', jpeg: 'jpg', webp: 'webp' } as const;

/**
 * Deflate level of PNG files. Rendered images carry noise, which no level packs; level 1 costs a third of
 * level 6 and loses a few per cent in size.
 */
const PNG_LEVEL = 1;

/**
 * From this quality on, JPEG files are coded with the standard's Huffman tables (ITU-T T.81, annex K.3). Tables made
 * for the image need a second pass over it, half of the encoder's time, for 1 to 5 % of the file here; of coarser
 * images, which are small, they save up to a fifth.
 */
const STANDARD_TABLES_FROM_QUALITY = 80;

/**
 * Encodes a colour image; alpha is dropped.
 * @param color [H, W, 4] sRGB, rows from the top.
 */
export function encodeColor(color: Uint8Array, size: Size, format: ColorFormat): Promise<Buffer> {
  const image = sharp(requireLength(color, size, 4), {
    raw: { ...size, channels: 4 },
  }).removeAlpha();
  switch (format.format) {
    case 'png':
      return image.png({ compressionLevel: PNG_LEVEL }).toBuffer();
    case 'jpeg': {
      const quality = requireQuality(format);
      const optimiseCoding = quality < STANDARD_TABLES_FROM_QUALITY;
      return image.jpeg({ quality, optimiseCoding }).toBuffer();
    }
    case 'webp':
      return format.lossless === true
        ? image.webp({ lossless: true }).toBuffer()
        : image.webp({ quality: requireQuality(format) }).toBuffer();
  }
}

/**
 * Encodes one channel as a greyscale PNG of 8 or 16 bits, exactly as it is.
 * @param values [H, W], rows from the top.
 */
export function encodeGrey(values: Uint8Array | Uint16Array, size: Size): Promise<Buffer> {
  const image = sharp(requireLength(values, size, 1), { raw: { ...size, channels: 1 } });
  // Without the colour space, sharp turns 16-bit grey into 8-bit sRGB of three channels, and says nothing.
  return image
    .toColourspace(values instanceof Uint16Array ? 'grey16' : 'b-w')
    .png({ compressionLevel: PNG_LEVEL })
    .toBuffer();
}

/**
 * Encodes three channels as an RGB PNG of 8 or 16 bits, exactly as they are.
 * @param values [H, W, 3], rows from the top.
 */
export function encodeRgb(values: Uint8Array | Uint16Array, size: Size): Promise<Buffer> {
  const { width, height } = size;
  const image = sharp(requireLength(values, size, 3), { raw: { width, height, channels: 3 } });
  return image
    .toColourspace(values instanceof Uint16Array ? 'rgb16' : 'srgb')
    .png({ compressionLevel: PNG_LEVEL })
    .toBuffer();
}

/** @throws WriteError where an image has another number of values. */
export function requireLength<T extends Uint8Array | Uint16Array>(
  values: T,
  { width, height }: Size,
  channels: number,
): T {
  const expected = width * height * channels;
  if (values.length === expected) return values;
  throw new WriteError(
    `image: expected ${expected} values for ${width}×${height} of ${channels} channels, found ${values.length}`,
  );
}

function requireQuality({ format, quality }: ColorFormat): number {
  if (quality !== null) return quality;
  throw new WriteError(`image: expected a quality for ${format}, found none in the sample`);
}
