import { rmdir } from 'node:fs/promises';
import { UsageError } from '#shared/core/errors';
import type { BatchAnswer, BatchRun, RenderRequest } from '#shared/protocol/preview-api';
import type { InputsRequest } from '../run/prepare-run.ts';
import { renderDataset, type RenderJob } from '../run/render-dataset.ts';
import type { RenderEvent } from '../run/render-events.ts';
import { claimFolder } from './claim-folder.ts';

/** What draws batches. */
export type BatchBrowser = Pick<
  RenderJob,
  'gl' | 'browserPath' | 'sandbox' | 'workers' | 'assetBytes'
>;

/** Batches of a preview, one at a time. */
export type BatchRunner = Readonly<{
  answer(): BatchAnswer;
  /**
   * Begins to render frames; resolves once it has begun.
   * @throws UsageError where another one runs, or the folder may not be written.
   */
  start(request: RenderRequest, inputs: InputsRequest): Promise<void>;
  /** Stops the one that runs, and waits for its end. */
  cancel(): Promise<void>;
}>;

type RunnerOptions = Readonly<{
  browser: BatchBrowser;
  project: string;
  told(run: BatchRun): void;
  /** Exchanged in tests. */
  render?: typeof renderDataset | undefined;
}>;

/** What a run is after something happened in it. */
export function afterEvent(run: BatchRun, event: RenderEvent): BatchRun {
  switch (event.type) {
    case 'status':
      return { ...run, message: event.message };
    case 'warning':
      return { ...run, warnings: [...run.warnings, event.message] };
    case 'start': {
      const { renderer, selected, completed } = event;
      const drawnBy = `${renderer.backend}: ${renderer.renderer}`;
      return { ...run, message: null, renderer: drawnBy, selected, complete: completed };
    }
    case 'frame':
      return { ...run, complete: event.complete, selected: event.selected };
    case 'frame-failed':
      return { ...run, problems: [...run.problems, event.message] };
    case 'end': {
      const { outcome, complete, selected } = event.summary;
      const phase = outcome === 'interrupted' ? 'cancelled' : outcome;
      return { ...run, phase, complete, selected, message: null };
    }
  }
}

/** Runs batches with the code of `diorama render`, and tells of every step. */
export function createBatchRunner(options: RunnerOptions): BatchRunner {
  const { project, browser, told, render = renderDataset } = options;
  let run: BatchRun | null = null;
  let ending: Promise<void> = Promise.resolve();
  let stop: AbortController | null = null;
  const tell = (next: BatchRun): void => told((run = next));
  const work = async (job: RenderJob, folder: string, begun: BatchRun): Promise<void> => {
    const { signal } = (stop = new AbortController());
    let now = begun;
    try {
      await render(job, { signal, onEvent: (event) => tell((now = afterEvent(now, event))) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const problems = now.problems.length > 0 ? now.problems : [message];
      tell({ ...now, phase: 'failed', message: null, problems });
    } finally {
      stop = null;
      // Where nothing was written, nothing stays; a folder that holds something is kept.
      await rmdir(folder).catch(() => undefined);
    }
  };
  return {
    answer: () => ({ run, project }),
    start: async (request, inputs) => {
      if (run?.phase === 'running') {
        throw new UsageError(
          `render: a batch is running into ${run.folder}. Cancel it, or wait for its end.`,
        );
      }
      const { frames, folder } = request;
      const begun: BatchRun = {
        phase: 'running',
        ...{ folder, complete: 0, selected: frames.length },
        ...{ message: 'loading', renderer: null, warnings: [], problems: [] },
      };
      const before = run;
      // Before the first wait, so that a second request finds it.
      run = begun;
      try {
        const path = await claimFolder(project, folder);
        const job: RenderJob = { ...inputs, ...browser, frames, folder: path };
        tell(begun);
        ending = work(job, path, begun);
      } catch (error) {
        run = before;
        throw error;
      }
    },
    cancel: async () => {
      stop?.abort();
      await ending;
    },
  };
}
