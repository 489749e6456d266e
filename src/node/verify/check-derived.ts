import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import { DATASET_FILES, datasetPaths } from '../store/dataset-files.ts';
import { writeFileAtomically } from '../store/durable-files.ts';
import type { DerivedWriter } from '../store/finalise-dataset.ts';
import { readEntries, type JournalEntry } from '../store/journal.ts';
import { licensesDocument } from '../store/licenses-document.ts';
import { readLines } from '../store/read-lines.ts';
import { datasetProblem, type Problem } from './problem-list.ts';

/** A dataset as verifying reads it. */
export type DatasetToVerify = Readonly<{
  folder: string;
  manifest: DatasetManifest;
  /** Each frame once, ascending. */
  entries: readonly JournalEntry[];
}>;

const AGAIN = 'The same `diorama render` writes it again.';

/**
 * Makes the derived files again, in a temporary folder, and compares: each must be there, byte for byte, and
 * none that the config does not ask for.
 */
export async function checkDerived(
  { folder, manifest, entries }: DatasetToVerify,
  derived: DerivedWriter,
): Promise<readonly Problem[]> {
  const made = await mkdtemp(join(tmpdir(), 'diorama-verify-'));
  try {
    const path = datasetPaths(folder).journal;
    const records = { [Symbol.iterator]: () => readEntries(path, entries) };
    const failure = await derived.write(made, manifest, records).then(
      () => null,
      (error: unknown) => error as Error,
    );
    const licenses = licensesDocument(manifest.name, manifest.assets);
    await writeFileAtomically(datasetPaths(made).licenses, licenses);
    const paths = [
      ...new Set([DATASET_FILES.licenses, ...derived.paths, ...filesBelow(made)]),
    ].sort();
    const problems: Problem[] = [];
    if (failure !== null) {
      const text = `expected records that the derived files can be made from: ${failure.message}`;
      problems.push(datasetProblem('derived', text));
    }
    for (const path of failure === null ? paths : [DATASET_FILES.licenses]) {
      const message = await compareFile(join(folder, path), join(made, path));
      if (message !== null) problems.push(datasetProblem('derived', message, { file: path }));
    }
    return problems;
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

/** Paths of all files below a folder, relative to it, with forward slashes. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

async function compareFile(found: string, expected: string): Promise<string | null> {
  const [isThere, isDue] = [existsSync(found), existsSync(expected)];
  if (!isThere && !isDue) return null;
  if (!isThere) return `expected the file, as outputs ask for it, found none. ${AGAIN}`;
  if (!isDue) return 'expected no such file, as outputs do not ask for it.';
  if ((await hashOf(found)) === (await hashOf(expected))) return null;
  return `${firstDifference(found, expected)} ${AGAIN}`;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Where two texts begin to differ. */
function firstDifference(found: string, expected: string): string {
  const [left, right] = [readLines(found), readLines(expected)];
  try {
    for (let number = 1; ; number++) {
      const [a, b] = [left.next(), right.next()];
      const [line, due] = [a.done ? null : a.value, b.done ? null : b.value];
      if (line === null && due === null)
        return 'expected other bytes, found lines that read equal.';
      if (line?.text === due?.text && line?.terminated === due?.terminated) continue;
      return `line ${number}: ${excerpts(due?.text ?? null, line?.text ?? null)}.`;
    }
  } finally {
    left.return(undefined);
    right.return(undefined);
  }
}

/** Characters of a line that are shown, from a little before the first that differs. */
const SHOWN = 60;
const BEFORE = 20;

function excerpts(expected: string | null, found: string | null): string {
  let at = 0;
  while (at < (expected ?? '').length && expected?.[at] === found?.[at]) at++;
  const from = Math.max(0, at - BEFORE);
  const show = (text: string | null): string => {
    if (text === null) return 'the end of the file';
    const part = text.slice(from, from + SHOWN);
    return `${from > 0 ? '…' : ''}${part}${from + SHOWN < text.length ? '…' : ''}`;
  };
  const place = from > 0 ? `character ${at + 1}: ` : '';
  return `${place}expected ${show(expected)}, found ${show(found)}`;
}
