import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WriteError } from '#shared/core/errors';
import type { PixelMap } from '#shared/draw/overlay';
import type { FileKind, FrameRecord, RecordedFile } from '#shared/formats/frame-record';
import { decodeLabel } from '../readers/decode-label.ts';

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
    map = await decodeLabel(file.path, bytes);
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
