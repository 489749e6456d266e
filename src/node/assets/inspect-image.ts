import { ImageUtils } from '@gltf-transform/core';
import sharp from 'sharp';
import { AssetError } from '#shared/core/errors';
import { MAX_IMAGE_PIXELS } from './asset-limits.ts';

/** Size of an image, and what was odd about it. */
export type ImageFacts = Readonly<{
  widthPixels: number;
  heightPixels: number;
  warnings: readonly string[];
}>;

/**
 * Size of a PNG, JPEG or WebP from its header, and whether its end is there; pixels are not decoded.
 *
 * @throws AssetError where it is cut short, too large, or not what its name says.
 */
export function inspectImage(bytes: Uint8Array, mimeType: string): ImageFacts {
  const found = sniffImage(bytes);
  if (found !== mimeType) {
    throw new AssetError(
      `expected ${mimeType} by its name, found ${found ?? 'an unknown format'}. Rename or convert it.`,
    );
  }
  if (!isComplete(bytes, mimeType))
    throw new AssetError(`the ${mimeType} is cut short. Copy it again.`);
  let size: readonly number[] | null;
  try {
    size = ImageUtils.getSize(new Uint8Array(bytes), mimeType);
  } catch (cause) {
    throw new AssetError(`the ${mimeType} has a damaged header: ${String(cause)}`, { cause });
  }
  return checkedSize(size?.[0], size?.[1], []);
}

/** EXIF orientations from here on lie on their side (CIPA DC-008, tag 0x0112). */
const FIRST_ON_ITS_SIDE = 5;

/** As {@link inspectImage}, with the size that the image has when it stands upright, as browsers show it. */
export async function inspectUprightImage(
  bytes: Uint8Array,
  mimeType: string,
): Promise<ImageFacts> {
  const facts = inspectImage(bytes, mimeType);
  const { orientation = 1 } = await sharp(bytes).metadata();
  if (orientation < FIRST_ON_ITS_SIDE) return facts;
  return { ...facts, widthPixels: facts.heightPixels, heightPixels: facts.widthPixels };
}

/** Size of a Radiance or OpenEXR map from its header. Throws AssetError as {@link inspectImage} does. */
export function inspectEnvironment(bytes: Uint8Array, format: 'hdr' | 'exr'): ImageFacts {
  const { width, height } = format === 'hdr' ? readRadianceSize(bytes) : readExrSize(bytes);
  const warnings =
    width === 2 * height
      ? []
      : [`is ${width}×${height}; an equirectangular map is twice as wide as high`];
  return checkedSize(width, height, warnings);
}

function checkedSize(
  width: number | undefined,
  height: number | undefined,
  warnings: readonly string[],
): ImageFacts {
  if (!width || !height || width < 0 || height < 0)
    throw new AssetError(`its size is ${width}×${height} pixels: the header is damaged.`);
  if (Math.max(width, height) > MAX_IMAGE_PIXELS) {
    throw new AssetError(
      `it has ${width}×${height} pixels; at most ${MAX_IMAGE_PIXELS} a side are allowed.`,
    );
  }
  return { widthPixels: width, heightPixels: height, warnings };
}

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);

function sniffImage(bytes: Uint8Array): string | null {
  if (latin(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (latin(bytes, 0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  return latin(bytes, 0, 4) === 'RIFF' && latin(bytes, 8, 12) === 'WEBP' ? 'image/webp' : null;
}

/** Whether the last part of the format is there: PNG's IEND chunk, JPEG's EOI after its scan, RIFF's length. */
function isComplete(bytes: Uint8Array, mimeType: string): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (mimeType === 'image/png') return buffer.lastIndexOf('IEND', undefined, 'latin1') > 0;
  if (mimeType === 'image/webp')
    return buffer.byteLength >= 12 && buffer.readUInt32LE(4) + 8 <= buffer.byteLength;
  return (
    buffer.lastIndexOf(Buffer.from([0xff, 0xd9])) > buffer.lastIndexOf(Buffer.from([0xff, 0xda]))
  );
}

/** Header of a Radiance file: text lines, an empty one, then `-Y height +X width` (Ward, Real Pixels, 1991). */
function readRadianceSize(bytes: Uint8Array): { width: number; height: number } {
  const head = latin(bytes, 0, 65536);
  if (!/^#\?(RADIANCE|RGBE)\s/.test(head))
    throw new AssetError('not a Radiance HDR: expected it to begin with "#?RADIANCE".');
  const match = /\n\n([-+])Y (\d+) ([-+])X (\d+)\n/.exec(head);
  if (!match)
    throw new AssetError('its Radiance header has no resolution line "-Y height +X width".');
  return { width: Number(match[4]), height: Number(match[2]) };
}

/** Data window of an OpenEXR file (OpenEXR File Layout: magic, version, then name, type, size, value). */
function readExrSize(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 8 || view.getUint32(0, true) !== 20000630) {
    throw new AssetError('not an OpenEXR file: expected it to begin with 76 2f 31 01.');
  }
  const readText = (from: number): { text: string; next: number } => {
    const end = bytes.indexOf(0, from);
    if (end < 0 || end - from > 255) throw new AssetError('its OpenEXR header is damaged.');
    return { text: latin(bytes, from, end), next: end + 1 };
  };
  for (let at = 8; at < bytes.byteLength;) {
    const name = readText(at);
    if (name.text === '') break;
    const type = readText(name.next);
    if (type.next + 4 > bytes.byteLength) break;
    const start = type.next + 4;
    if (name.text === 'dataWindow' && start + 16 <= bytes.byteLength) {
      const [left, top, right, bottom] = [0, 4, 8, 12].map((o) => view.getInt32(start + o, true));
      return {
        width: (right ?? NaN) - (left ?? NaN) + 1,
        height: (bottom ?? NaN) - (top ?? NaN) + 1,
      };
    }
    at = start + view.getUint32(type.next, true);
  }
  throw new AssetError('its OpenEXR header has no data window: the file is cut short or damaged.');
}
