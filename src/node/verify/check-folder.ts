import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DATASET_FILES } from '../store/dataset-files.ts';
import { isStale, LOCK_FILE, type LockHolder } from '../store/dataset-lock.ts';
import { PARTIAL_SUFFIX } from '../store/durable-files.ts';
import type { DerivedWriter } from '../store/finalise-dataset.ts';
import { filesBelow, type DatasetToVerify } from './check-derived.ts';
import { datasetProblem, type Problem } from './problem-list.ts';

/** Whether a run writes the folder at this moment: its lock is there, and its holder may live. */
export function isBeingWritten(folder: string): boolean {
  const path = join(folder, LOCK_FILE);
  if (!existsSync(path)) return false;
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as LockHolder;
    return !isStale(holder, { path, nowMs: Date.now() });
  } catch {
    // Gone meanwhile, or half written: somebody is at work where it is there still.
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  }
}

/**
 * What lies in the folder beside the dataset: leftovers of an interrupted run, which the next one replaces
 * (warnings), and files that no frame and no document knows (notices).
 */
export function checkFolder(
  { folder, entries }: DatasetToVerify,
  { derived, writing }: Readonly<{ derived: DerivedWriter; writing: boolean }>,
): readonly Problem[] {
  const own = new Set<string>([...Object.values(DATASET_FILES), ...derived.paths]);
  for (const { files } of entries) for (const { path } of files) own.add(path);
  return filesBelow(folder)
    .filter((path) => !own.has(path))
    .sort()
    .flatMap((file) => {
      const leftover = file.endsWith(PARTIAL_SUFFIX) || file.startsWith(LOCK_FILE);
      if (leftover) {
        const text = 'left by a run that was interrupted; the same `diorama render` puts it right.';
        return writing ? [] : [datasetProblem('leftover', text, { file, severity: 'warning' })];
      }
      // While a run writes, files come before the line of their frame.
      if (writing && /^(images|labels)\//.test(file)) return [];
      const text = 'no frame of the journal has this file.';
      return [datasetProblem('foreign', text, { file, severity: 'notice' })];
    });
}
