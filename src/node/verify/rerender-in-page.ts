import type { SandboxMode } from '../browser/browser-types.ts';
import { createFrameWriter, derivedFiles } from '../run/dataset-writers.ts';
import { openPageRenderer } from '../run/open-page-renderer.ts';
import type { RunEffects } from '../run/render-prepared.ts';
import { prepareRerender, type RerenderInputs } from './prepare-rerender.ts';
import { datasetProblem } from './problem-list.ts';
import { rerenderFrames } from './rerender-frames.ts';
import type { VerifyControl } from './verify-dataset.ts';

/** Inputs, and the browsers that draw. */
export type PageRerenderOptions = RerenderInputs &
  Readonly<{
    browserPath?: string | undefined;
    workers?: number | undefined;
    sandbox: SandboxMode;
    signal: AbortSignal;
    log(line: string): void;
  }>;

/** Renders frames again in browsers, with the back end that `dataset.json` names. */
export function rerenderInPage(options: PageRerenderOptions): VerifyControl['rerender'] {
  const { browserPath, workers, sandbox, signal, log } = options;
  return async (dataset, { entries, reproduce }) => {
    const { manifest } = dataset;
    const { loaded, notices } = await prepareRerender(manifest, options);
    const effects: RunEffects = {
      derived: derivedFiles,
      writeFrame: createFrameWriter(loaded.inputs.config),
      openRenderer: (context) =>
        openPageRenderer(
          {
            gl: manifest.renderer.backend,
            sandbox,
            browserPath,
            workers,
            resolveResource: loaded.resolveResource,
          },
          context,
        ),
    };
    const { frames, problems } = await rerenderFrames(dataset, {
      entries,
      loaded,
      effects,
      reproduce,
      signal,
      log,
    });
    const noted = notices.map((text) => datasetProblem('rerender', text, { severity: 'notice' }));
    return { frames, problems: [...noted, ...problems] };
  };
}
