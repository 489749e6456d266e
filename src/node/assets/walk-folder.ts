import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { UsageError } from '#shared/core/errors';

/** What a folder holds. Paths are relative to it, with forward slashes, sorted. */
export type FolderListing = Readonly<{
  files: readonly string[];
  /** Links that lead out of the folder, or nowhere; never followed. */
  strayLinks: readonly string[];
}>;

/**
 * Every file under `dir`, in sorted order. Names that begin with a dot are passed over. A link to a
 * file inside `dir` counts as a file; a link to a folder inside `dir` is passed over, as its files
 * are found where they are.
 *
 * @throws UsageError where `dir` is no folder.
 */
export async function walkFolder(dir: string): Promise<FolderListing> {
  const facts = await stat(dir).catch(() => null);
  if (!facts?.isDirectory()) {
    throw new UsageError(`--assets: expected a folder, found none at ${dir}.`);
  }
  const root = await realpath(dir);
  const files: string[] = [];
  const strayLinks: string[] = [];
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of await readdir(join(dir, folder), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(file);
      else if (entry.isFile()) files.push(file);
      else if (entry.isSymbolicLink()) {
        const target = await linkTarget(root, join(dir, file));
        if (target === 'stray') strayLinks.push(file);
        else if (target === 'file') files.push(file);
      }
    }
  }
  return { files: files.sort(), strayLinks: strayLinks.sort() };
}

async function linkTarget(root: string, link: string): Promise<'file' | 'folder' | 'stray'> {
  const target = await realpath(link).catch(() => null);
  if (target === null || !isInside(root, target)) return 'stray';
  return (await stat(target)).isFile() ? 'file' : 'folder';
}

/** Whether an absolute path lies in a folder; both must be free of links. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !/^([a-z]:|[\\/])/i.test(way);
}
