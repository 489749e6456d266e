import { ConfigError } from '#shared/core/errors';
import type { PreviewProblem, PreviewState } from '#shared/protocol/preview-api';
import { prepareInputs, type InputsRequest, type LoadedInputs } from '../run/prepare-run.ts';
import type { ResolveResource } from '../server/page-server.ts';

/** The inputs of a preview, loaded again whenever they change on disk. */
export type PreviewSession = Readonly<{
  state(): PreviewState;
  /** Loads everything again; loads that are asked for meanwhile become one. Never rejects. */
  reload(): Promise<void>;
  /** Bytes of the inputs in use, or of those before them: a page may still draw these. */
  resolveResource: ResolveResource;
  /** Files that the inputs were read from, absolute. */
  files(): readonly string[];
}>;

function problemOf(error: unknown): PreviewProblem {
  const message = error instanceof Error ? error.message : String(error);
  return { message, issues: error instanceof ConfigError ? error.issues : [] };
}

function flagsOf({ sets = [], assetFolders = [] }: InputsRequest): readonly string[] {
  return [
    ...sets.flatMap((text) => ['--set', text]),
    ...assetFolders.flatMap((folder) => ['--assets', folder]),
  ];
}

/**
 * Loads the inputs of a preview. What is wrong with them is part of its state and no error: the page shows
 * it, over the last picture that could be made.
 *
 * @param changed called after each load.
 */
export async function openPreviewSession(
  request: InputsRequest,
  changed: (state: PreviewState) => void,
): Promise<PreviewSession> {
  let loaded: LoadedInputs | null = null;
  let before: LoadedInputs | null = null;
  let state: PreviewState = {
    revision: 0,
    configPath: request.configPath,
    inputs: null,
    inputsRevision: 0,
    problem: null,
    warnings: [],
    flags: flagsOf(request),
  };
  const load = async (): Promise<void> => {
    const revision = state.revision + 1;
    try {
      const next = await prepareInputs(request);
      [before, loaded] = [loaded, next];
      const { inputs, warnings } = next;
      const inputsRevision = state.inputsRevision + 1;
      state = { ...state, revision, inputs, inputsRevision, warnings, problem: null };
    } catch (error) {
      state = { ...state, revision, problem: problemOf(error) };
    }
    changed(state);
  };
  let running: Promise<void> | null = null;
  let again = false;
  const reload = (): Promise<void> => {
    if (running !== null) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await load();
      } while (again);
      running = null;
    })();
    return running;
  };
  await reload();
  return {
    state: () => state,
    reload,
    resolveResource: async (key) =>
      (await loaded?.resolveResource(key)) ?? (await before?.resolveResource(key)) ?? null,
    files: () => loaded?.files ?? [],
  };
}
