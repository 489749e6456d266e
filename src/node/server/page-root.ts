import { realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { BrowserError } from '#shared/core/errors';
import { findOwnPackage } from './package-root.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.wasm': 'application/wasm',
};

/** A file of the page, found and allowed. */
export type PageFile = Readonly<{ path: string; contentType: string }>;

/** Folder of the built page: `dist/page` below the package's own folder. */
export async function defaultPageRoot(): Promise<string> {
  return join((await findOwnPackage()).folder, 'dist', 'page');
}

/**
 * Resolves the page's folder to its real path.
 *
 * @throws BrowserError where it holds no page.
 */
export async function requirePageRoot(folder: string): Promise<string> {
  try {
    await realpath(join(folder, 'main.js'));
    return await realpath(folder);
  } catch (error) {
    throw new BrowserError(
      `page bundle: expected "${join(folder, 'main.js')}", found no such file. Run "npm run build".`,
      { cause: error },
    );
  }
}

/**
 * A file of the page, or null: unknown, of a kind that the page has no use for, or outside the folder
 * once links are followed.
 *
 * @param root real path of the page's folder.
 */
export async function findPageFile(
  root: string,
  segments: readonly string[],
): Promise<PageFile | null> {
  const contentType = CONTENT_TYPES[extname(segments.at(-1) ?? '')];
  if (contentType === undefined || segments.some((segment) => segment === '')) return null;
  try {
    const path = await realpath(join(root, ...segments));
    return path.startsWith(root + sep) ? { path, contentType } : null;
  } catch {
    return null;
  }
}
