import sharp from 'sharp';
import type { PixelMap } from '#shared/draw/overlay';
import { decodeFlo } from './decode-flow.ts';
import { decodeExr } from './decode-exr.ts';
import { decodeNpz } from './decode-npz.ts';

/**
 * A label file as numbers, exactly as they were written: PNG of 8 or 16 bits, `.exr`, `.npz` or `.flo`, told apart
 * by the end of its name.
 *
 * @throws Error saying why it cannot be decoded.
 */
export async function decodeLabel(path: string, bytes: Buffer): Promise<PixelMap> {
  if (path.endsWith('.flo')) return decodeFlo(bytes);
  if (path.endsWith('.exr')) return decodeExr(bytes);
  if (path.endsWith('.npz')) return decodeNpz(bytes);
  const image = sharp(bytes);
  const { depth, channels } = await image.metadata();
  const deep = depth === 'ushort';
  // Without the colour space, sharp turns 16-bit grey into 8 bits and says nothing.
  const space = channels === 1 ? (deep ? 'grey16' : 'b-w') : deep ? 'rgb16' : 'srgb';
  const { data, info } = await image
    .toColourspace(space)
    .raw(deep ? { depth: 'ushort' } : {})
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const values = deep
    ? new Uint16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length))
    : new Uint8Array(data);
  return { width, height, channels: info.channels, values };
}
