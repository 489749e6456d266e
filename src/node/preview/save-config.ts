import { access, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { editConfigText } from '#shared/config/edit-config-text';
import { toPlain } from '#shared/config/located-value';
import { parseOverride } from '#shared/config/override';
import { formatPath } from '#shared/config/parameter-path';
import { UsageError } from '#shared/core/errors';
import { loadConfig } from '../config/load-config.ts';

export type SaveConfigRequest = Readonly<{
  /** The config that was changed. */
  configPath: string;
  /** What changed it: texts of `--set`, in order. */
  sets: readonly string[];
  /** File name of the new config, beside the old one. */
  name: string;
}>;

const NAME = /^[\w][\w.-]*\.ya?ml$/;

async function requireFree(path: string): Promise<void> {
  const taken = await access(path).then(
    () => true,
    () => false,
  );
  if (taken) throw new UsageError(`save: ${path} is there already. Choose another name.`);
}

/**
 * Writes a config with changes as a new file beside it, comments kept. The new file is read back: it must
 * mean what the changed config means, or it is not left there.
 *
 * @returns its path.
 * @throws UsageError for a name that is no file name of YAML, or is taken; ConfigError where the new file cannot be used.
 */
export async function saveConfig({ configPath, sets, name }: SaveConfigRequest): Promise<string> {
  if (basename(name) !== name || !NAME.test(name)) {
    throw new UsageError(
      `save: expected a file name such as closer.yaml, found ${JSON.stringify(name)}`,
    );
  }
  const path = join(dirname(configPath), name);
  await requireFree(path);
  const wanted = await loadConfig({ path: configPath, sets });
  const changes = sets.map((text) => {
    const override = parseOverride(text);
    return { path: formatPath(override.path), value: toPlain(override.value) };
  });
  const text = editConfigText(await readFile(configPath, 'utf8'), changes, wanted.config);
  await writeFile(path, text, { flag: 'wx' });
  try {
    const { sha256 } = await loadConfig({ path });
    if (sha256 === wanted.sha256) return path;
    throw new UsageError(
      `save: ${name} would not mean what the preview shows. Use the command with --set.`,
    );
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
