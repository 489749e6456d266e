import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../store/make-folder.ts';

/**
 * Raise it whenever the facts about an asset, or the way that it is served, change: older entries
 * are then left alone and made anew.
 */
const CACHE_VERSION = 5;

/** Results that depend on an asset's bytes alone, kept on disk under the SHA-256 of those bytes. */
export type AssetCache = Readonly<{
  /** Facts (plain JSON) of one kind about the bytes with this hash; measured once. */
  facts: <T>(kind: string, sha256: string, measure: () => Promise<T>) => Promise<T>;
  /** Bytes that are made from the bytes with this hash; made once. */
  bytes: (sha256: string, make: () => Promise<Uint8Array>) => Promise<Uint8Array>;
}>;

/** A folder of results that may be made again at any time. */
export type CacheFolder = Readonly<{
  path: string;
  /**
   * Writes a file for {@link readEntry}. A folder that cannot be written costs time, not results: the
   * first failure is kept for {@link CacheFolder.problem}, and nothing is tried after it.
   */
  write: (path: string, content: Uint8Array) => Promise<void>;
  /** A sentence for people, where the folder could not be written. */
  problem: () => string | null;
}>;

export function openCacheFolder(path: string): CacheFolder {
  let failure: string | null = null;
  return {
    path,
    write: async (file, content) => {
      if (failure !== null) return;
      await writeEntry(file, content).catch((error: unknown) => {
        failure = error instanceof Error ? error.message : String(error);
      });
    },
    problem: () =>
      failure === null
        ? null
        : `the cache folder ${path} cannot be written (${failure}): ` +
          'assets are measured again in each run. Set DIORAMA_CACHE to a folder that can.',
  };
}

/**
 * Opens a cache folder. Every entry carries a digest of itself; one that does not match it (cut
 * short, edited, of another version) counts as absent and is written anew. Several processes may
 * share the folder: entries are renamed into place, and equal keys hold equal contents.
 */
export function openAssetCache(cache: CacheFolder): AssetCache {
  const folder = join(cache.path, `assets-v${CACHE_VERSION}`);
  return {
    facts: async <T>(kind: string, sha256: string, measure: () => Promise<T>): Promise<T> => {
      const path = join(folder, 'facts', sha256.slice(0, 2), `${kind}-${sha256}.json`);
      const known = await readEntry(path);
      if (known) return JSON.parse(known.toString('utf8')) as T;
      const facts = await measure();
      await cache.write(path, Buffer.from(JSON.stringify(facts)));
      return facts;
    },
    bytes: async (sha256, make) => {
      const path = join(folder, 'served', `${sha256}.glb`);
      const known = await readEntry(path);
      if (known) return known;
      const made = await make();
      await cache.write(path, made);
      return made;
    },
  };
}

/** SHA-256, hex. */
export function sha256Of(...parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Content of a cache file (the hex digest of its content, a line feed, the content); null where it is absent or damaged. */
export async function readEntry(path: string): Promise<Buffer | null> {
  const stored = await readFile(path).catch(() => null);
  if (!stored || stored[64] !== 0x0a) return null;
  const content = stored.subarray(65);
  return sha256Of(content) === stored.toString('latin1', 0, 64) ? content : null;
}

/**
 * Writes a cache file for {@link readEntry}. It may be made again at any time, so it is renamed into
 * place but not synced to the disk.
 */
async function writeEntry(path: string, content: Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  const partial = `${path}.${randomUUID()}`;
  try {
    await writeFile(partial, [Buffer.from(`${sha256Of(content)}\n`), content]);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
