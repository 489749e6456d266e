import { join } from 'node:path';
import type { BackendRequest, SandboxMode } from '../browser/browser-types.ts';
import { inspectStore, type ManifestDraft } from '../store/inspect-store.ts';
import { createFrameWriter, derivedFiles } from './dataset-writers.ts';
import { openPageRenderer } from './open-page-renderer.ts';
import { prepareInputs, type InputsRequest, type LoadedInputs } from './prepare-run.ts';
import type { EventListener, RunSummary } from './render-events.ts';
import { renderPrepared, type PreparedRun, type RunEffects } from './render-prepared.ts';
import { reproduceCommand } from '#shared/formats/reproduce-command';
import { selectFrames, type FrameRange, type Shard } from './select-frames.ts';

/** What to render, where to, and with what. Only `configPath` is required. */
export type RenderJob = InputsRequest &
  Readonly<{
    /** Dataset folder; `out/<config name>` where it is left out. */
    folder?: string | undefined;
    /** All frames of the config where it is left out. */
    range?: FrameRange | undefined;
    shard?: Shard | undefined;
    /** These frames, in place of a range or shard. */
    frames?: readonly number[] | undefined;
    /** Deletes the dataset that stands in the folder first. */
    fresh?: boolean | undefined;
    /** Goes on where a frame fails; the run fails in the end. */
    keepGoing?: boolean | undefined;
    /** Browsers side by side; what suits the machine where it is left out. */
    workers?: number | undefined;
    gl?: BackendRequest | undefined;
    browserPath?: string | undefined;
    sandbox?: SandboxMode | undefined;
    /**
     * The most that each browser keeps of assets between frames, bytes on the GPU; 1 GiB where it is left out, 2 GiB
     * with a graphics card. No pixel depends on it.
     */
    assetBytes?: number | undefined;
  }>;

/** How a run is followed and stopped. */
export type RenderControl = Readonly<{
  signal?: AbortSignal | undefined;
  onEvent?: EventListener | undefined;
}>;

/** What a run would do. */
export type RunPreview = Readonly<{
  folder: string;
  /** Frames that would be rendered. */
  pending: readonly number[];
  /** Frames of the selection that are there already. */
  completed: number;
  manifest: ManifestDraft;
  warnings: readonly string[];
}>;

/** `out/<config name>`, with what no file system minds. */
export function defaultFolder(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+|[.-]+$/g, '');
  return join('out', safe === '' ? 'dataset' : safe);
}

async function prepareJob(
  job: RenderJob,
): Promise<Readonly<{ loaded: LoadedInputs; prepared: PreparedRun }>> {
  const loaded = await prepareInputs(job);
  const { config } = loaded.inputs;
  const prepared: PreparedRun = {
    inputs: loaded.inputs,
    draft: loaded.draft,
    frames: selectFrames({
      total: config.frames,
      chosen: job.frames,
      range: job.range,
      shard: job.shard,
    }),
    folder: job.folder ?? defaultFolder(config.name),
    mode: job.fresh === true ? 'fresh' : 'resume',
    keepGoing: job.keepGoing ?? false,
    warnings: loaded.warnings,
    reproduce: (frame) => reproduceCommand(job, String(config.seed), frame),
  };
  return { loaded, prepared };
}

/**
 * Renders a dataset, or what is missing of it. Killed at any instant, the same call goes on, and ends with
 * the bytes of a run without interruption (design.md §7).
 *
 * @returns how it went; `outcome` is `interrupted` where the signal was aborted.
 * @throws ConfigError, AssetError, UsageError before anything is written; WriteError, BrowserError;
 * FramesFailedError where frames failed, the others being whole.
 */
export async function renderDataset(
  job: RenderJob,
  control: RenderControl = {},
): Promise<RunSummary> {
  const { loaded, prepared } = await prepareJob(job);
  const effects: RunEffects = {
    derived: derivedFiles,
    writeFrame: createFrameWriter(loaded.inputs.config),
    openRenderer: (context) =>
      openPageRenderer(
        {
          gl: job.gl ?? 'auto',
          sandbox: job.sandbox ?? 'auto',
          browserPath: job.browserPath,
          workers: job.workers,
          assetBytes: job.assetBytes,
          resolveResource: loaded.resolveResource,
        },
        context,
      ),
  };
  return renderPrepared(prepared, effects, {
    signal: control.signal ?? new AbortController().signal,
    onEvent: control.onEvent ?? (() => undefined),
  });
}

/**
 * Everything of {@link renderDataset} but rendering: loads, checks, compares with the folder; writes
 * nothing.
 */
export async function previewRun(job: RenderJob): Promise<RunPreview> {
  const { prepared } = await prepareJob(job);
  const { folder, frames, draft, mode } = prepared;
  const state = mode === 'fresh' ? null : inspectStore(folder, draft);
  const completed = new Set(state?.entries.map((entry) => entry.frame));
  const pending = frames.filter((frame) => !completed.has(frame));
  return {
    folder,
    pending,
    completed: frames.length - pending.length,
    manifest: draft,
    warnings: [
      ...prepared.warnings,
      ...(state?.stale ?? []).map(
        ({ entry, problem }) => `frame ${entry.frame} counts as missing: ${problem}`,
      ),
    ],
  };
}
