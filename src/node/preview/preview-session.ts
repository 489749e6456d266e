import { plainValueAt, type ConfigChange } from '#shared/config/edit-config-text';
import { parsePath } from '#shared/config/parameter-path';
import { ConfigError } from '#shared/core/errors';
import type {
  PreviewChange,
  PreviewProblem,
  PreviewState,
  SaveRequest,
} from '#shared/protocol/preview-api';
import { loadConfig } from '../config/load-config.ts';
import { prepareInputs, type InputsRequest, type PreparedInputs } from '../run/prepare-run.ts';
import type { ResolveResource } from '../server/page-server.ts';
import { saveConfig } from './save-config.ts';

/** The inputs of a preview, loaded again whenever they change on disk. */
export type PreviewSession = Readonly<{
  state(): PreviewState;
  /** Loads everything again; loads that are asked for meanwhile become one. Never rejects. */
  reload(): Promise<void>;
  /** Replaces the changes that are laid over the config, and loads it with them. */
  change(changes: readonly ConfigChange[]): Promise<void>;
  /** Writes the config as it is in view, with another seed where one is given, beside the file. Its path. */
  save(request: SaveRequest): Promise<string>;
  /** What names the inputs as they are in view, its changes included, with another seed where one is given. */
  request(seed: string | null): InputsRequest;
  /** Bytes of the inputs in use, or of those before them: a page may still draw these. */
  resolveResource: ResolveResource;
  /** Files that the inputs were read from, absolute. */
  files(): readonly string[];
}>;

/** Where a state's counts stand. */
export type Revisions = Pick<PreviewState, 'revision' | 'inputsRevision'>;
export const NO_REVISIONS: Revisions = { revision: 0, inputsRevision: 0 };

export function problemOf(error: unknown): PreviewProblem {
  const message = error instanceof Error ? error.message : String(error);
  return { message, issues: error instanceof ConfigError ? error.issues : [] };
}

/** The text of `--set` that makes a change. */
function setText({ path, value }: ConfigChange): string {
  return `${path}=${JSON.stringify(value)}`;
}

/** The request with the changes as the last of its `--set`. */
function withChanges(request: InputsRequest, changes: readonly ConfigChange[]): InputsRequest {
  return { ...request, sets: [...(request.sets ?? []), ...changes.map(setText)] };
}

/** The changes, with what stands at their paths without them. */
async function withWas(
  { configPath, sets, seed }: InputsRequest,
  changes: readonly ConfigChange[],
): Promise<readonly PreviewChange[]> {
  if (changes.length === 0) return [];
  const { config } = await loadConfig({ path: configPath, sets, overrides: { seed } });
  return changes.map((change) => ({
    ...change,
    was: plainValueAt(config, parsePath(change.path)),
  }));
}

/** Runs a task whenever it is called; calls while it runs become one more run, and end with it. */
function oneAtATime(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  return () => {
    again = running !== null;
    running ??= (async () => {
      do {
        again = false;
        await task();
      } while (again);
      running = null;
    })();
    return running;
  };
}

/**
 * Loads the inputs of a preview. What is wrong with them is part of its state and no error: the page shows
 * it, over the last picture that could be made.
 *
 * @param told called after each load.
 * @param from revisions of what was in view before: those of the session go on from them.
 */
export async function openPreviewSession(
  request: InputsRequest,
  told: (state: PreviewState) => void,
  from: Revisions = NO_REVISIONS,
): Promise<PreviewSession> {
  let loaded: PreparedInputs | null = null;
  let before: PreparedInputs | null = null;
  let state: PreviewState = {
    ...from,
    subject: 'config',
    configPath: request.configPath,
    inputs: null,
    dataset: null,
    problem: null,
    warnings: [],
    sets: request.sets ?? [],
    assetFolders: request.assetFolders ?? [],
    changes: [],
  };
  let wanted: readonly ConfigChange[] = [];
  // How often files were said to have changed, and how often when they were read.
  let [fileChanges, read] = [0, -1];
  const load = async (): Promise<void> => {
    const revision = state.revision + 1;
    const changed = withChanges(request, wanted);
    state = { ...state, sets: changed.sets ?? [], changes: wanted };
    try {
      state = { ...state, changes: await withWas(request, wanted) };
      const reading = fileChanges;
      const known = reading === read ? loaded?.surroundings : undefined;
      const next = await prepareInputs(changed, known);
      [before, loaded, read] = [loaded, next, reading];
      const { inputs, warnings } = next;
      const inputsRevision = state.inputsRevision + 1;
      state = { ...state, revision, inputs, inputsRevision, warnings, problem: null };
    } catch (error) {
      state = { ...state, revision, problem: problemOf(error) };
    }
    told(state);
  };
  const loadLatest = oneAtATime(load);
  const reload = (): Promise<void> => {
    fileChanges += 1;
    return loadLatest();
  };
  await reload();
  return {
    state: () => state,
    reload,
    change: (changes) => {
      wanted = changes;
      return loadLatest();
    },
    save: ({ name, seed }) => {
      const { configPath, sets = [] } = withChanges(request, wanted);
      const used = seed ?? request.seed;
      const own = used === undefined ? [] : [setText({ path: 'seed', value: used })];
      return saveConfig({ configPath, name, sets: [...sets, ...own] });
    },
    request: (seed) => {
      const changed = withChanges(request, wanted);
      return seed === null ? changed : { ...changed, seed };
    },
    resolveResource: async (key) =>
      (await loaded?.resolveResource(key)) ?? (await before?.resolveResource(key)) ?? null,
    files: () => loaded?.files ?? [],
  };
}
