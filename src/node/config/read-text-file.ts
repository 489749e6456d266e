import { readFile, readdir } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { completeIssue } from '#shared/config/complete-issue';
import { closestTo } from '#shared/config/suggest';
import { ConfigError } from '#shared/core/errors';
import type { Origin } from '#shared/config/located-value';

/** Who asked for a file: its place in a config, so that the error points there. */
export type Requester = Readonly<{ origin: Origin; parameter: string }>;

/** A path as messages show it: relative to the working folder where it lies inside of it. */
export function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  const isInside =
    short !== '' && !short.startsWith(`..${sep}`) && short !== '..' && resolve(short) === path;
  return isInside ? short.split(sep).join('/') : path;
}

/**
 * Reads a text file (UTF-8).
 *
 * @param what Noun for the file in messages, such as `config`.
 * @param requester Where the path was stated; absent for a path of the command line.
 * @throws ConfigError where the file is missing, a folder, unreadable or not UTF-8; it says what to do.
 */
export async function readTextFile(
  path: string,
  what: string,
  requester?: Requester,
): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw await unreadable(path, { what, requester, cause });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const message = `expected UTF-8 text, found other bytes${requester ? ` in ${displayPath(path)}` : ''}`;
    throw fileError(path, { message, requester, cause });
  }
}

type Failure = Readonly<{ what: string; requester: Requester | undefined; cause: unknown }>;

/** The error for a file that could not be opened. */
export async function unreadable(
  path: string,
  { what, requester, cause }: Failure,
): Promise<ConfigError> {
  // Without a requester the path itself leads the message.
  const shown = requester ? `: ${displayPath(path)}` : '';
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const suggestion = await suggestNeighbour(path);
    return fileError(path, {
      message: `${what} not found${shown}`,
      requester,
      cause,
      suggestion,
    });
  }
  if (code === 'EISDIR') {
    const message = `expected a ${what} file, found a folder${shown}`;
    return fileError(path, { message, requester, cause, suggestion: 'Name a file inside it.' });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    const message = `no permission to read this ${what}${shown}`;
    return fileError(path, {
      message,
      requester,
      cause,
      suggestion: 'Make the file readable for this user.',
    });
  }
  return fileError(path, {
    message: `cannot read this ${what} (${code})${shown}`,
    requester,
    cause,
  });
}

async function suggestNeighbour(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => null);
  if (names === null) return `The folder ${displayPath(folder)} does not exist.`;
  const close = closestTo(basename(path), names);
  return close === undefined ? 'Check the path.' : `Did you mean ${JSON.stringify(close)}?`;
}

type FileErrorParts = Readonly<{
  message: string;
  requester: Requester | undefined;
  cause: unknown;
  suggestion?: string | undefined;
}>;

function fileError(
  path: string,
  { message, requester, cause, suggestion }: FileErrorParts,
): ConfigError {
  const origin: Origin = requester?.origin ?? { source: displayPath(path) };
  const issue = { ...origin, path: requester?.parameter ?? '', message, suggestion };
  return new ConfigError([completeIssue(issue)], { cause });
}
