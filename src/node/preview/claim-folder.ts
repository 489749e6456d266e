import { mkdir, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '#shared/core/errors';

const isBelow = (folder: string, root: string): boolean => {
  const way = relative(root, folder);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

/** The folder as links lead to it, as far as it is there. */
async function whereItIs(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    const above = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder) throw error;
    return join(await whereItIs(above), relative(above, folder));
  }
}

/**
 * Makes a folder below a project that was not there: whoever asks for it again is refused.
 *
 * @returns its absolute path.
 * @throws UsageError where it is outside of the project, also by a link, or there already.
 */
export async function claimFolder(project: string, folder: string): Promise<string> {
  const path = resolve(project, folder);
  const inside = isBelow(path, resolve(project));
  if (!inside || !isBelow(await whereItIs(path), await realpath(project))) {
    throw new UsageError(
      `render: expected a folder below ${project}, such as out/look-1, found ${JSON.stringify(folder)}`,
    );
  }
  await mkdir(dirname(path), { recursive: true });
  try {
    await mkdir(path);
    return path;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(
      `render: ${folder} is there already and is left as it is. Choose another folder.`,
    );
  }
}
