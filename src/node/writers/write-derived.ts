import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cocoInstanceLines } from '#shared/formats/coco-instances';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import type { FrameRecord } from '#shared/formats/frame-record';
import { toWriteError, writeFileAtomically } from '../store/durable-files.ts';

/** Path of the COCO document, relative to the dataset folder. */
export const COCO_INSTANCES = 'annotations/instances.json';

/** Text is written in pieces of about this many characters. */
const CHUNK_LENGTH = 1 << 18;

/**
 * Writes what a dataset's config asks to be derived from its records; a file that it does not ask for is
 * removed. Files are written whole or not at all.
 * @param records in ascending order of their frames.
 */
export async function writeDerived(
  folder: string,
  manifest: DatasetManifest,
  records: Iterable<FrameRecord>,
): Promise<void> {
  const target = join(folder, COCO_INSTANCES);
  if (!manifest.config.outputs.coco) {
    await rm(target, { force: true });
    return;
  }
  await mkdir(dirname(target), { recursive: true }).catch((error: unknown) => {
    throw toWriteError(dirname(target), error);
  });
  await writeFileAtomically(target, inChunks(cocoInstanceLines(manifest, records)));
}

/** Lines as fewer, longer texts. */
async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let chunk = '';
  for await (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
