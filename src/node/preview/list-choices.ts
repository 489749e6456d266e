import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Choice } from '#shared/protocol/preview-api';
import { loadConfig } from '../config/load-config.ts';
import { datasetPaths } from '../store/dataset-files.ts';
import { readManifest } from '../store/inspect-store.ts';
import { readLines } from '../store/read-lines.ts';

/** Folders of a project: of its configs, and of its datasets. */
export const CONFIG_FOLDER = 'configs';
export const DATASET_FOLDER = 'out';

/** Names below a folder, in order; none where there is no such folder. */
async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  });
  return [...names].sort();
}

/** Paths of a project's configs, relative to it where it is the working folder. */
export async function listConfigs(project: string): Promise<readonly string[]> {
  const names = await namesIn(join(project, CONFIG_FOLDER));
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => shown(project, join(project, CONFIG_FOLDER, name)));
}

/** As a command line would have it. */
const shown = (project: string, path: string): string =>
  project === process.cwd() ? relative(project, path) : path;

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

async function configChoice(path: string): Promise<Choice> {
  const choice = { kind: 'config', path, name: path, description: '', frames: 0 } as const;
  try {
    const { config } = await loadConfig({ path });
    const { name, description = '', frames } = config;
    return { ...choice, name, description, frames, problem: null };
  } catch (error) {
    return { ...choice, problem: messageOf(error) };
  }
}

/** Null where the folder is no dataset. */
function datasetChoice(folder: string, path: string): Choice | null {
  const choice = { kind: 'dataset', path, name: path, description: '', frames: 0 } as const;
  try {
    const manifest = readManifest(folder);
    if (manifest === null) return null;
    let frames = 0;
    for (const { terminated } of readLines(datasetPaths(folder).journal))
      frames += terminated ? 1 : 0;
    const { width, height } = manifest.config.image;
    const description = `${width} × ${height}, seed ${manifest.seed}, ${manifest.renderer.backend}`;
    return { ...choice, name: manifest.name, description, frames, problem: null };
  } catch (error) {
    return { ...choice, problem: messageOf(error) };
  }
}

/** Everything in a project that a preview can open: configs, then datasets, by name of file. */
export async function listChoices(project: string): Promise<readonly Choice[]> {
  const configs = await Promise.all((await listConfigs(project)).map(configChoice));
  const folders = (await namesIn(join(project, DATASET_FOLDER))).map((name) =>
    join(project, DATASET_FOLDER, name),
  );
  const datasets = folders.flatMap((folder) => datasetChoice(folder, shown(project, folder)) ?? []);
  return [...configs, ...datasets];
}
