import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileKind, FrameRecord, RecordedFile } from '#shared/formats/frame-record';
import { diffJson, formatDifferences } from '../store/diff-json.ts';
import { describeDifference } from '../verify/compare-files.ts';

/** One file of a frame beside the same file of the dataset. */
export type CheckedFile = Readonly<{
  kind: FileKind;
  path: string;
  /** SHA-256, hex, by the record of the dataset and of the replay; null where there is no such file. */
  expected: string | null;
  found: string | null;
  same: boolean;
  /** What differs, in words; null where nothing does. */
  difference: string | null;
}>;

/** A replayed frame beside that of the dataset. */
export type CheckedFrame = Readonly<{
  frame: number;
  same: boolean;
  files: readonly CheckedFile[];
  /** How the records differ beside their files, in words; null where they do not. */
  record: string | null;
}>;

/** A record, and the folder that its files are in. */
export type PlacedRecord = Readonly<{ folder: string; record: FrameRecord }>;

/** Holds a replayed frame against that of the dataset: each file by its hash, the record field by field. */
export async function checkReplay(
  dataset: PlacedRecord,
  replay: PlacedRecord,
): Promise<CheckedFrame> {
  const { files: before, ...fieldsBefore } = dataset.record;
  const { files: after, ...fieldsAfter } = replay.record;
  const kinds = [...new Set([...Object.keys(before), ...Object.keys(after)])] as FileKind[];
  const files = await Promise.all(
    kinds.map((kind) =>
      checkFile(
        kind,
        { folder: dataset.folder, file: before[kind] },
        {
          folder: replay.folder,
          file: after[kind],
        },
      ),
    ),
  );
  const differences = diffJson(fieldsBefore, fieldsAfter);
  const record =
    differences.length === 0
      ? null
      : `expected the record of the dataset, found ${formatDifferences(differences, 5).trim().replace(/\n\s*/g, '; ')}`;
  const same = record === null && files.every((file) => file.same);
  return { frame: dataset.record.frame, same, files, record };
}

type PlacedFile = Readonly<{ folder: string; file: RecordedFile | undefined }>;

async function checkFile(
  kind: FileKind,
  before: PlacedFile,
  after: PlacedFile,
): Promise<CheckedFile> {
  const path = before.file?.path ?? after.file?.path ?? '';
  const expected = before.file?.sha256 ?? null;
  const found = after.file?.sha256 ?? null;
  const same = expected === found;
  const difference = same ? null : await describe(kind, before, after);
  return { kind, path, expected, found, same, difference };
}

async function describe(kind: FileKind, before: PlacedFile, after: PlacedFile): Promise<string> {
  if (before.file === undefined) return 'expected no such file, as in the dataset, found one.';
  if (after.file === undefined) return 'expected the file of the dataset, found none.';
  const { path, sha256 } = before.file;
  const was = await readFile(join(before.folder, path)).catch(() => null);
  const is = await readFile(join(after.folder, after.file.path));
  const hashes = `expected the SHA-256 ${sha256.slice(0, 12)}…, found ${after.file.sha256.slice(0, 12)}…`;
  // The record tells what was rendered; a file that was damaged since tells nothing.
  if (was === null || createHash('sha256').update(was).digest('hex') !== sha256)
    return `${hashes}; the dataset’s own file is not the one of its record.`;
  return (await describeDifference({ kind, path, before: was, after: is })) ?? `${hashes}.`;
}
