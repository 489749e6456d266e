import type { DatasetManifest, RendererInfo } from '#shared/formats/dataset-manifest';
import type { FrameRecord } from '#shared/formats/frame-record';
import { clearDataset, deleteFiles } from './clear-dataset.ts';
import { datasetPaths } from './dataset-files.ts';
import { lockDataset, type DatasetLock } from './dataset-lock.ts';
import { writeFileAtomically } from './durable-files.ts';
import { finaliseDataset, type DerivedWriter } from './finalise-dataset.ts';
import {
  assertDatasetFolder,
  assertSameDataset,
  inspectStore,
  type ManifestDraft,
  type StoreState,
} from './inspect-store.ts';
import {
  openJournal,
  readEntries,
  readJournal,
  rewriteJournal,
  type JournalEntry,
  type JournalWriter,
} from './journal.ts';

/** `resume` goes on where a run stopped (or begins); `fresh` deletes the dataset first. */
export type StoreMode = 'resume' | 'fresh';

export type StoreOptions = Readonly<{ mode: StoreMode; derived: DerivedWriter }>;

/** A dataset folder that this process alone may write. */
export type DatasetStore = Readonly<{
  folder: string;
  /** Frames that were whole when the store was opened. */
  completed: ReadonlySet<number>;
  /** What was found and mended while opening, for people. */
  notices: readonly string[];
  /** The manifest that stands in the folder; null until {@link DatasetStore.begin}. */
  manifest(): DatasetManifest | null;
  /** Writes `dataset.json`, or makes sure that the renderer is the one that it names. */
  begin(renderer: RendererInfo): Promise<void>;
  /** Makes a frame count as done; its files must be durable. Durable itself when it resolves. */
  append(record: FrameRecord): Promise<void>;
  /** Reads the journal again, after it was replaced as a whole. */
  reload(): Promise<void>;
  /** Puts the journal in frame order and writes the derived files for the frames that are there. */
  finalise(): Promise<void>;
  /** Records of the frames that are there, in the order of the journal; read after {@link DatasetStore.finalise}. */
  records(): Iterable<FrameRecord>;
  /** Gives the folder back. Must be called, whatever happened. */
  close(): Promise<void>;
}>;

function describeFindings(state: StoreState, lock: DatasetLock): readonly string[] {
  const notices: string[] = [];
  if (lock.staleHolder !== null) {
    const { pid, host, since } = lock.staleHolder;
    notices.push(
      `Took over the lock of process ${pid} on ${host} (since ${since}), which is gone.`,
    );
  }
  if (state.tornBytes > 0) {
    notices.push(
      `frames.jsonl: dropped a last line that was cut off (${state.tornBytes} bytes); its frame is rendered again.`,
    );
  }
  for (const { entry, problem } of state.stale) {
    notices.push(`Frame ${entry.frame} is rendered again: ${problem}.`);
  }
  return notices;
}

/** The old manifest still stands then, so that the folder stays recognisable until the new one replaces it. */
const EMPTY_STORE: StoreState = { manifest: null, entries: [], stale: [], tornBytes: 0 };

/** Removes what an interrupted run left half done; returns the entries where they now stand. */
async function repairJournal(folder: string, state: StoreState): Promise<readonly JournalEntry[]> {
  if (state.tornBytes === 0 && state.stale.length === 0) return state.entries;
  const entries = await rewriteJournal(datasetPaths(folder).journal, state.entries);
  const orphans = state.stale.flatMap(({ entry }) => entry.files.map((file) => file.path));
  await deleteFiles(folder, orphans);
  return entries;
}

/**
 * Opens a dataset folder for writing: locks it, checks that what stands there was made from the same
 * things, and mends what a killed run left.
 *
 * @param draft what the frames depend on, the renderer apart.
 * @throws WriteError for a foreign folder, one that is being written, one made from something else, a
 * corrupt journal, or where the operating system refuses.
 */
export async function openStore(
  folder: string,
  draft: ManifestDraft,
  { mode, derived }: StoreOptions,
): Promise<DatasetStore> {
  assertDatasetFolder(folder);
  const lock = await lockDataset(folder);
  try {
    if (mode === 'fresh') await clearDataset(folder, derived.paths);
    const state = mode === 'fresh' ? EMPTY_STORE : inspectStore(folder, draft);
    const entries = await repairJournal(folder, state);
    const notices = describeFindings(state, lock);
    return createStore({
      folder,
      draft,
      derived,
      lock,
      notices,
      entries,
      manifest: state.manifest,
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

type StoreContext = Readonly<{
  folder: string;
  draft: ManifestDraft;
  derived: DerivedWriter;
  lock: DatasetLock;
  notices: readonly string[];
  entries: readonly JournalEntry[];
  manifest: DatasetManifest | null;
}>;

function createStore(context: StoreContext): DatasetStore {
  const { folder, draft, derived, lock, notices } = context;
  const paths = datasetPaths(folder);
  const entries = [...context.entries];
  let manifest = context.manifest;
  // The promise, not the writer: frames end side by side, and the first two must not open it twice.
  let journal: Promise<JournalWriter> | null = null;
  const closeJournal = async (): Promise<void> => {
    const open = journal;
    journal = null;
    await (await open)?.close();
  };
  return {
    folder,
    notices,
    completed: new Set(entries.map((entry) => entry.frame)),
    manifest: () => manifest,
    async begin(renderer) {
      const next: DatasetManifest = { ...draft, renderer };
      if (manifest !== null) {
        assertSameDataset(folder, manifest, next);
        return;
      }
      await writeFileAtomically(paths.manifest, `${JSON.stringify(next, null, 2)}\n`);
      manifest = next;
    },
    async append(record) {
      journal ??= openJournal(paths.journal);
      entries.push(await (await journal).append(record));
    },
    async reload() {
      await closeJournal();
      entries.splice(0, entries.length, ...readJournal(paths.journal).entries);
    },
    async finalise() {
      await closeJournal();
      if (manifest === null) return;
      const sorted = await finaliseDataset({ folder, manifest, entries, derived });
      entries.splice(0, entries.length, ...sorted);
    },
    records: () => ({ [Symbol.iterator]: () => readEntries(paths.journal, entries) }),
    async close() {
      try {
        await closeJournal();
      } finally {
        await lock.release();
      }
    },
  };
}
