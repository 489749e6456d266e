import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileKind, FrameRecord } from '#shared/formats/frame-record';
import { FramesFailedError } from '../run/frame-error.ts';
import type { LoadedInputs } from '../run/prepare-run.ts';
import { renderPrepared, type RunEffects } from '../run/render-prepared.ts';
import { datasetPaths } from '../store/dataset-files.ts';
import { diffJson, formatDifferences } from '../store/diff-json.ts';
import { readEntries, readJournal, type JournalEntry } from '../store/journal.ts';
import type { DatasetToVerify } from './check-derived.ts';
import { describeDifference } from './compare-files.ts';
import { refuseOtherRenderer } from './prepare-rerender.ts';
import type { Problem } from './problem-list.ts';

/** What rendering again needs, and how it is followed. */
export type RerenderOptions = Readonly<{
  /** Frames to render again. */
  entries: readonly JournalEntry[];
  loaded: LoadedInputs;
  effects: RunEffects;
  reproduce(frame: number): string;
  signal: AbortSignal;
  log(line: string): void;
}>;

/** Frames that were rendered again, and how they differ. */
export type RerenderFindings = Readonly<{
  frames: readonly number[];
  problems: readonly Problem[];
}>;

/**
 * `count` members of a list, evenly spread: the middles of `count` equal parts. All, where there are fewer.
 */
export function spreadEvenly<T>(all: readonly T[], count: number): readonly T[] {
  if (count >= all.length) return all;
  return Array.from({ length: count }, (_, i) =>
    all.at(Math.floor(((2 * i + 1) * all.length) / (2 * count))),
  ).filter((member) => member !== undefined);
}

/**
 * Renders frames of a dataset again, in a temporary folder, and compares every file and the record, byte
 * for byte.
 *
 * @throws WriteError where another renderer draws than the one that made the dataset, BrowserError.
 */
export async function rerenderFrames(
  dataset: DatasetToVerify,
  options: RerenderOptions,
): Promise<RerenderFindings> {
  const { entries, reproduce, signal } = options;
  const folder = await mkdtemp(join(tmpdir(), 'diorama-rerender-'));
  try {
    const failures = await renderInto(folder, dataset, options);
    const again = readJournal(datasetPaths(folder).journal).entries;
    const problems = [...failures];
    const frames: number[] = [];
    for (const entry of entries) {
      const made = again.find(({ frame }) => frame === entry.frame);
      if (made === undefined || signal.aborted) continue;
      const texts = await compareFrames({ folder: dataset.folder, entry }, { folder, entry: made });
      frames.push(entry.frame);
      problems.push(
        ...texts.map(({ file, message }): Problem => ({
          kind: 'rerender',
          severity: 'error',
          frame: entry.frame,
          file,
          message,
          reproduce: reproduce(entry.frame),
        })),
      );
    }
    return { frames, problems };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Frames that cannot be made any more, as problems. */
async function renderInto(
  folder: string,
  { manifest }: DatasetToVerify,
  { entries, loaded, effects, reproduce, signal, log }: RerenderOptions,
): Promise<readonly Problem[]> {
  const prepared = {
    inputs: loaded.inputs,
    draft: loaded.draft,
    frames: entries.map(({ frame }) => frame),
    folder,
    mode: 'resume' as const,
    keepGoing: true,
    warnings: [],
    reproduce,
  };
  const openRenderer: RunEffects['openRenderer'] = async (context) => {
    const renderer = await effects.openRenderer(context);
    try {
      refuseOtherRenderer(manifest, renderer.info);
    } catch (error) {
      await renderer.close();
      throw error;
    }
    return renderer;
  };
  try {
    await renderPrepared(
      prepared,
      { ...effects, openRenderer },
      { signal, onEvent: (event) => (event.type === 'status' ? log(event.message) : undefined) },
    );
    return [];
  } catch (error) {
    if (!(error instanceof FramesFailedError)) throw error;
    return error.failures.map((failure) => ({
      kind: 'rerender',
      severity: 'error',
      frame: failure.frame,
      file: null,
      message: failure.message.replace(`frame ${failure.frame}: `, ''),
      reproduce: null,
    }));
  }
}

type PlacedFrame = Readonly<{ folder: string; entry: JournalEntry }>;
type Difference = Readonly<{ file: string | null; message: string }>;

async function compareFrames(
  before: PlacedFrame,
  after: PlacedFrame,
): Promise<readonly Difference[]> {
  const [left, right] = [recordOf(before), recordOf(after)];
  const { files: filesBefore, ...recordBefore } = left;
  const { files: filesAfter, ...recordAfter } = right;
  const differences = diffJson(recordBefore, recordAfter);
  const found: Difference[] =
    differences.length === 0 ? [] : [{ file: null, message: describeFields(differences) }];
  const kinds = new Set([...Object.keys(filesBefore), ...Object.keys(filesAfter)] as FileKind[]);
  for (const kind of kinds) {
    const path = filesBefore[kind]?.path ?? filesAfter[kind]?.path ?? '';
    const bytes = await Promise.all([
      read(before.folder, filesBefore, kind),
      read(after.folder, filesAfter, kind),
    ]);
    // A file that is missing is told of where files are checked.
    const [was, is] = bytes;
    if (was === null || is === null) continue;
    const message = await describeDifference({ kind, path, before: was, after: is });
    if (message !== null) found.push({ file: path, message });
  }
  return found;
}

const describeFields = (differences: ReturnType<typeof diffJson>): string =>
  `its record: expected that of the dataset, found ${formatDifferences(differences, 5).trim().replace(/\n\s*/g, '; ')}.`;

function recordOf({ folder, entry }: PlacedFrame): FrameRecord {
  const [record] = readEntries(datasetPaths(folder).journal, [entry]);
  if (record === undefined) throw new RangeError(`frame ${entry.frame}: expected a record`);
  return record;
}

async function read(
  folder: string,
  files: FrameRecord['files'],
  kind: FileKind,
): Promise<Buffer | null> {
  const file = files[kind];
  if (file === undefined) return null;
  return readFile(join(folder, file.path)).catch(() => null);
}
