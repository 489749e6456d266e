import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { WriteError } from '#shared/core/errors';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import { datasetPaths, DATASET_FILES } from './dataset-files.ts';
import { LOCK_FILE } from './dataset-lock.ts';
import { diffJson, formatDifferences, type JsonDifference } from './diff-json.ts';
import { PARTIAL_SUFFIX, toWriteError } from './durable-files.ts';
import { readJournal, type JournalEntry } from './journal.ts';

/** A manifest before a browser has said who draws. */
export type ManifestDraft = Omit<DatasetManifest, 'renderer'>;

/** A frame that the journal lists and whose files are not all there. */
export type StaleFrame = Readonly<{ entry: JournalEntry; problem: string }>;

/** What a dataset folder holds. */
export type StoreState = Readonly<{
  /** Null where no run has begun here. */
  manifest: DatasetManifest | null;
  /** Frames that are whole, in the order of the journal. */
  entries: readonly JournalEntry[];
  stale: readonly StaleFrame[];
  tornBytes: number;
}>;

/** Names of the top of a folder, or null where there is none. */
function listFolder(folder: string): readonly string[] | null {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw toWriteError(folder, error);
  }
}

/** Left by a run that was killed before it wrote its manifest. */
function isOwnRemnant(name: string): boolean {
  return name.startsWith(LOCK_FILE) || name === `${DATASET_FILES.manifest}${PARTIAL_SUFFIX}`;
}

/**
 * Makes sure that a folder is absent, empty or a dataset.
 *
 * @throws WriteError where it holds something else, which no run may touch.
 */
export function assertDatasetFolder(folder: string): void {
  const names = listFolder(folder);
  if (names === null || names.includes(DATASET_FILES.manifest)) return;
  const foreign = names.filter((name) => !isOwnRemnant(name)).sort();
  if (foreign.length === 0) return;
  const shown = foreign.slice(0, 3).join(', ') + (foreign.length > 3 ? ', …' : '');
  throw new WriteError(
    `${folder}: expected an empty folder or a dataset, found no ${DATASET_FILES.manifest} but ` +
      `${foreign.length} other ${foreign.length === 1 ? 'entry' : 'entries'} (${shown}). ` +
      'Nothing was touched. Choose another folder with --out.',
  );
}

/**
 * Reads `dataset.json`; null where there is none.
 *
 * @throws WriteError where it is not a manifest of this version.
 */
export function readManifest(folder: string): DatasetManifest | null {
  const path = datasetPaths(folder).manifest;
  if (!existsSync(path)) return null;
  let value: Partial<DatasetManifest> | null;
  try {
    value = JSON.parse(readFileSync(path, 'utf8')) as Partial<DatasetManifest> | null;
  } catch (cause) {
    throw new WriteError(
      `${path}: expected a dataset manifest as JSON, got ${(cause as Error).message}. ` +
        'Restore the file, or choose another folder with --out.',
      { cause },
    );
  }
  if (value?.manifestVersion !== 1 || value.generator?.name !== 'diorama') {
    throw new WriteError(
      `${path}: expected a manifest of Diorama, version 1, got version ` +
        `${JSON.stringify(value?.manifestVersion)} of ${JSON.stringify(value?.generator?.name)}. ` +
        'Choose another folder with --out.',
    );
  }
  return value as DatasetManifest;
}

/** Parts that follow from the config: not worth a line of their own where the config's line stands. */
const FOLLOWS_FROM_CONFIG = ['name', 'seed', 'categories'];

/**
 * A manifest as far as frames depend on it. Left out: where values came from, and the hash of the config,
 * which stands there in full. Streams are keyed by the seed's text, so 42 and "42" are one seed.
 */
function comparableManifest(manifest: DatasetManifest | ManifestDraft): object {
  const { sources: _sources, configSha256: _hash, ...rest } = manifest;
  const comparable = { ...rest, config: { ...rest.config, seed: String(rest.config.seed) } };
  return JSON.parse(JSON.stringify(comparable)) as object;
}

/** What differs between two manifests; a renderer that only one of them knows yet does not count. */
export function diffManifests(
  before: DatasetManifest,
  after: DatasetManifest | ManifestDraft,
): readonly JsonDifference[] {
  const { renderer: _renderer, ...draft } = before;
  const left = 'renderer' in after ? before : draft;
  const differences = diffJson(comparableManifest(left), comparableManifest(after));
  if (!differences.some(({ path }) => path.startsWith('config.'))) return differences;
  return differences.filter(
    ({ path }) => !FOLLOWS_FROM_CONFIG.includes(path.split(/[.[]/, 1)[0] ?? ''),
  );
}

/**
 * Makes sure that frames made now belong to the dataset that stands there.
 *
 * @throws WriteError that shows each difference as `path: old → new` and how to go on.
 */
export function assertSameDataset(
  folder: string,
  before: DatasetManifest,
  after: DatasetManifest | ManifestDraft,
): void {
  const differences = diffManifests(before, after);
  if (differences.length === 0) return;
  throw new WriteError(
    `${folder}: holds a dataset made from something else; its frames and new ones would not belong together.\n` +
      `${formatDifferences(differences)}\n` +
      'Give another folder with --out, start over with --fresh (deletes the files of this dataset), ' +
      'or undo the change.',
  );
}

/** What is wrong with the files of a frame; null where all are there with their recorded lengths. */
export function findFileProblem(folder: string, entry: JournalEntry): string | null {
  for (const { path, bytes } of entry.files) {
    const found = statSync(join(folder, path), { throwIfNoEntry: false });
    if (found === undefined) return `${path} is missing`;
    if (found.size !== bytes) return `${path} has ${found.size} bytes, expected ${bytes}`;
  }
  return null;
}

/**
 * Reads what stands in a folder and changes nothing.
 *
 * @param draft what is to be rendered into it; null to skip that check.
 * @throws WriteError for a foreign folder, a dataset made from something else or a corrupt journal.
 */
export function inspectStore(folder: string, draft: ManifestDraft | null): StoreState {
  assertDatasetFolder(folder);
  const manifest = readManifest(folder);
  if (manifest === null) return { manifest, entries: [], stale: [], tornBytes: 0 };
  if (draft !== null) assertSameDataset(folder, manifest, draft);
  const journal = readJournal(datasetPaths(folder).journal);
  const entries: JournalEntry[] = [];
  const stale: StaleFrame[] = [];
  for (const entry of journal.entries) {
    const problem = findFileProblem(folder, entry);
    if (problem === null) entries.push(entry);
    else stale.push({ entry, problem });
  }
  return { manifest, entries, stale, tornBytes: journal.tornBytes };
}
