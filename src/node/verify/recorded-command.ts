import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import { parsePath } from '#shared/config/parameter-path';
import { reproduceCommand } from '#shared/formats/reproduce-command';

/** What of the dataset's command line the caller knows better than `dataset.json`. */
export type KnownCommand = Readonly<{
  configPath?: string | undefined;
  assetFolders?: readonly string[] | undefined;
}>;

/**
 * The command that makes one frame of a dataset again, as far as `dataset.json` tells: the config's file
 * name, the seed, what `--set` changed and the back end.
 */
export function recordedCommand(
  manifest: DatasetManifest,
  { configPath, assetFolders }: KnownCommand,
): (frame: number) => string {
  const { config, seed, renderer } = manifest;
  // A manifest that is damaged elsewhere must still be told about.
  const sources = Object.entries(manifest.sources ?? {});
  const stated = sources.find(([path]) => path === 'name')?.[1].replace(/:\d+$/, '');
  const job = {
    configPath: configPath ?? (stated === undefined ? `${manifest.name}.yaml` : stated),
    assetFolders,
    gl: renderer?.backend,
    sets: sources
      .filter(([, source]) => source === '--set')
      .map(([path]) => `${path}=${JSON.stringify(valueAt(config, path))}`),
  };
  return (frame) => reproduceCommand(job, seed, frame);
}

function valueAt(config: unknown, path: string): unknown {
  return parsePath(path).reduce<unknown>(
    (value, segment) =>
      (value as Readonly<Record<string | number, unknown>> | undefined)?.[segment],
    config,
  );
}
