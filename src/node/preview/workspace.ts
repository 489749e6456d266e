import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '#shared/core/errors';
import type { PreviewState } from '#shared/protocol/preview-api';
import { assetRoots } from '../assets/asset-roots.ts';
import type { InputsRequest } from '../run/prepare-run.ts';
import type { ResolveResource } from '../server/page-server.ts';
import { openDatasetSession, type DatasetSession } from './dataset-session.ts';
import { CONFIG_FOLDER, listConfigs } from './list-choices.ts';
import { openPreviewSession, NO_REVISIONS, type PreviewSession } from './preview-session.ts';
import { watchInputs, type InputsWatcher } from './watch-inputs.ts';

/** What names what is in view: a config, a dataset folder, or nothing yet, with the flags of configs. */
export type WorkspaceRequest = Omit<InputsRequest, 'configPath'> &
  Readonly<{ target?: string | undefined; project: string }>;

/** What a preview has in view; another config or dataset can take its place. */
export type Workspace = Readonly<{
  state(): PreviewState;
  /** @throws UsageError where nothing is there, or no dataset. */
  open(target: string): Promise<void>;
  /** @throws UsageError where no config is in view. */
  config(): PreviewSession;
  /** @throws UsageError where no dataset is in view. */
  dataset(): DatasetSession;
  resolveResource: ResolveResource;
  close(): Promise<void>;
}>;

type Subject = Readonly<{
  session: Pick<PreviewSession, 'state' | 'reload' | 'files'>;
  config: PreviewSession | null;
  dataset: DatasetSession | null;
  watcher: InputsWatcher;
}>;

const NOTHING: PreviewState = {
  ...NO_REVISIONS,
  subject: 'none',
  configPath: '',
  ...{ inputs: null, dataset: null, problem: null },
  ...{ warnings: [], sets: [], assetFolders: [], changes: [] },
};

/** The one config of a project, or null where one is to be chosen. @throws UsageError where there is none. */
async function onlyConfig(project: string): Promise<string | null> {
  const configs = await listConfigs(project);
  const [first] = configs;
  if (first === undefined) {
    throw new UsageError(
      `preview: expected a config or a dataset folder, or configs in ${CONFIG_FOLDER}/*.yaml to choose from; found none in ${project}.`,
    );
  }
  return configs.length === 1 ? first : null;
}

/** Flags change configs; a dataset is as it was rendered. */
function refuseFlags({ sets = [], seed, assetFolders = [] }: WorkspaceRequest): void {
  const given = [
    ...(sets.length > 0 ? ['--set'] : []),
    ...(seed === undefined ? [] : ['--seed']),
    ...(assetFolders.length > 0 ? ['--assets'] : []),
  ];
  if (given.length === 0) return;
  throw new UsageError(
    `preview: ${given.join(', ')}: a dataset is shown as it was rendered. Leave ${given.length === 1 ? 'it' : 'them'} out.`,
  );
}

/**
 * Opens what is to be looked at, and keeps it as it is on disk.
 *
 * @param told called whenever it changes.
 * @throws UsageError where there is nothing to look at.
 */
export async function openWorkspace(
  request: WorkspaceRequest,
  told: (state: PreviewState) => void,
): Promise<Workspace> {
  const { project, sets, seed, assetFolders } = request;
  let subject: Subject | null = null;
  const state = (): PreviewState => subject?.session.state() ?? NOTHING;
  const openConfig = async (configPath: string): Promise<Subject> => {
    const config = await openPreviewSession(
      { configPath, sets, seed, assetFolders },
      told,
      state(),
    );
    const watcher = await watchInputs(
      {
        files: [resolve(configPath), ...config.files()],
        folders: assetRoots(assetFolders).map(({ dir }) => dir),
      },
      () => void config.reload().then(() => watcher.add(config.files())),
    );
    return { session: config, config, dataset: null, watcher };
  };
  const openDataset = async (folder: string): Promise<Subject> => {
    const dataset = openDatasetSession(folder, told, state());
    const paths = { files: dataset.files(), folders: [] };
    const watcher = await watchInputs(paths, () => void dataset.reload());
    return { session: dataset, config: null, dataset, watcher };
  };
  const open = async (target: string): Promise<void> => {
    const found = await stat(target).catch(() => null);
    if (found === null || (!found.isFile() && !found.isDirectory())) {
      throw new UsageError(
        `preview: expected a config file or a dataset folder, found none at ${target}`,
      );
    }
    const before = subject;
    subject = found.isFile() ? await openConfig(target) : await openDataset(target);
    await before?.watcher.close();
    told(state());
  };
  const wanted = request.target ?? (await onlyConfig(project));
  if (wanted !== null) {
    if ((await stat(wanted).catch(() => null))?.isDirectory() === true) refuseFlags(request);
    await open(wanted);
  }
  return {
    state,
    open,
    config: () => subject?.config ?? refuse('a config'),
    dataset: () => subject?.dataset ?? refuse('a dataset'),
    resolveResource: async (key) => (await subject?.config?.resolveResource(key)) ?? null,
    close: async () => subject?.watcher.close(),
  };
}

function refuse(what: string): never {
  throw new UsageError(`request: expected ${what} in view, found none`);
}
