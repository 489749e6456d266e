import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WriteError } from '#shared/core/errors';

/** Suffix of a file that is being written; a later write of the same file replaces what a crash left. */
export const PARTIAL_SUFFIX = '.partial';

/** What the operating system says, in words; with the remedy where there is one. */
export function describeWriteFailure(path: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const advice: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk is full. Free some space, then run the same command again: it continues.',
    EDQUOT: 'the disk quota is used up. Free some space, then run the same command again.',
    EROFS: 'the file system is read-only. Choose another folder with --out.',
    EACCES: 'no permission to write. Choose another folder with --out, or change its permissions.',
    EPERM: 'not permitted. Choose another folder with --out, or change its permissions.',
    ENOTDIR: 'a part of the path is a file. Choose another folder with --out.',
    ENOENT: 'the folder cannot be made here. Choose another folder with --out.',
    EMFILE: 'too many open files. Raise the limit (`ulimit -n`) or use fewer --workers.',
  };
  const known = code === undefined ? undefined : advice[code];
  const found = error instanceof Error ? error.message : String(error);
  return known === undefined
    ? `cannot write ${path}: ${found}`
    : `cannot write ${path}: ${known} (${code})`;
}

/** A {@link WriteError} about `path`, with the operating system's error as its cause. */
export function toWriteError(path: string, cause: unknown): WriteError {
  if (cause instanceof WriteError) return cause;
  return new WriteError(describeWriteFailure(path, cause), { cause });
}

/**
 * Makes new names in a folder survive a power cut. Some systems do not allow folders to be synced
 * (EINVAL, EPERM, EISDIR on Windows and on some network file systems); there the system decides.
 */
export async function syncFolder(path: string): Promise<void> {
  let handle;
  try {
    handle = await open(path, 'r');
    await handle.sync();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP'].includes(code)) throw error;
  } finally {
    await handle?.close();
  }
}

/**
 * Writes a file whole or not at all: temporary file beside it, fsync, rename, fsync of the folder.
 * Chunks are written as they come, so the text never has to fit in memory.
 *
 * @throws WriteError where the operating system refuses; the old file is then untouched.
 */
export async function writeFileAtomically(
  path: string,
  chunks: string | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const partial = `${path}${PARTIAL_SUFFIX}`;
  try {
    const handle = await open(partial, 'w');
    try {
      for await (const chunk of typeof chunks === 'string' ? [chunks] : chunks) {
        await handle.writeFile(chunk);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw toWriteError(path, error);
  }
}
