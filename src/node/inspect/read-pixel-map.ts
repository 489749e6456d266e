import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { WriteError } from '#shared/core/errors';
import type { PixelMap } from '#shared/draw/overlay';
import type { FileKind, FrameRecord, RecordedFile } from '#shared/formats/frame-record';
import { decodeExr } from './decode-exr.ts';
import { decodeNpz } from './decode-npz.ts';

/**
 * The bytes of a frame's file.
 *
 * @throws WriteError where it is not there.
 */
export async function readFrameFile(folder: string, file: RecordedFile): Promise<Buffer> {
  const path = join(folder, file.path);
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw cause;
    throw new WriteError(
      `${path}: expected the file that frames.jsonl lists, found none. ` +
        'Run the same `diorama render` again; it renders frames whose files are missing.',
      { cause },
    );
  }
}

/** Decodes a label file by its name's end. */
async function decode(path: string, bytes: Buffer): Promise<PixelMap> {
  if (path.endsWith('.exr')) return decodeExr(bytes);
  if (path.endsWith('.npz')) return decodeNpz(bytes);
  const { depth } = await sharp(bytes).metadata();
  if (depth !== 'ushort') {
    const { data, info } = await sharp(bytes).toColourspace('b-w').raw().toBuffer({
      resolveWithObject: true,
    });
    return { ...info, values: new Uint8Array(data) };
  }
  // Without the colour space, sharp turns 16-bit grey into 8 bits and says nothing.
  const { data, info } = await sharp(bytes)
    .toColourspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const words = new Uint16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
  return { ...info, values: words };
}

/**
 * A label file of a frame as numbers.
 *
 * @throws WriteError where it is not there, cannot be decoded or has another size than the frame.
 */
export async function readPixelMap(
  folder: string,
  record: FrameRecord,
  { kind, file }: Readonly<{ kind: FileKind; file: RecordedFile }>,
): Promise<PixelMap> {
  const bytes = await readFrameFile(folder, file);
  const path = join(folder, file.path);
  let map: PixelMap;
  try {
    map = await decode(file.path, bytes);
  } catch (cause) {
    throw new WriteError(
      `${path}: expected a ${kind} file, cannot read it: ${(cause as Error).message}`,
      { cause },
    );
  }
  const { width, height } = map;
  if (width === record.width && height === record.height) return map;
  throw new WriteError(
    `${path}: expected ${record.width}×${record.height} pixels, found ${width}×${height}`,
  );
}
