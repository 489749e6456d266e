import { WriteError } from '#shared/core/errors';
import { selectFrames, type FrameRange } from '../run/select-frames.ts';
import { formatFrames } from '#shared/core/format-frames';
import type { JournalEntry } from '../store/journal.ts';
import type { DatasetView } from './read-dataset.ts';

/** Frames that are drawn where nobody asks for others: enough for a look, spread over the dataset. */
export const LOOK_FRAMES = 24;

/** What is drawn, and what was asked for and is not there. */
export type ChosenFrames = Readonly<{
  entries: readonly JournalEntry[];
  missing: readonly number[];
}>;

/**
 * The frames to draw: those of the range that are there, or without one {@link LOOK_FRAMES} of all, evenly
 * spread.
 *
 * @throws UsageError for a range beyond the config, WriteError where no frame of it is there.
 */
export function chooseFrames(
  { folder, manifest, entries }: DatasetView,
  range: FrameRange | undefined,
): ChosenFrames {
  const there = new Map(entries.map((entry) => [entry.frame, entry]));
  const found = formatFrames([...there.keys()]) || 'none';
  const advice = 'Run the same `diorama render` again; it renders what is missing.';
  if (range === undefined) {
    if (entries.length === 0) {
      throw new WriteError(`${folder}: expected frames, found none yet. ${advice}`);
    }
    return { entries: spread(entries, LOOK_FRAMES), missing: [] };
  }
  const asked = selectFrames({ total: manifest.config.frames, range });
  const chosen = asked.flatMap((frame) => there.get(frame) ?? []);
  const missing = asked.filter((frame) => !there.has(frame));
  if (chosen.length === 0) {
    throw new WriteError(
      `${folder}: expected frames ${formatFrames(asked)}, found ${found} in its journal. ${advice}`,
    );
  }
  return { entries: chosen, missing };
}

/** At most `count` members at even distances, the first and the last among them. */
function spread<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, i) =>
    all.at(Math.round((i * (all.length - 1)) / (count - 1))),
  ).filter((member) => member !== undefined);
}
