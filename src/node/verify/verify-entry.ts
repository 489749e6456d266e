import type { FlowDirection } from '#shared/annotate/frame-flows';
import type { Config } from '#shared/config/config-schema';
import { disparityFiles, hasFiles } from '#shared/config/outputs-schema';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import type { FileKind, FrameRecord } from '#shared/formats/frame-record';
import { formatFault } from '#shared/verify/json-shape';
import { framesBeside } from '#shared/sampling/sequence';
import { recordFaults } from '#shared/verify/record-faults';
import { trackContradictions } from '#shared/verify/track-contradictions';
import { DATASET_FILES, datasetPaths } from '../store/dataset-files.ts';
import { readEntries, type JournalEntry } from '../store/journal.ts';
import { fileListFaults } from './expected-files.ts';
import { judgeFlows, type ShownFrame } from './judge-flow.ts';
import { judgeLabels } from './judge-labels.ts';
import type { Problem } from './problem-list.ts';
import { type DecodedFiles, readFrameFiles } from './read-frame-files.ts';

/** What the frames of one dataset are held against. */
export type EntryContext = Readonly<{
  folder: string;
  manifest: DatasetManifest;
  /** Where another frame of the dataset stands in the journal, if it is there. */
  entryOf(frame: number): JournalEntry | undefined;
  reproduce(frame: number): string;
}>;

/** Everything that is wrong with one frame: its record, its files and its labels. */
export async function verifyEntry(
  context: EntryContext,
  entry: JournalEntry,
): Promise<readonly Problem[]> {
  const { folder, manifest, reproduce } = context;
  const { config } = manifest;
  const record = readRecord(context, entry);
  if (record === undefined) return [];
  const { frame } = record;
  const problem = (part: Pick<Problem, 'kind' | 'message'> & Partial<Problem>): Problem => ({
    severity: 'error',
    file: DATASET_FILES.journal,
    ...part,
    frame,
    reproduce: reproduce(frame),
  });
  const faults = faultsOf(record, manifest);
  const lists = fileListFaults(record, manifest);
  const { problems, ...decoded } = await readFrameFiles(folder, record, config.categories.length);
  const judged = faults.length === 0 ? judgeLabels(record, decoded, config) : [];
  const [before, after] = faults.length === 0 ? besideOf(context, record) : [null, null];
  const tracks = before === null ? [] : trackContradictions(before, record);
  const flows = judgeFlows(
    { record, decoded },
    {
      ...(after && {
        forward: await showNeighbour(context, record, { other: after, direction: 'forward' }),
      }),
      ...(before && {
        backward: await showNeighbour(context, record, { other: before, direction: 'backward' }),
      }),
    },
  );
  return [
    ...[...faults.map((fault) => `${formatFault(fault)}.`), ...lists].map((message) =>
      problem({ kind: 'record', message }),
    ),
    ...problems.map((found) => problem(found)),
    ...judged.map((found) => problem({ kind: 'labels', ...found })),
    ...(faults.length === 0 ? flows : []).map((found) => problem({ kind: 'labels', ...found })),
    ...tracks.map((text) => problem({ kind: 'labels', message: `${text}.`, file: null })),
  ];
}

function readRecord({ folder }: EntryContext, entry: JournalEntry): FrameRecord | undefined {
  const [record] = readEntries(datasetPaths(folder).journal, [entry]);
  return record;
}

function faultsOf(
  record: FrameRecord,
  { config, seed, parts = [] }: DatasetManifest,
): ReturnType<typeof recordFaults> {
  return recordFaults(record, {
    size: config.image,
    categories: config.categories.length,
    seed,
    frames: config.frames,
    sequence: config.sequence,
    camera: config.camera,
    flow: config.outputs.flow,
    disparity: hasFiles(disparityFiles(config)),
    lidars: Object.keys(config.camera.lidars ?? {}),
    amodal: config.labels.amodal,
    keypoints: keypointNames(config),
    parts,
  });
}

/** The sound records of the frames before and after in the sequence; null where there are none. */
function besideOf(
  context: EntryContext,
  { frame, sequence }: FrameRecord,
): readonly [before: FrameRecord | null, after: FrameRecord | null] {
  const soundRecord = (other: number | null): FrameRecord | null => {
    const entry = other === null ? undefined : context.entryOf(other);
    const record = entry && readRecord(context, entry);
    return record && faultsOf(record, context.manifest).length === 0 ? record : null;
  };
  if (sequence === undefined) return [null, null];
  const { previous, next } = framesBeside(context.manifest.config, frame);
  return [soundRecord(previous), soundRecord(next)];
}

/** What a flow of the record leads to: ids and depth alone. Its faults are told where it is checked itself. */
async function showNeighbour(
  { folder, manifest }: EntryContext,
  { files }: FrameRecord,
  { other, direction }: Readonly<{ other: FrameRecord; direction: FlowDirection }>,
): Promise<ShownFrame> {
  if (files[`flow-${direction}`] === undefined) return { record: other, decoded: NO_FILES };
  const shown = Object.entries(other.files).filter(([kind]) => FLOW_SOURCES.has(kind));
  const record = { ...other, files: Object.fromEntries(shown) };
  const decoded = await readFrameFiles(folder, record, manifest.config.categories.length);
  return { record: other, decoded };
}

const NO_FILES: DecodedFiles = {
  color: null,
  labels: new Map(),
  cloud: null,
  sweeps: new Map(),
};

const FLOW_SOURCES: ReadonlySet<string> = new Set<FileKind>([
  'instance',
  'depth',
  'depth-float',
  'range',
  'point-cloud',
]);

function keypointNames({ categories, keypoints }: Config): ReadonlyMap<number, readonly string[]> {
  const names = categories.map((one) => (typeof one === 'string' ? one : one.name));
  return new Map(
    Object.entries(keypoints).map(([category, list]) => [names.indexOf(category) + 1, list.names]),
  );
}
