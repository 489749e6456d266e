import { performance } from 'node:perf_hooks';
import { summariseDataset } from '#shared/formats/dataset-summary';
import type { FrameRecord } from '#shared/formats/frame-record';
import type { RunInputs } from '#shared/sampling/sample-scene';
import type { DerivedWriter } from '../store/finalise-dataset.ts';
import type { ManifestDraft } from '../store/inspect-store.ts';
import { openStore, type DatasetStore, type StoreMode } from '../store/open-store.ts';
import { assetWarnings } from './asset-tally.ts';
import { FramesFailedError, type FrameError } from './frame-error.ts';
import type { FrameRenderer } from './frame-renderer.ts';
import type { EventListener, RunSummary } from './render-events.ts';
import {
  runFrames,
  type RecordedFrames,
  type RenderedFrame,
  type RunFramesResult,
} from './run-frames.ts';
import { createRunTally, type RunTally } from './run-tally.ts';
import { createStageClock, type StageClock, type StageSpan } from './stage-clock.ts';
import { writeRunReport } from './write-run-report.ts';

/** A run whose inputs are loaded and checked. */
export type PreparedRun = Readonly<{
  inputs: RunInputs;
  draft: ManifestDraft;
  /** Frames of the selection, ascending. */
  frames: readonly number[];
  folder: string;
  mode: StoreMode;
  keepGoing: boolean;
  /** Doubts about config and assets, for `run.json` and people. */
  warnings: readonly string[];
  reproduce(frame: number): string;
  /** Samples in place of draws. */
  recorded?: RecordedFrames | undefined;
}>;

/** Writes a frame's files under a folder, and times its own steps by the clock. */
export type FrameWriter = (
  folder: string,
  frame: RenderedFrame,
  clock: StageClock,
) => Promise<FrameRecord['files']>;

/** What a run does outside: exchanged in tests. */
export type RunEffects = Readonly<{
  /** Opens what draws; called where a frame is missing only. */
  openRenderer(context: RendererContext): Promise<FrameRenderer>;
  /** Writes a frame's files under the folder, durably. */
  writeFrame: FrameWriter;
  derived: DerivedWriter;
}>;

/** What a renderer is told about its run. */
export type RendererContext = Readonly<{
  clock: StageClock;
  signal: AbortSignal;
  log(line: string): void;
}>;

export type RunControl = Readonly<{
  signal: AbortSignal;
  onEvent: EventListener;
  /** Told every step of every frame as soon as it has ended. */
  onSpan?: ((span: StageSpan) => void) | undefined;
}>;

/** Frames of one run for each page: one is drawn there, and the next one waits for its turn. */
const IN_FLIGHT_PER_PAGE = 2;
/** Frames beyond those: they annotate, encode and write meanwhile. */
const EXTRA_IN_FLIGHT = 2;

type RunState = {
  readonly prepared: PreparedRun;
  readonly store: DatasetStore;
  readonly clock: StageClock;
  readonly tally: RunTally;
  readonly startedAt: Date;
  readonly selected: ReadonlySet<number>;
  readonly pending: readonly number[];
  renderer: FrameRenderer | null;
  /** From the first frame's start to the last one's end; the first browser opens, and all close, outside of it. */
  seconds: number;
  result: RunFramesResult;
};

/**
 * Renders what is missing of a dataset and brings the folder into its final form for the frames that are
 * there, whether the run completes, fails or is interrupted.
 *
 * @throws FramesFailedError where frames failed; the others are whole, and run.json lists the failures.
 * @throws WriteError, BrowserError where the run cannot begin or end.
 */
export async function renderPrepared(
  prepared: PreparedRun,
  effects: RunEffects,
  control: RunControl,
): Promise<RunSummary> {
  const { folder, draft, mode, frames } = prepared;
  const store = await openStore(folder, draft, { mode, derived: effects.derived });
  const state: RunState = {
    prepared,
    store,
    clock: createStageClock(control.onSpan),
    tally: createRunTally(),
    startedAt: new Date(),
    selected: new Set(frames),
    pending: frames.filter((frame) => !store.completed.has(frame)),
    renderer: null,
    seconds: 0,
    result: { failures: [], interrupted: false },
  };
  try {
    for (const message of [...prepared.warnings, ...store.notices]) {
      control.onEvent({ type: 'warning', message });
    }
    await renderPending(state, effects, control);
    const summary = await finishRun(state);
    control.onEvent({ type: 'end', summary });
    if (state.result.failures.length > 0) throw new FramesFailedError(state.result.failures);
    return summary;
  } finally {
    await store.close();
  }
}

async function renderPending(
  state: RunState,
  effects: RunEffects,
  { signal, onEvent }: RunControl,
): Promise<void> {
  const { store, clock, prepared, pending, selected } = state;
  if (pending.length === 0 || signal.aborted) {
    state.result = { failures: [], interrupted: signal.aborted && pending.length > 0 };
    return;
  }
  const log = (message: string): void => onEvent({ type: 'status', message });
  const renderer = await effects.openRenderer({ clock, signal, log }).catch((error: unknown) => {
    if (signal.aborted) return null;
    throw error;
  });
  if (renderer === null) {
    state.result = { failures: [], interrupted: true };
    return;
  }
  state.renderer = renderer;
  try {
    await store.begin(renderer.info);
    onEvent({
      type: 'start',
      folder: store.folder,
      selected: selected.size,
      completed: selected.size - pending.length,
      workers: renderer.workers,
      renderer: renderer.info,
      sandboxed: renderer.sandboxed,
    });
    const startMs = performance.now();
    state.result = await runFrames(
      {
        inputs: prepared.inputs,
        recorded: prepared.recorded,
        clock,
        render: (plan) => renderer.render(plan),
        recycle: (buffers) => renderer.recycle?.(buffers),
        write: (frame, own) => effects.writeFrame(store.folder, frame, own),
        append: (record) => store.append(record),
        reproduce: prepared.reproduce,
        onFrame: (record) => reportFrame(state, record, onEvent),
        onFailure: ({ frame, message }) => onEvent({ type: 'frame-failed', frame, message }),
      },
      {
        frames: pending,
        inFlight: IN_FLIGHT_PER_PAGE * renderer.workers + EXTRA_IN_FLIGHT,
        keepGoing: prepared.keepGoing,
        signal,
      },
    );
    state.seconds = (performance.now() - startMs) / 1000;
  } finally {
    await renderer.close();
  }
}

function completeCount({ selected, pending, tally }: RunState): number {
  return selected.size - pending.length + tally.written();
}

function reportFrame(state: RunState, record: FrameRecord, onEvent: EventListener): void {
  state.tally.add(record);
  onEvent({
    type: 'frame',
    frame: record.frame,
    instances: record.annotations.instances.length,
    complete: completeCount(state),
    selected: state.selected.size,
  });
}

function outcomeOf(state: RunState): RunSummary['outcome'] {
  if (state.result.failures.length > 0) return 'failed';
  return state.result.interrupted && completeCount(state) < state.selected.size
    ? 'interrupted'
    : 'complete';
}

function summarise(state: RunState): RunSummary {
  const { prepared, store, tally, result, seconds } = state;
  const written = tally.written();
  const assets = state.renderer?.assets?.();
  return {
    outcome: outcomeOf(state),
    folder: store.folder,
    selected: state.selected.size,
    complete: completeCount(state),
    written,
    seconds: Math.round(seconds * 1000) / 1000,
    framesPerSecond: seconds > 0 ? Math.round((written / seconds) * 1000) / 1000 : 0,
    instances: tally.instances(),
    dropped: tally.dropped(),
    failedFrames: result.failures.map((failure: FrameError) => failure.frame),
    renderer: store.manifest()?.renderer ?? null,
    ...(assets && { assets }),
    warnings: [
      ...prepared.warnings,
      ...store.notices,
      ...tally.warnings(),
      ...assetWarnings(assets),
    ],
  };
}

/** Puts journal and derived files in order and writes run.json. */
async function finishRun(state: RunState): Promise<RunSummary> {
  const { store, prepared, renderer, result, clock, startedAt } = state;
  const bare = summarise(state);
  if (store.manifest() === null) return bare;
  try {
    await store.finalise();
  } catch (error) {
    // What stopped the frames explains more than that the end could not be written either.
    if (result.failures.length > 0) throw new FramesFailedError(result.failures);
    throw error;
  }
  const { config } = prepared.inputs;
  const judged = config.accept !== undefined || config.targets !== undefined;
  const summary = judged ? { ...bare, dataset: summariseDataset(config, store.records()) } : bare;
  // A run that found nothing to do leaves the report of the one that did it.
  if (renderer === null) return summary;
  await writeRunReport({
    startedAt,
    toolVersion: prepared.draft.generator.version,
    workers: renderer.workers,
    sandboxed: renderer.sandboxed,
    retries: renderer.retries(),
    summary,
    failures: result.failures,
    stages: clock.summary(),
  });
  return summary;
}
