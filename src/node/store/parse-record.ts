import { WriteError } from '#shared/core/errors';
import type { FrameRecord, RecordedFile } from '#shared/formats/frame-record';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * True for a path that stays inside the dataset: relative, forward slashes, no `.` or `..`. A journal is a
 * file that anyone may have edited; what it lists is opened, linked and (with `--fresh`) deleted.
 */
export function isInsidePath(path: unknown): path is string {
  if (typeof path !== 'string' || path === '' || path.includes('\\') || path.includes('\0'))
    return false;
  if (/^[a-zA-Z]:/.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function isRecordedFile(value: unknown): value is RecordedFile {
  return (
    isObject(value) &&
    isInsidePath(value['path']) &&
    typeof value['sha256'] === 'string' &&
    /^[0-9a-f]{64}$/.test(value['sha256']) &&
    Number.isSafeInteger(value['bytes'])
  );
}

function describeProblem(value: unknown): string | null {
  if (!isObject(value)) return 'expected an object';
  if (value['recordVersion'] !== 1) {
    return `expected recordVersion 1, got ${JSON.stringify(value['recordVersion'])}`;
  }
  const frame = value['frame'];
  if (!Number.isSafeInteger(frame) || (frame as number) < 0) {
    return `expected a frame number, got ${JSON.stringify(frame)}`;
  }
  if (!isObject(value['files'])) return 'expected "files"';
  for (const [kind, file] of Object.entries(value['files'])) {
    if (!isRecordedFile(file)) {
      return `files.${kind}: expected {path inside the dataset, sha256, bytes}, got ${JSON.stringify(file)}`;
    }
  }
  if (!isObject(value['annotations'])) return 'expected "annotations"';
  if (!isObject(value['sample'])) return 'expected "sample"';
  return null;
}

/**
 * One line of `frames.jsonl`. Checks what the store acts on: version, frame number, files.
 *
 * @param where names the line in errors, such as `out/frames.jsonl:7`.
 * @throws WriteError where the line is no frame record.
 */
export function parseRecord(text: string, where: string): FrameRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new WriteError(
      `${where}: expected one frame record as JSON, got ${(cause as Error).message}`,
      { cause },
    );
  }
  const problem = describeProblem(value);
  if (problem !== null) throw new WriteError(`${where}: ${problem}`);
  return value as FrameRecord;
}

/** The files of a record, in the order in which the record lists them. */
export function filesOfRecord(record: FrameRecord): readonly RecordedFile[] {
  return Object.values(record.files);
}
