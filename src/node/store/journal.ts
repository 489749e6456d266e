import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { WriteError } from '#shared/core/errors';
import type { FrameRecord, RecordedFile } from '#shared/formats/frame-record';
import { toWriteError, writeFileAtomically } from './durable-files.ts';
import { filesOfRecord, parseRecord } from './parse-record.ts';
import { readLines, type FileLine } from './read-lines.ts';

/** Where a frame's record stands in the journal. Records themselves stay on disk. */
export type JournalEntry = Readonly<{
  frame: number;
  /** Byte offset and length of the line, its newline not counted. */
  offset: number;
  length: number;
  files: readonly RecordedFile[];
}>;

/** What a journal holds. */
export type JournalScan = Readonly<{
  /** In the order of the file. */
  entries: readonly JournalEntry[];
  /** Bytes of a last line that was being written when the run was killed; 0 where there is none. */
  tornBytes: number;
}>;

/**
 * Reads a journal. A torn last line (the only one that a crash can leave, since each line is synced
 * before the next is written) is left out and reported; every other fault is an error.
 *
 * @throws WriteError naming the line that is corrupt, or two lines of the same frame.
 */
export function readJournal(path: string): JournalScan {
  const entries: JournalEntry[] = [];
  const lineOfFrame = new Map<number, number>();
  let suspect: { error: WriteError; bytes: number } | null = null;
  if (!existsSync(path)) return { entries, tornBytes: 0 };
  for (const line of readLines(path)) {
    if (suspect !== null) throw corruptLine(suspect.error);
    const parsed = parseLine(path, line);
    if (parsed instanceof WriteError) {
      suspect = { error: parsed, bytes: line.length + (line.terminated ? 1 : 0) };
      continue;
    }
    const earlier = lineOfFrame.get(parsed.frame);
    if (earlier !== undefined) throw doubledFrame(path, parsed.frame, [earlier, line.number]);
    lineOfFrame.set(parsed.frame, line.number);
    const { offset, length } = line;
    entries.push({ frame: parsed.frame, offset, length, files: filesOfRecord(parsed) });
  }
  return { entries, tornBytes: suspect?.bytes ?? 0 };
}

/** The record of a line, or what is wrong with the line. */
function parseLine(path: string, line: FileLine): FrameRecord | WriteError {
  const where = `${path}:${line.number}`;
  if (!line.terminated) return new WriteError(`${where}: the line does not end`);
  try {
    return parseRecord(line.text, where);
  } catch (error) {
    if (error instanceof WriteError) return error;
    throw error;
  }
}

function doubledFrame(path: string, frame: number, [a, b]: readonly [number, number]): WriteError {
  return new WriteError(
    `${path}: frame ${frame} stands on line ${a} and on line ${b}; expected each frame once. ` +
      'Delete one of the lines, or start over with --fresh.',
  );
}

function corruptLine(error: WriteError): WriteError {
  return new WriteError(
    `${error.message}. The line is corrupt and it is not the last one, so this is no interrupted run. ` +
      'Delete the line (its frame is then rendered again), or start over with --fresh.',
    { cause: error },
  );
}

/** The raw lines of some entries, in the order given, each with its newline. */
export function* readEntryLines(
  path: string,
  entries: readonly JournalEntry[],
): Generator<Uint8Array> {
  if (entries.length === 0) return;
  const descriptor = openSync(path, 'r');
  try {
    const size = fstatSync(descriptor).size;
    for (const { offset, length } of entries) {
      const bytes = Buffer.alloc(length + 1, '\n');
      if (offset + length > size || readSync(descriptor, bytes, 0, length, offset) !== length) {
        throw new WriteError(
          `${path}: changed while it was read; expected ${length} bytes at ${offset}`,
        );
      }
      yield bytes;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** The records of some entries, in the order given. */
export function* readEntries(
  path: string,
  entries: readonly JournalEntry[],
): Generator<FrameRecord> {
  for (const line of readEntryLines(path, entries)) {
    yield parseRecord(Buffer.from(line).toString('utf8'), path);
  }
}

/** Rewrites a journal, atomically, with these of its entries in this order; returns where they now stand. */
export async function rewriteJournal(
  path: string,
  entries: readonly JournalEntry[],
): Promise<readonly JournalEntry[]> {
  await writeFileAtomically(path, readEntryLines(path, entries));
  let offset = 0;
  return entries.map((entry) => {
    const moved = { ...entry, offset };
    offset += entry.length + 1;
    return moved;
  });
}

/** Appends to a journal; each line is durable when its promise resolves. */
export type JournalWriter = Readonly<{
  append(record: FrameRecord): Promise<JournalEntry>;
  close(): Promise<void>;
}>;

/**
 * Opens a journal for appending. Lines are written one at a time, in the order of the calls. After a
 * failed write the file is cut back to its last whole line, so that no later line hides a torn one.
 */
export async function openJournal(path: string): Promise<JournalWriter> {
  let handle: FileHandle;
  let offset: number;
  try {
    handle = await open(path, 'a');
    offset = (await handle.stat()).size;
  } catch (error) {
    throw toWriteError(path, error);
  }
  let broken: WriteError | null = null;
  const appendLine = async (record: FrameRecord): Promise<JournalEntry> => {
    if (broken !== null) throw broken;
    const bytes = Buffer.from(`${JSON.stringify(record)}\n`, 'utf8');
    try {
      await handle.appendFile(bytes);
      await handle.datasync();
    } catch (cause) {
      const error = toWriteError(path, cause);
      await handle.truncate(offset).catch(() => (broken = error));
      throw error;
    }
    const entry = {
      frame: record.frame,
      offset,
      length: bytes.length - 1,
      files: filesOfRecord(record),
    };
    offset += bytes.length;
    return entry;
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    append(record) {
      const next = last.then(() => appendLine(record));
      last = next.catch(() => undefined);
      return next;
    },
    async close() {
      await last;
      await handle.close();
    },
  };
}
