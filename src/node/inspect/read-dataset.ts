import { UsageError, WriteError } from '#shared/core/errors';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import type { FrameRecord } from '#shared/formats/frame-record';
import { datasetPaths } from '../store/dataset-files.ts';
import { readManifest } from '../store/inspect-store.ts';
import { readEntries, readJournal, type JournalEntry } from '../store/journal.ts';

/** A dataset as it stands at this moment; a run may go on in it. */
export type DatasetView = Readonly<{
  folder: string;
  manifest: DatasetManifest;
  /** Whole frames, ascending. */
  entries: readonly JournalEntry[];
}>;

/**
 * Looks at a dataset without touching it: no lock, no repair. A last line that is being written is not a
 * frame yet.
 *
 * @throws UsageError where the folder is no dataset, WriteError where its journal is corrupt.
 */
export function viewDataset(folder: string): DatasetView {
  const manifest = readManifest(folder);
  if (manifest === null) {
    throw new UsageError(
      `${folder}: expected a dataset, found no dataset.json. Give the folder that \`diorama render\` wrote.`,
    );
  }
  const { entries } = readJournal(datasetPaths(folder).journal);
  return { folder, manifest, entries: [...entries].sort((a, b) => a.frame - b.frame) };
}

/**
 * The records of some frames of a view, one after the other.
 *
 * @throws WriteError where the journal was rewritten since: a run puts it in order when it ends.
 */
export function* readRecords(
  { folder }: DatasetView,
  entries: readonly JournalEntry[],
): Generator<FrameRecord> {
  const path = datasetPaths(folder).journal;
  const frames = entries.values();
  for (const record of readEntries(path, entries)) {
    const expected = frames.next().value?.frame;
    if (record.frame !== expected) {
      throw new WriteError(
        `${path}: changed while it was read; expected frame ${expected}, found ${record.frame}. Run the command again.`,
      );
    }
    yield record;
  }
}
