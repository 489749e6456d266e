import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it. By hand: Node's own `recursive` never comes back where a file system
 * answers "no such folder" to the making of one, as /proc and some network mounts do.
 *
 * @throws the operating system's error; `ENOTDIR` where a file stands in the way.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') return requireFolder(path);
    const above = dirname(path);
    if (code !== 'ENOENT' || above === path) throw error;
    await makeFolder(above);
    await mkdir(path).catch(async (again: unknown) => {
      if ((again as NodeJS.ErrnoException).code !== 'EEXIST') throw again;
      // Made by somebody else in the meantime.
      await requireFolder(path);
    });
  }
}

async function requireFolder(path: string): Promise<void> {
  if ((await stat(path)).isDirectory()) return;
  throw Object.assign(new Error(`${path} is a file`), { code: 'ENOTDIR' });
}
