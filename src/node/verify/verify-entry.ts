import type { Config } from '#shared/config/config-schema';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import { formatFault } from '#shared/verify/json-shape';
import { recordFaults } from '#shared/verify/record-faults';
import { DATASET_FILES, datasetPaths } from '../store/dataset-files.ts';
import { readEntries, type JournalEntry } from '../store/journal.ts';
import { fileListFaults } from './expected-files.ts';
import { judgeLabels } from './judge-labels.ts';
import type { Problem } from './problem-list.ts';
import { readFrameFiles } from './read-frame-files.ts';

/** What the frames of one dataset are held against. */
export type EntryContext = Readonly<{
  folder: string;
  manifest: DatasetManifest;
  reproduce(frame: number): string;
}>;

/** Everything that is wrong with one frame: its record, its files and its labels. */
export async function verifyEntry(
  { folder, manifest, reproduce }: EntryContext,
  entry: JournalEntry,
): Promise<readonly Problem[]> {
  const { config } = manifest;
  const [record] = readEntries(datasetPaths(folder).journal, [entry]);
  if (record === undefined) return [];
  const { frame } = record;
  const problem = (part: Pick<Problem, 'kind' | 'message'> & Partial<Problem>): Problem => ({
    severity: 'error',
    file: DATASET_FILES.journal,
    ...part,
    frame,
    reproduce: reproduce(frame),
  });
  const faults = [
    ...recordFaults(record as unknown as Readonly<Record<string, unknown>>, {
      size: config.image,
      categories: config.categories.length,
      seed: manifest.seed,
      amodal: config.labels.amodal,
      keypoints: keypointNames(config),
      parts: manifest.parts ?? [],
    }).map((fault) => `${formatFault(fault)}.`),
  ];
  const lists = fileListFaults(record, manifest);
  const { problems, ...decoded } = await readFrameFiles(folder, record, config.categories.length);
  const judged = faults.length === 0 ? judgeLabels(record, decoded, config) : [];
  return [
    ...[...faults, ...lists].map((message) => problem({ kind: 'record', message })),
    ...problems.map((found) => problem(found)),
    ...judged.map((found) => problem({ kind: 'labels', ...found })),
  ];
}

function keypointNames({ categories, keypoints }: Config): ReadonlyMap<number, readonly string[]> {
  const names = categories.map((one) => (typeof one === 'string' ? one : one.name));
  return new Map(
    Object.entries(keypoints).map(([category, list]) => [names.indexOf(category) + 1, list.names]),
  );
}
