import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RenderError } from '#shared/core/errors';
import type { PacketMemory } from '../server/packet-memory.ts';

/** Frames of one page that have a file at once: one is read, one is drawn, one waits for its turn; and one to spare. */
const FILES = 4;
const MARK_BYTES = 32;

/** Files in a browser's profile that its page writes packets to. */
export type PacketFiles = Readonly<{
  /** A file that no other frame uses, until it is given back; null: none is left. */
  take: () => number | null;
  /** Not to be called before the page has answered: it might still write. */
  giveBack: (file: number) => void;
  /** A file's first bytes, in memory of packets. @throws RenderError where it has not as many. */
  read: (file: number, bytes: number) => Promise<Uint8Array<ArrayBuffer>>;
}>;

/**
 * Has the page open its packet files, and finds them. Where Chromium keeps files of the origin private file
 * system is its own affair: each is told by a random mark that the page writes into it.
 *
 * @param where the browser's folder, and what packets are to lie in.
 * @param openInPage opens a file for each mark; says why it cannot, or null.
 * @returns the files, or why packets must go another way.
 */
export async function openPacketFiles(
  { profile, memory }: Readonly<{ profile: string; memory: PacketMemory }>,
  openInPage: (marks: readonly string[]) => Promise<string | null>,
): Promise<PacketFiles | string> {
  const marks = Array.from({ length: FILES }, () => randomBytes(MARK_BYTES / 2).toString('hex'));
  const problem = await openInPage(marks);
  if (problem !== null) return problem;
  const found = await findMarked(profile);
  const paths = marks.map((mark) => found.get(mark)).filter((path) => path !== undefined);
  if (paths.length < FILES) return `${paths.length} of ${FILES} files were found in its profile`;
  const free = [...paths.keys()];
  return {
    take: () => free.shift() ?? null,
    giveBack: (file) => free.push(file),
    read: async (file, bytes) => {
      const packet = memory.take(bytes);
      try {
        await readExactly(paths[file] ?? '', packet);
        return packet;
      } catch (error) {
        memory.giveBack(packet.buffer);
        const reason = error instanceof Error ? error.message : String(error);
        throw new RenderError('lost', `its packet could not be read from its file: ${reason}`, {
          cause: error,
        });
      }
    },
  };
}

/**
 * Adds the paths of all files below a folder that are as long as a mark, by what they hold. A browser lives in
 * there: what it has taken away meanwhile is passed over.
 */
async function findMarked(
  folder: string,
  found = new Map<string, string>(),
): Promise<ReadonlyMap<string, string>> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await findMarked(path, found);
    if (!entry.isFile() || (await sizeOf(path)) !== MARK_BYTES) continue;
    const mark = await readFile(path, 'latin1').catch(() => null);
    if (mark !== null) found.set(mark, path);
  }
  return found;
}

async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    () => null,
  );
}

async function readExactly(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path);
  try {
    for (let filled = 0; filled < bytes.byteLength;) {
      const { bytesRead } = await file.read(bytes, filled, bytes.byteLength - filled, filled);
      if (bytesRead === 0) throw new Error(`expected ${bytes.byteLength} bytes, got ${filled}`);
      filled += bytesRead;
    }
  } finally {
    await file.close();
  }
}
