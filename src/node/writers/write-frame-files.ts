import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { WriteError } from '#shared/core/errors';
import type { FrameRecord, RecordedFile } from '#shared/formats/frame-record';
import type { StageClock } from '../run/stage-clock.ts';
import { toWriteError, writeFileAtomically } from '../store/durable-files.ts';
import { makeFolder } from '../store/make-folder.ts';
import type { FileTask, FrameToWrite } from './file-task.ts';
import { colorTasks, labelTasks } from './frame-tasks.ts';

/** Times the steps of files: `write.encode` and `write.store`. */
type FileClock = Pick<StageClock, 'time'>;

const UNTIMED: FileClock = { time: async (_, step) => step() };

/**
 * Encodes and writes the files of one frame, side by side, each whole or not at all; they are durable when
 * it resolves.
 * @returns the files as the frame's record lists them.
 * @throws WriteError where the disk refuses, AnnotationError where the depth does not fit its format.
 */
export async function writeFrameFiles(
  folder: string,
  frame: FrameToWrite,
  clock: FileClock = UNTIMED,
): Promise<FrameRecord['files']> {
  const tasks = [...colorTasks(frame), ...labelTasks(frame)];
  const written = await Promise.all(
    tasks.map(async (task) => [task.kind, await writeTask(folder, task, clock)] as const),
  );
  return Object.fromEntries(written);
}

async function writeTask(
  folder: string,
  { path, encode }: FileTask,
  clock: FileClock,
): Promise<RecordedFile> {
  const bytes = await clock.time('write.encode', encode);
  await clock.time('write.store', () => storeFile(join(folder, path), bytes));
  return {
    path,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
  };
}

/** Its folder is made where it turns out to be missing: to ask before every file costs as much as to write one. */
async function storeFile(target: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFileAtomically(target, [bytes]);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await makeFolder(dirname(target)).catch((cause: unknown) => {
      throw toWriteError(dirname(target), cause);
    });
    await writeFileAtomically(target, [bytes]);
  }
}

/** Whether the operating system refused a file because there is no such folder. */
const isMissing = (error: unknown): boolean =>
  error instanceof WriteError &&
  (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
