import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AssetError } from '#shared/core/errors';
import { readEntry, sha256Of } from './asset-cache.ts';
import type { CacheFolder } from './asset-cache.ts';
import { MAX_FILE_BYTES } from './asset-limits.ts';

/** A file's length and the SHA-256 of its bytes (or of what they decode to). */
export type FileHash = Readonly<{ bytes: number; sha256: string }>;

type HashRecord = FileHash & Readonly<{ size: number; mtimeMs: number }>;

/** Hashes of files that have not changed since they were last read. */
export type HashCache = Readonly<{
  /** `decode`: what to hash instead of the file's own bytes. Reads the file only where it has changed. */
  hashFile: (path: string, decode?: (bytes: Uint8Array) => Uint8Array) => Promise<FileHash>;
  /** Writes what is new to the disk. */
  save: () => Promise<void>;
}>;

/**
 * A file written this shortly before it was hashed may be written again within the same tick of the
 * file system's clock, so its hash is not kept. FAT has the coarsest clock in use, 2 s.
 */
const SETTLED_AFTER_MS = 2000;

/** Opens the table of hashes, keyed by path, size and time of change; a damaged table counts as empty. */
export async function openHashCache(cache: CacheFolder): Promise<HashCache> {
  const table = join(cache.path, 'asset-hashes-v1.json');
  const known = await readEntry(table);
  const stored = known ? (JSON.parse(known.toString('utf8')) as Record<string, HashRecord>) : {};
  const records = new Map(Object.entries(stored));
  let changed = false;
  return {
    hashFile: async (path, decode = (bytes) => bytes) => {
      const { size, mtimeMs } = await statWithinLimit(path);
      const last = records.get(path);
      if (last && last.size === size && last.mtimeMs === mtimeMs) return last;
      const startedMs = Date.now();
      const content = decode(await readFile(path));
      const record = { size, mtimeMs, bytes: content.byteLength, sha256: sha256Of(content) };
      if (startedMs - mtimeMs >= SETTLED_AFTER_MS) records.set(path, record);
      else records.delete(path);
      changed = true;
      return record;
    },
    save: async () => {
      if (!changed) return;
      const text = JSON.stringify(Object.fromEntries([...records].sort()));
      await cache.write(table, Buffer.from(text));
      changed = false;
    },
  };
}

/** Size and time of change of a file. Throws AssetError where it is larger than an asset may be. */
export async function statWithinLimit(path: string): Promise<{ size: number; mtimeMs: number }> {
  const facts = await stat(path);
  if (!facts.isFile()) throw new AssetError('expected a file, found something else.');
  if (facts.size > MAX_FILE_BYTES) {
    throw new AssetError(
      `the file has ${facts.size} bytes; at most ${MAX_FILE_BYTES} are allowed. Simplify it or shrink its textures.`,
    );
  }
  return { size: facts.size, mtimeMs: facts.mtimeMs };
}
