import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cocoInstanceLines } from '#shared/formats/coco-instances';
import { cocoKeypointLines } from '#shared/formats/coco-keypoints';
import { cocoPanopticLines } from '#shared/formats/coco-panoptic';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import { summaryLines } from '#shared/formats/dataset-summary';
import type { FrameRecord } from '#shared/formats/frame-record';
import { toWriteError, writeFileAtomically } from '../store/durable-files.ts';
import { makeFolder } from '../store/make-folder.ts';

/** Paths of the COCO documents, relative to the dataset folder. */
export const COCO_INSTANCES = 'annotations/instances.json';
export const COCO_KEYPOINTS = 'annotations/keypoints.json';
export const COCO_PANOPTIC = 'annotations/panoptic.json';
/** Path of what frames came to, against what the config asks. */
export const SUMMARY = 'summary.json';

/** Text is written in pieces of about this many characters. */
const CHUNK_LENGTH = 1 << 18;

/**
 * Writes what a dataset's config asks to be derived from its records; a file that it does not ask for is
 * removed. Files are written whole or not at all.
 * @param records in ascending order of their frames; read once for each file.
 */
export async function writeDerived(
  folder: string,
  manifest: DatasetManifest,
  records: Iterable<FrameRecord>,
): Promise<void> {
  const { outputs, keypoints, accept, targets } = manifest.config;
  const hasKeypoints = Object.keys(keypoints).length > 0;
  const documents = [
    { path: COCO_INSTANCES, wanted: outputs.coco !== false, lines: cocoInstanceLines },
    { path: COCO_KEYPOINTS, wanted: outputs.keypoints && hasKeypoints, lines: cocoKeypointLines },
    { path: COCO_PANOPTIC, wanted: outputs.panoptic, lines: cocoPanopticLines },
    {
      path: SUMMARY,
      wanted: accept !== undefined || targets !== undefined,
      lines: summaryLines,
    },
  ];
  for (const { path, wanted, lines } of documents) {
    const target = join(folder, path);
    if (!wanted) {
      await rm(target, { force: true });
      continue;
    }
    await makeFolder(dirname(target)).catch((error: unknown) => {
      throw toWriteError(dirname(target), error);
    });
    await writeFileAtomically(target, inChunks(lines(manifest, records)));
  }
}

/** Lines as fewer, longer texts. */
async function* inChunks(
  lines: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<string, void, undefined> {
  let chunk = '';
  for await (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
