import { existsSync } from 'node:fs';
import { WriteError } from '#shared/core/errors';
import { DATASET_FILES, datasetPaths } from '../store/dataset-files.ts';
import type { JournalEntry } from '../store/journal.ts';
import { filesOfRecord, parseRecord } from '../store/parse-record.ts';
import { readLines, type FileLine } from '../store/read-lines.ts';
import { datasetProblem, type Problem } from './problem-list.ts';

/** What a journal holds, with everything that is wrong with it. */
export type JournalFindings = Readonly<{
  /** Lines that are frames, each frame once, ascending. */
  entries: readonly JournalEntry[];
  problems: readonly Problem[];
}>;

export type ScanOptions = Readonly<{
  folder: string;
  /** Frames of the config. */
  total: number;
  /** A run is writing: lines are in the order of completion, and the last may be under way. */
  writing: boolean;
}>;

const JOURNAL = DATASET_FILES.journal;

const problem = (message: string, frame: number | null = null): Problem => ({
  ...datasetProblem('journal', message, { file: JOURNAL }),
  frame,
});

/**
 * Reads a journal to its end whatever it holds, unlike a run, which refuses what it cannot continue:
 * lines that are no records, a last line that was cut off, frames that stand twice, out of order, or that
 * the config does not have.
 */
export function scanJournal({ folder, total, writing }: ScanOptions): JournalFindings {
  const path = datasetPaths(folder).journal;
  if (!existsSync(path)) {
    return { entries: [], problems: [problem('expected one record a line, found no such file.')] };
  }
  const problems: Problem[] = [];
  const byFrame = new Map<number, JournalEntry>();
  const lineOf = new Map<number, number>();
  let last = -1;
  for (const line of readLines(path)) {
    if (!line.terminated) {
      if (!writing) problems.push(tornLine(line));
      continue;
    }
    const entry = readEntry(line);
    if (typeof entry === 'string') {
      problems.push(problem(`line ${line.number}: ${entry}.`));
      continue;
    }
    const { frame } = entry;
    const where = `line ${line.number}`;
    const earlier = lineOf.get(frame);
    if (earlier !== undefined) {
      problems.push(
        problem(`${where}: expected each frame once, found it on line ${earlier} too.`, frame),
      );
      continue;
    }
    if (frame >= total) {
      problems.push(problem(`${where}: expected frames 0..${total - 1}, as in the config.`, frame));
    } else if (frame < last && !writing) {
      problems.push(problem(`${where}: expected ascending frames, found it after ${last}.`, frame));
    }
    last = Math.max(last, frame);
    lineOf.set(frame, line.number);
    byFrame.set(frame, entry);
  }
  return { entries: [...byFrame.values()].sort((a, b) => a.frame - b.frame), problems };
}

function tornLine({ number, length }: FileLine): Problem {
  return problem(
    `line ${number}: expected a line that ends, found one that was cut off (${length} bytes). ` +
      'The run was interrupted: run the same `diorama render` again; it continues.',
  );
}

/** The entry of a line, or what keeps it from being one. */
function readEntry({ text, offset, length }: FileLine): JournalEntry | string {
  try {
    const record = parseRecord(text, '');
    return { frame: record.frame, offset, length, files: filesOfRecord(record) };
  } catch (error) {
    if (error instanceof WriteError) return error.message.replace(/^: /, '');
    throw error;
  }
}
