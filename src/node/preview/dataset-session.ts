import { categoryNames } from '#shared/config/category-names';
import { UsageError, WriteError } from '#shared/core/errors';
import type { PixelMap } from '#shared/draw/overlay';
import type { FileKind, FrameRecord } from '#shared/formats/frame-record';
import {
  MAP_TYPES,
  type DatasetState,
  type DrawnRow,
  type PreviewState,
} from '#shared/protocol/preview-api';
import type { DrawnValue } from '#shared/sampling/scene-sample';
import { readFrameFile, readPixelMap } from '../inspect/read-pixel-map.ts';
import { decodeColor } from '../readers/decode-color.ts';
import { datasetPaths } from '../store/dataset-files.ts';
import { readEntries, type JournalEntry } from '../store/journal.ts';
import { isBeingWritten } from '../verify/check-folder.ts';
import { openManifest } from '../verify/check-manifest.ts';
import { formatProblem } from '../verify/problem-list.ts';
import { recordedCommand } from '../verify/recorded-command.ts';
import { scanJournal } from '../verify/scan-journal.ts';
import { verifyEntry, type EntryContext } from '../verify/verify-entry.ts';
import { NO_REVISIONS, problemOf, type Revisions } from './preview-session.ts';

/** Frames that coverage looks at. */
const COVERAGE_FRAMES = 500;

/** A dataset that is browsed, read again whenever it changes on disk. */
export type DatasetSession = Readonly<{
  state(): PreviewState;
  /** Reads everything again. Never rejects. */
  reload(): Promise<void>;
  /** @throws UsageError where there is no such frame. */
  record(frame: number): FrameRecord;
  /** A file of a frame as numbers: [H, W, 4] of the picture. */
  map(frame: number, kind: string): Promise<PixelMap>;
  faults(frame: number): Promise<readonly string[]>;
  values(path: string): readonly (DrawnValue | null)[];
  coverage(): readonly DrawnRow[];
  files(): readonly string[];
}>;

/** What was read of a dataset. */
type ReadDataset = Readonly<{
  context: EntryContext;
  entries: ReadonlyMap<number, JournalEntry>;
  columns: ReadonlyMap<string, readonly (DrawnValue | null)[]>;
  state: DatasetState;
}>;

type MutableColumns = Map<string, (DrawnValue | null)[]>;

/** Puts what a frame drew into its row; vectors cannot be sorted by, and have no column. */
function addDraws(columns: MutableColumns, { sample }: FrameRecord, row: number): void {
  for (const [path, value] of Object.entries(sample.draws)) {
    if (typeof value === 'object') continue;
    const column = columns.get(path) ?? [];
    columns.set(path, column);
    while (column.length < row) column.push(null);
    column.push(value);
  }
}

/** Reads manifest and journal, whatever they hold. @throws UsageError where the folder is no dataset. */
function readDataset(folder: string): ReadDataset {
  const found = openManifest(folder);
  if (found.manifest === null) {
    throw new WriteError(`${folder}: ${found.problems.map(formatProblem).join('\n')}`);
  }
  const { manifest } = found;
  const { config, seed, categories, renderer } = manifest;
  const writing = isBeingWritten(folder);
  const journal = scanJournal({ folder, total: config.frames, writing });
  const entries = new Map(journal.entries.map((entry) => [entry.frame, entry]));
  const columns: MutableColumns = new Map();
  const counts: number[][] = [];
  for (const record of readEntries(datasetPaths(folder).journal, journal.entries)) {
    const row = categoryNames(config).map(() => 0);
    for (const { categoryId } of record.annotations.instances) {
      row[categoryId - 1] = (row[categoryId - 1] ?? 0) + 1;
    }
    addDraws(columns, record, counts.length);
    counts.push(row);
  }
  for (const column of columns.values()) while (column.length < counts.length) column.push(null);
  const problems = [
    ...[...found.problems, ...journal.problems].map(formatProblem),
    ...(writing ? ['A run is writing this dataset.'] : []),
  ];
  const reproduce = recordedCommand(manifest, {});
  return {
    context: { folder, manifest, entryOf: (frame) => entries.get(frame), reproduce },
    entries,
    columns,
    state: {
      ...{ config, seed, categories, renderer, counts, problems },
      frames: [...entries.keys()],
      parameters: [...columns.keys()].sort(),
    },
  };
}

/** At most so many of a list, evenly chosen, the first and the last among them. */
function chooseEvenly<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, i) => {
    const item = list[Math.round((i * (list.length - 1)) / (most - 1))];
    if (item === undefined) throw new RangeError('expected an item of the list');
    return item;
  });
}

/**
 * Opens a dataset to be browsed; what is wrong with it later on is part of its state.
 *
 * @param from revisions of what was in view before: those of the session go on from them.
 * @throws UsageError where the folder is no dataset, WriteError where its manifest cannot be used.
 */
export function openDatasetSession(
  folder: string,
  told: (state: PreviewState) => void,
  from: Revisions = NO_REVISIONS,
): DatasetSession {
  let dataset = readDataset(folder);
  let state: PreviewState = {
    subject: 'dataset',
    configPath: folder,
    revision: from.revision + 1,
    inputsRevision: from.inputsRevision + 1,
    ...{ inputs: null, dataset: dataset.state, problem: null },
    ...{ warnings: [], sets: [], assetFolders: [], changes: [] },
  };
  const reload = (): Promise<void> => {
    const revision = state.revision + 1;
    try {
      dataset = readDataset(folder);
      const inputsRevision = state.inputsRevision + 1;
      state = { ...state, revision, inputsRevision, dataset: dataset.state, problem: null };
    } catch (error) {
      state = { ...state, revision, problem: problemOf(error) };
    }
    told(state);
    return Promise.resolve();
  };
  const entryOf = (frame: number): JournalEntry => {
    const entry = dataset.entries.get(frame);
    if (entry === undefined)
      throw new UsageError(`${folder}: expected a frame of the dataset, found ${frame}`);
    return entry;
  };
  const recordsOf = (entries: readonly JournalEntry[]): readonly FrameRecord[] => [
    ...readEntries(datasetPaths(folder).journal, entries),
  ];
  const record = (frame: number): FrameRecord => {
    const [found] = recordsOf([entryOf(frame)]);
    if (found === undefined)
      throw new WriteError(`${folder}: expected a record of frame ${frame}, found none`);
    return found;
  };
  told(state);
  return {
    state: () => state,
    reload,
    record,
    map: (frame, kind) => readMap(folder, record(frame), kind),
    faults: async (frame) =>
      (await verifyEntry(dataset.context, entryOf(frame))).map(formatProblem),
    values: (path) => dataset.columns.get(path) ?? [],
    coverage: () =>
      recordsOf(chooseEvenly([...dataset.entries.values()], COVERAGE_FRAMES)).map(
        ({ frame, sample: { draws, camera } }) => ({
          frame,
          draws,
          camera: { position: camera.position, target: camera.target },
        }),
      ),
    files: () => {
      const { manifest, journal } = datasetPaths(folder);
      return [manifest, journal];
    },
  };
}

async function readMap(folder: string, record: FrameRecord, kind: string): Promise<PixelMap> {
  const file = Object.hasOwn(record.files, kind) ? record.files[kind as FileKind] : undefined;
  if (file === undefined) {
    throw new UsageError(
      `frame ${record.frame}: expected a kind of file that it has, found ${kind}`,
    );
  }
  if (kind !== 'rgb') return readPixelMap(folder, record, { kind: kind as FileKind, file });
  const { width, height, values } = await decodeColor(await readFrameFile(folder, file));
  if (width !== record.width || height !== record.height) {
    throw new WriteError(
      `${file.path}: expected ${record.width}×${record.height} pixels, found ${width}×${height}`,
    );
  }
  return { width, height, channels: 4, values };
}

/** A map as bytes: {@link MAP_HEAD}, then its values. */
export function encodeMap({ width, height, channels, values }: PixelMap): Uint8Array {
  const type = MAP_TYPES.indexOf(
    values instanceof Float32Array ? 'float32' : values instanceof Uint16Array ? 'uint16' : 'uint8',
  );
  const bytes = new Uint8Array(16 + values.byteLength);
  const head = new DataView(bytes.buffer);
  for (const [i, value] of [width, height, channels, type].entries()) {
    head.setUint32(i * 4, value, true);
  }
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 16);
  return bytes;
}
