import { watch, type FSWatcher } from 'chokidar';
import { dirname, resolve } from 'node:path';

/** Files and folders whose changes matter. */
export type InputsWatcher = Readonly<{
  /** Watches these files as well; those before stay. */
  add(files: readonly string[]): void;
  close(): Promise<void>;
}>;

/** Editors write a file in several steps, and save several files at once: milliseconds of rest. */
const SETTLE_MS = 80;

/** Before it is ready, a watcher does not tell a change from what was there. */
function ready(watcher: FSWatcher, paths: readonly string[]): Promise<void> {
  // chokidar is never ready for nothing.
  if (paths.length === 0) return Promise.resolve();
  return new Promise((resolve) => watcher.once('ready', resolve));
}

/**
 * Watches files and whole folders, from the moment on that it resolves.
 *
 * Files are watched through their folders, since editors replace a file rather than write into it.
 *
 * @param folders of assets: anything new below them matters too.
 * @param changed called once things are at rest after a change.
 */
export async function watchInputs(
  paths: Readonly<{ files: readonly string[]; folders: readonly string[] }>,
  changed: () => void,
): Promise<InputsWatcher> {
  const files = new Set(paths.files.map((file) => resolve(file)));
  const folders = paths.folders.map((folder) => resolve(folder));
  const matters = (path: string): boolean =>
    files.has(path) || folders.some((folder) => path.startsWith(`${folder}/`));
  const options = { ignoreInitial: true, depth: 0, ignorePermissionErrors: true };
  const beside = [...new Set([...files].map((file) => dirname(file)))];
  const near = watch(beside, options);
  const deep = watch([...folders], { ...options, depth: 99 });
  await Promise.all([ready(near, beside), ready(deep, folders)]);
  let waiting: NodeJS.Timeout | null = null;
  const hear = (_event: string, path: string): void => {
    if (!matters(resolve(path))) return;
    if (waiting !== null) clearTimeout(waiting);
    waiting = setTimeout(changed, SETTLE_MS);
  };
  near.on('all', hear);
  deep.on('all', hear);
  return {
    add: (more) => {
      const fresh = more.map((file) => resolve(file)).filter((file) => !files.has(file));
      for (const file of fresh) files.add(file);
      near.add([...new Set(fresh.map((file) => dirname(file)))]);
    },
    close: async () => {
      if (waiting !== null) clearTimeout(waiting);
      await Promise.all([near.close(), deep.close()]);
    },
  };
}
