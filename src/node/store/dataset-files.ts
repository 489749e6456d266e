import { join } from 'node:path';

/** Names of what stands at the top of a dataset folder, and of what is derived (design.md §7). */
export const DATASET_FILES = {
  manifest: 'dataset.json',
  journal: 'frames.jsonl',
  run: 'run.json',
  licenses: 'LICENSES.md',
} as const;

/** Absolute or working-folder-relative paths of a dataset's own files. */
export function datasetPaths(folder: string): Readonly<Record<keyof typeof DATASET_FILES, string>> {
  return {
    manifest: join(folder, DATASET_FILES.manifest),
    journal: join(folder, DATASET_FILES.journal),
    run: join(folder, DATASET_FILES.run),
    licenses: join(folder, DATASET_FILES.licenses),
  };
}
