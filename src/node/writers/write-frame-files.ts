import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { FrameRecord, RecordedFile } from '#shared/formats/frame-record';
import { toWriteError, writeFileAtomically } from '../store/durable-files.ts';
import { makeFolder } from '../store/make-folder.ts';
import type { FileTask, FrameToWrite } from './file-task.ts';
import { colorTasks, labelTasks } from './frame-tasks.ts';

/**
 * Encodes and writes the files of one frame, side by side, each whole or not at all; they are durable when
 * it resolves.
 * @returns the files as the frame's record lists them.
 * @throws WriteError where the disk refuses, AnnotationError where the depth does not fit its format.
 */
export async function writeFrameFiles(
  folder: string,
  frame: FrameToWrite,
): Promise<FrameRecord['files']> {
  const tasks = [...colorTasks(frame), ...labelTasks(frame)];
  const written = await Promise.all(
    tasks.map(async (task) => [task.kind, await writeTask(folder, task)] as const),
  );
  return Object.fromEntries(written);
}

async function writeTask(folder: string, { path, encode }: FileTask): Promise<RecordedFile> {
  const bytes = await encode();
  const target = join(folder, path);
  await makeFolder(dirname(target)).catch((error: unknown) => {
    throw toWriteError(dirname(target), error);
  });
  await writeFileAtomically(target, [bytes]);
  return {
    path,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
  };
}
