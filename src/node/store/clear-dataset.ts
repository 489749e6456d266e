import { existsSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WriteError } from '#shared/core/errors';
import { DATASET_FILES, datasetPaths } from './dataset-files.ts';
import { PARTIAL_SUFFIX, toWriteError } from './durable-files.ts';
import { filesOfRecord, parseRecord } from './parse-record.ts';
import { readLines } from './read-lines.ts';

/** Files that frames of this journal own; lines that are corrupt list none. */
function* journalledFiles(path: string): Generator<string> {
  if (!existsSync(path)) return;
  for (const line of readLines(path)) {
    try {
      yield* filesOfRecord(parseRecord(line.text, path)).map((file) => file.path);
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
    }
  }
}

/**
 * Deletes these files of a dataset, and the folders that are empty afterwards; never the dataset folder
 * itself, and nothing that is not named.
 */
export async function deleteFiles(folder: string, paths: Iterable<string>): Promise<void> {
  const folders = new Set<string>();
  try {
    for (const path of paths) {
      await rm(join(folder, path), { force: true });
      for (let parent = dirname(path); parent !== '.'; parent = dirname(parent))
        folders.add(parent);
    }
    const deepestFirst = [...folders].sort((a, b) => b.length - a.length);
    for (const parent of deepestFirst) {
      await rmdir(join(folder, parent)).catch((error: unknown) => {
        const { code = '' } = error as NodeJS.ErrnoException;
        if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes(code)) throw error;
      });
    }
  } catch (error) {
    throw toWriteError(folder, error);
  }
}

/**
 * Empties a dataset for `--fresh`: files that its journal lists, derived files, then the journal. What else
 * lies in the folder stays, and so does the manifest until the next one replaces it: an interrupted
 * clearing is still recognised as a dataset.
 *
 * @param derived paths of derived files, relative to the folder.
 */
export async function clearDataset(folder: string, derived: readonly string[]): Promise<void> {
  await deleteFiles(folder, new Set(journalledFiles(datasetPaths(folder).journal)));
  const { manifest: _kept, ...others } = DATASET_FILES;
  const own = [...derived, ...Object.values(others)];
  await deleteFiles(
    folder,
    own.flatMap((path) => [path, `${path}${PARTIAL_SUFFIX}`]),
  );
}
