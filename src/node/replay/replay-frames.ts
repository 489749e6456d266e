import { realpathSync } from 'node:fs';
import type { RendererInfo } from '#shared/formats/dataset-manifest';
import { UsageError, WriteError } from '#shared/core/errors';
import type { BackendRequest, SandboxMode } from '../browser/browser-types.ts';
import { viewDataset, type DatasetView } from '../inspect/read-dataset.ts';
import { createFrameWriter, derivedFiles } from '../run/dataset-writers.ts';
import { openPageRenderer } from '../run/open-page-renderer.ts';
import { defaultFolder, type RenderControl } from '../run/render-dataset.ts';
import type { RunSummary } from '../run/render-events.ts';
import { renderPrepared, type RunControl, type RunEffects } from '../run/render-prepared.ts';
import { quoteWord } from '#shared/formats/reproduce-command';
import type { FrameRange } from '../run/select-frames.ts';
import { diffJson, formatDifferences } from '../store/diff-json.ts';
import { formatFrames } from '#shared/core/format-frames';
import { inspectStore } from '../store/inspect-store.ts';
import { checkReplay, type CheckedFrame } from './check-replay.ts';
import { prepareReplay, type PreparedReplay, type ReplayInputs } from './prepare-replay.ts';
import { fileSource, recordedSource, recordReader, type ReplaySource } from './replay-source.ts';

/** Which frames of which dataset to replay, and what with. Only `dataset` is required. */
export type ReplayJob = ReplayInputs &
  Readonly<{
    /** Folder of the dataset; it is read alone. */
    dataset: string;
    /** All frames that are there where it is left out. */
    range?: FrameRange | undefined;
    /** A file with a sample, in place of recorded ones. */
    sampleFile?: string | undefined;
    /** Where the frames go, a dataset of their own; `out/<name>-replay` where it is left out. */
    folder?: string | undefined;
    /** Deletes the dataset that stands in `folder` first. */
    fresh?: boolean | undefined;
    /** Compares every file and record with the dataset's. */
    check?: boolean | undefined;
    workers?: number | undefined;
    /** As {@link RenderJob} has it. */
    assetBytes?: number | undefined;
    /** That of the dataset where it is left out. */
    gl?: BackendRequest | undefined;
    browserPath?: string | undefined;
    sandbox?: SandboxMode | undefined;
  }>;

/** How a replay went. */
export type ReplayResult = Readonly<{
  summary: RunSummary;
  /** A frame each; null where no check was asked for. */
  checked: readonly CheckedFrame[] | null;
}>;

/**
 * Renders frames of a dataset again from their recorded samples: nothing is drawn by chance, no object falls
 * again, no frame is judged again. So a frame stays the same whatever has become of the config, of the
 * distributions in it, or of how a version of Diorama samples.
 *
 * @throws UsageError, AssetError, WriteError where dataset, scene, assets or folder do not allow it;
 * BrowserError, FramesFailedError as a render does.
 */
export async function replayFrames(
  job: ReplayJob,
  control: RenderControl = {},
): Promise<ReplayResult> {
  const dataset = viewDataset(job.dataset);
  const source =
    job.sampleFile === undefined
      ? recordedSource(dataset, job.range)
      : await fileSource(job.sampleFile, dataset.manifest.config);
  const prepared = await prepareReplay(dataset.manifest, source.frames.map(source.sampleOf), job);
  const { backend } = dataset.manifest.renderer;
  const effects: RunEffects = {
    derived: derivedFiles,
    writeFrame: createFrameWriter(prepared.inputs.config),
    openRenderer: (context) =>
      openPageRenderer(
        {
          gl: job.gl ?? backend,
          sandbox: job.sandbox ?? 'auto',
          browserPath: job.browserPath,
          workers: job.workers,
          assetBytes: job.assetBytes,
          resolveResource: prepared.resolveResource,
        },
        context,
      ),
  };
  return replayInto({ job, dataset, source, prepared }, effects, {
    signal: control.signal ?? new AbortController().signal,
    onEvent: control.onEvent ?? (() => undefined),
  });
}

/** A replay whose inputs are loaded. */
export type Replay = Readonly<{
  job: ReplayJob;
  dataset: DatasetView;
  source: ReplaySource;
  prepared: PreparedReplay;
}>;

/** {@link replayFrames} with a renderer that is handed in. */
export async function replayInto(
  { job, dataset, source, prepared }: Replay,
  effects: RunEffects,
  control: RunControl,
): Promise<ReplayResult> {
  const folder = job.folder ?? `${defaultFolder(dataset.manifest.name)}-replay`;
  requireRoom(folder, { job, dataset, source, prepared });
  if (job.check === true) source.frames.forEach(recordReader(dataset));
  const summary = await renderPrepared(
    {
      inputs: prepared.inputs,
      draft: prepared.draft,
      frames: source.frames,
      folder,
      mode: job.fresh === true ? 'fresh' : 'resume',
      keepGoing: false,
      warnings: prepared.warnings,
      reproduce: (frame) => replayCommand(job, frame),
      recorded: source,
    },
    { ...effects, openRenderer: warnOfOtherRenderer(dataset, effects, control) },
    control,
  );
  const checked = job.check === true ? await checkFrames(dataset, folder, source.frames) : null;
  return { summary, checked };
}

/** @throws UsageError, WriteError where frames written into a folder would replace what must stay. */
function requireRoom(folder: string, { job, dataset, source, prepared }: Replay): void {
  if (samePlace(folder, dataset.folder))
    throw new UsageError(`--out: expected another folder than the dataset itself, got ${folder}`);
  if (job.fresh === true) return;
  const there = new Set(inspectStore(folder, prepared.draft).entries.map(({ frame }) => frame));
  const doubled = source.frames.filter((frame) => there.has(frame));
  if (doubled.length === 0) return;
  throw new WriteError(
    `${folder}: holds frames ${formatFrames(doubled)} already. Give another folder with --out, or start over with --fresh.`,
  );
}

function samePlace(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    // A folder that is not there is no other.
    return false;
  }
}

/** The command that replays one frame again. */
function replayCommand({ dataset, sampleFile, scenePath, configPath }: ReplayJob, frame: number) {
  const flag = (name: string, value: string | undefined): readonly string[] =>
    value === undefined ? [] : [name, value];
  return [
    ...['npx', 'diorama', 'replay', dataset],
    ...(sampleFile === undefined ? ['--frame', String(frame)] : ['--from', sampleFile]),
    ...flag('--scene', scenePath),
    ...flag('--config', configPath),
  ]
    .map(quoteWord)
    .join(' ');
}

/** Bytes may be others where another renderer or version draws; that is said, and no reason to stop. */
function warnOfOtherRenderer(
  { manifest }: DatasetView,
  effects: RunEffects,
  { onEvent }: RunControl,
): RunEffects['openRenderer'] {
  return async (context) => {
    const renderer = await effects.openRenderer(context);
    const told = describeRenderer(manifest.renderer, renderer.info);
    if (told !== null) onEvent({ type: 'warning', message: told });
    return renderer;
  };
}

function describeRenderer(before: RendererInfo, after: RendererInfo): string | null {
  const differences = diffJson(before, after);
  if (differences.length === 0) return null;
  const told = formatDifferences(differences).trim().replace(/\n\s*/g, '; ');
  return `another renderer than that of the dataset, so that colour may have other bytes: ${told}`;
}

async function checkFrames(
  dataset: DatasetView,
  folder: string,
  frames: readonly number[],
): Promise<readonly CheckedFrame[]> {
  const recorded = recordReader(dataset);
  const replay = viewDataset(folder);
  const made = new Set(replay.entries.map(({ frame }) => frame));
  const replayed = recordReader(replay);
  const checked: CheckedFrame[] = [];
  for (const frame of frames.filter((one) => made.has(one))) {
    checked.push(
      await checkReplay(
        { folder: dataset.folder, record: recorded(frame) },
        { folder, record: replayed(frame) },
      ),
    );
  }
  return checked;
}
