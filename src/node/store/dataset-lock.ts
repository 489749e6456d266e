import { createHash, randomUUID } from 'node:crypto';
import { constants, readFileSync, statSync } from 'node:fs';
import { copyFile, link, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { WriteError } from '#shared/core/errors';
import { toWriteError } from './durable-files.ts';
import { makeFolder } from './make-folder.ts';

/** Name of the lock inside a dataset folder. */
export const LOCK_FILE = '.diorama.lock';

/** Who holds a lock. `processStart` tells a process from a later one with the same id; null where unknown. */
export type LockHolder = Readonly<{
  pid: number;
  host: string;
  processStart: string | null;
  /** ISO 8601, for people. */
  since: string;
  /** Tells the locks of one process apart. */
  id: string;
}>;

const HEARTBEAT_MS = 15_000;
/** A holder on another host cannot be asked whether it lives: silent for so long, it counts as gone. */
const FOREIGN_STALE_MS = 300_000;
/** A lock is taken over in milliseconds: a claim that is older was left by a process that was killed over it. */
const CLAIM_STALE_MS = 60_000;

/**
 * When a process started, in clock ticks since boot (proc(5), field 22 of `stat`; the second field may
 * hold spaces and brackets). Null where the system has no /proc.
 */
function processStartOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Locks that this process itself holds or is about to: its number in a lock proves nothing without this list. */
const ownLocks = new Set<string>();

/** True where the holder is surely gone: killed, or silent for long on another host. */
export function isStale(
  holder: LockHolder,
  { path, nowMs }: { path: string; nowMs: number },
): boolean {
  if (holder.host !== hostname()) return nowMs - statSync(path).mtimeMs > FOREIGN_STALE_MS;
  if (holder.pid === process.pid && holder.processStart === processStartOf(process.pid)) {
    return !ownLocks.has(holder.id);
  }
  if (!isAlive(holder.pid)) return true;
  const start = processStartOf(holder.pid);
  return start !== null && holder.processStart !== null && start !== holder.processStart;
}

function parseHolder(text: string): LockHolder | null {
  try {
    const value = JSON.parse(text) as Partial<LockHolder>;
    return typeof value.pid === 'number' && typeof value.host === 'string'
      ? (value as LockHolder)
      : null;
  } catch {
    return null;
  }
}

/** Some file systems (FAT, a few network ones) have no links: there the lock is created and then filled. */
async function linkOrCopy(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    await copyFile(draft, path, constants.COPYFILE_EXCL);
  }
}

/** True where the lock was made by this call; false where one stands there already. */
async function tryCreate(path: string, holder: LockHolder): Promise<boolean> {
  // Written apart and linked into place: nobody ever sees a lock without its holder.
  const draft = `${path}.${holder.pid}.${process.hrtime.bigint()}`;
  try {
    const handle = await open(draft, 'wx');
    await handle.writeFile(JSON.stringify(holder));
    await handle.close();
    await linkOrCopy(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw toWriteError(path, error);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

/**
 * Removes a stale lock. Others may have seen it too, and may be about to remove it when a new one has its place: who
 * removes it first gives it a second name, which is made of its text. One alone can, and what has that name is
 * compared before anything is removed.
 *
 * @returns false where another is at it.
 */
async function removeStale(path: string, seen: string): Promise<boolean> {
  const claim = `${path}.${createHash('sha256').update(seen).digest('hex').slice(0, 16)}.stale`;
  try {
    await linkOrCopy(path, claim);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return true;
    if (code !== 'EEXIST') throw toWriteError(path, error);
    const claimed = await stat(claim).catch(() => null);
    if (claimed === null) return true;
    if (Date.now() - claimed.ctimeMs < CLAIM_STALE_MS) return false;
    await rm(claim, { force: true });
    return true;
  }
  try {
    const claimed = await readFile(claim, 'utf8').catch(() => null);
    if (claimed === seen) await rm(path, { force: true });
    return true;
  } finally {
    await rm(claim, { force: true });
  }
}

function heldError(path: string, folder: string, holder: LockHolder | null): WriteError {
  const who =
    holder === null
      ? 'another run'
      : `process ${holder.pid} on ${holder.host} since ${holder.since}`;
  return new WriteError(
    `${folder}: ${who} is writing this dataset. Wait for it, or use another folder with --out. ` +
      `If that run is surely gone, delete ${path}.`,
  );
}

/** Makes the lock, in place of a stale one where there is one; returns who held that. */
async function takeLock(path: string, folder: string, id: string): Promise<LockHolder | null> {
  const holder: LockHolder = {
    pid: process.pid,
    host: hostname(),
    processStart: processStartOf(process.pid),
    since: new Date().toISOString(),
    id,
  };
  let staleHolder: LockHolder | null = null;
  for (let attempt = 0; !(await tryCreate(path, holder)); attempt++) {
    const seen = await readFile(path, 'utf8').catch(() => null);
    if (seen === null) continue;
    const other = parseHolder(seen);
    if (attempt > 4 || other === null || !isStale(other, { path, nowMs: Date.now() })) {
      throw heldError(path, folder, other);
    }
    if (!(await removeStale(path, seen))) throw heldError(path, folder, null);
    staleHolder = other;
  }
  return staleHolder;
}

/** A lock that is held; `release` gives it back. */
export type DatasetLock = Readonly<{ release(): Promise<void>; staleHolder: LockHolder | null }>;

/**
 * Makes sure that one process alone writes a folder; makes the folder if need be. A lock whose holder is
 * gone is taken over.
 *
 * @throws WriteError where another run holds the folder, or it cannot be written.
 */
export async function lockDataset(folder: string): Promise<DatasetLock> {
  const path = join(folder, LOCK_FILE);
  await makeFolder(folder).catch((error: unknown) => {
    throw toWriteError(folder, error);
  });
  const id = randomUUID();
  ownLocks.add(id);
  const staleHolder = await takeLock(path, folder, id).catch((error: unknown) => {
    ownLocks.delete(id);
    throw error;
  });
  const heartbeat = setInterval(() => {
    const now = new Date();
    void utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    staleHolder,
    async release() {
      clearInterval(heartbeat);
      if (ownLocks.delete(id)) await rm(path, { force: true });
    },
  };
}
