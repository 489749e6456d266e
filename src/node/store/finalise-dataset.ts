import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import type { FrameRecord } from '#shared/formats/frame-record';
import { datasetPaths } from './dataset-files.ts';
import { writeFileAtomically } from './durable-files.ts';
import { readEntries, rewriteJournal, type JournalEntry } from './journal.ts';
import { licensesDocument } from './licenses-document.ts';

/** What makes the derived files of a dataset out of its records. */
export type DerivedWriter = Readonly<{
  /** Every path that {@link DerivedWriter.write} may write, relative to the dataset folder. */
  paths: readonly string[];
  /** `records` may be walked several times; each walk reads the journal anew. */
  write(folder: string, manifest: DatasetManifest, records: Iterable<FrameRecord>): Promise<void>;
}>;

function isInOrder(entries: readonly JournalEntry[]): boolean {
  return entries.every((entry, i) => i === 0 || entry.frame > (entries[i - 1]?.frame ?? Infinity));
}

/**
 * Brings a dataset into its final form: journal in frame order, derived files whole, `LICENSES.md`. The
 * result depends on the frames alone, not on the order in which they were made, so an interrupted run that
 * went on ends with the bytes of one that never stopped.
 *
 * @returns the entries in frame order, where they now stand.
 */
export async function finaliseDataset({
  folder,
  manifest,
  entries,
  derived,
}: Readonly<{
  folder: string;
  manifest: DatasetManifest;
  entries: readonly JournalEntry[];
  derived: DerivedWriter;
}>): Promise<readonly JournalEntry[]> {
  const paths = datasetPaths(folder);
  const byFrame = [...entries].sort((a, b) => a.frame - b.frame);
  const sorted = isInOrder(entries) ? byFrame : await rewriteJournal(paths.journal, byFrame);
  await writeFileAtomically(paths.licenses, licensesDocument(manifest.name, manifest.assets));
  const records = { [Symbol.iterator]: () => readEntries(paths.journal, sorted) };
  await derived.write(folder, manifest, records);
  return sorted;
}
