import { availableParallelism } from 'node:os';
import type { Config } from '#shared/config/config-schema';
import type { DerivedWriter } from '../store/finalise-dataset.ts';
import { formatFrames } from '#shared/core/format-frames';
import type { JournalEntry } from '../store/journal.ts';
import { selectFrames, type FrameRange } from '../run/select-frames.ts';
import { checkDerived, type DatasetToVerify } from './check-derived.ts';
import { checkFolder, isBeingWritten } from './check-folder.ts';
import { openManifest } from './check-manifest.ts';
import {
  createProblemList,
  datasetProblem,
  type Problem,
  type ProblemGroup,
} from './problem-list.ts';
import { recordedCommand } from './recorded-command.ts';
import { spreadEvenly, type RerenderFindings } from './rerender-frames.ts';
import { scanJournal } from './scan-journal.ts';
import { verifyEntry, type EntryContext } from './verify-entry.ts';

/** What to verify. */
export type VerifyJob = Readonly<{
  folder: string;
  /** Frames whose files and labels are checked; all where it is left out. */
  range?: FrameRange | undefined;
  /** Frames that are not there are errors, not warnings. */
  complete?: boolean | undefined;
  /** How many frames are rendered again; none where it is left out. */
  rerender?: number | undefined;
  /** The config, for reproduction commands; `dataset.json` knows its name alone. */
  configPath?: string | undefined;
  assetFolders?: readonly string[] | undefined;
}>;

/** How it is followed and stopped, and what it does outside. */
export type VerifyControl = Readonly<{
  signal: AbortSignal;
  derived: DerivedWriter;
  /** Frames that were checked, of those to check. */
  onProgress(checked: number, total: number): void;
  /** Renders frames again; called where `rerender` is above 0. */
  rerender(
    dataset: DatasetToVerify,
    options: Readonly<{ entries: readonly JournalEntry[]; reproduce(frame: number): string }>,
  ): Promise<RerenderFindings>;
}>;

/** What was found. Plain JSON: `--json` prints it. */
export type VerifyReport = Readonly<{
  folder: string;
  name: string | null;
  outcome: 'ok' | 'failed' | 'interrupted';
  /** A run was writing the folder meanwhile. */
  writing: boolean;
  /** Frames of the config (of the range, where one was given), in the journal, checked. */
  frames: Readonly<{ expected: number; found: number; checked: number }>;
  rerendered: readonly number[];
  errors: number;
  groups: readonly ProblemGroup[];
}>;

/** Bytes that one pixel takes while a frame is checked, and what all lanes together may take. */
const BYTES_PER_PIXEL = 40;
/** More for each flow: its file, vectors and mask, and ids and depth of the frame that it leads to. */
const BYTES_PER_FLOW_PIXEL = 40;
const MEMORY_BYTES = 1 << 30;

/** Frames that are checked at once: as many as there are cores, and as fit in memory. */
export function laneCount(
  { image: { width, height }, outputs }: Pick<Config, 'image' | 'outputs'>,
  cores: number,
): number {
  const flows = Object.values(outputs.flow).filter((format) => format !== 'none').length;
  const bytes = BYTES_PER_PIXEL + flows * BYTES_PER_FLOW_PIXEL;
  const fitting = Math.floor(MEMORY_BYTES / (width * height * bytes));
  return Math.max(1, Math.min(cores, fitting));
}

/**
 * Holds a dataset, finished or not, against itself: manifest, journal, every file of every frame, labels
 * against pixels and geometry, derived files against records, and the folder against all of them. Nothing
 * is changed. Every problem is found, not the first alone; of each kind the first 50 are kept.
 *
 * @throws UsageError where the folder is no dataset or does not have the range.
 * @throws WriteError, BrowserError where frames cannot be rendered again.
 */
export async function verifyDataset(job: VerifyJob, control: VerifyControl): Promise<VerifyReport> {
  const { folder } = job;
  const list = createProblemList();
  const { manifest, problems } = openManifest(folder);
  list.add(...problems);
  const writing = isBeingWritten(folder);
  if (manifest === null) {
    const frames = { expected: 0, found: 0, checked: 0 };
    return reportOf({ folder, name: null, writing, frames, rerendered: [] }, list, false);
  }
  const total = manifest.config.frames;
  const selected = selectFrames({ total, range: job.range });
  const journal = scanJournal({ folder, total, writing });
  list.add(...journal.problems);
  const dataset = { folder, manifest, entries: journal.entries };
  const wanted = new Set(selected);
  const entries = dataset.entries.filter(({ frame }) => wanted.has(frame) || frame >= total);
  list.add(...missingFrames(selected, entries, job.complete === true));
  const reproduce = recordedCommand(manifest, job);
  const rerendered = await rerender({ dataset, entries, reproduce }, job, control);
  list.add(...rerendered.problems);
  const byFrame = new Map(journal.entries.map((entry) => [entry.frame, entry]));
  const entryOf: EntryContext['entryOf'] = (frame) => byFrame.get(frame);
  const checked = await verifyEntries({ folder, manifest, entryOf, reproduce }, entries, {
    signal: control.signal,
    add: list.add,
    onProgress: control.onProgress,
  });
  if (!control.signal.aborted) {
    if (!writing) list.add(...(await checkDerived(dataset, control.derived)));
    list.add(...checkFolder(dataset, { derived: control.derived, writing }));
  }
  const frames = { expected: selected.length, found: entries.length, checked };
  const facts = { folder, name: manifest.name, writing, frames, rerendered: rerendered.frames };
  return reportOf(facts, list, control.signal.aborted);
}

function reportOf(
  facts: Omit<VerifyReport, 'outcome' | 'errors' | 'groups'>,
  list: ReturnType<typeof createProblemList>,
  interrupted: boolean,
): VerifyReport {
  const errors = list.errors();
  const outcome = errors > 0 ? 'failed' : interrupted ? 'interrupted' : 'ok';
  return { ...facts, outcome, errors, groups: list.groups() };
}

function missingFrames(
  selected: readonly number[],
  entries: readonly JournalEntry[],
  complete: boolean,
): readonly Problem[] {
  const there = new Set(entries.map(({ frame }) => frame));
  const missing = selected.filter((frame) => !there.has(frame));
  if (missing.length === 0) return [];
  const text = `expected ${selected.length} frames, found ${selected.length - missing.length}; not there: ${formatFrames(missing)}.`;
  return [datasetProblem('incomplete', text, { severity: complete ? 'error' : 'warning' })];
}

async function rerender(
  {
    dataset,
    entries,
    reproduce,
  }: Readonly<{
    dataset: DatasetToVerify;
    entries: readonly JournalEntry[];
    reproduce(frame: number): string;
  }>,
  { rerender: count = 0 }: VerifyJob,
  control: VerifyControl,
): Promise<RerenderFindings> {
  const chosen = spreadEvenly(entries, count);
  if (count === 0 || chosen.length === 0) return { frames: [], problems: [] };
  return control.rerender(dataset, { entries: chosen, reproduce });
}

/** Checks frames side by side; problems are added in the order of the frames, whichever is done first. */
async function verifyEntries(
  context: EntryContext,
  entries: readonly JournalEntry[],
  {
    signal,
    add,
    onProgress,
  }: Readonly<{
    signal: AbortSignal;
    add(...problems: readonly Problem[]): void;
    onProgress: VerifyControl['onProgress'];
  }>,
): Promise<number> {
  const waiting = new Map<number, readonly Problem[]>();
  let [taken, told] = [0, 0];
  const lane = async (): Promise<void> => {
    for (;;) {
      const index = taken++;
      const entry = entries[index];
      if (entry === undefined || signal.aborted) return;
      waiting.set(index, await verifyEntry(context, entry));
      for (let next = waiting.get(told); next !== undefined; next = waiting.get(told)) {
        add(...next);
        waiting.delete(told++);
        onProgress(told, entries.length);
      }
    }
  };
  const lanes = laneCount(context.manifest.config, availableParallelism());
  await Promise.all(Array.from({ length: lanes }, lane));
  return told;
}
