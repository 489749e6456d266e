import type { DatasetState } from '#shared/protocol/preview-api';
import type { DrawnValue } from '#shared/sampling/scene-sample';

/** Which frames of a dataset are looked at, and in what order. */
export type FrameChoice = Readonly<{
  /** Place of a category that each frame must have, in the dataset's list; null: any. */
  category: number | null;
  /** Path of a draw that each frame must have within bounds, or as a word; null: none. */
  parameter: string | null;
  least: number | null;
  most: number | null;
  word: string | null;
  sort: FrameSort;
  descending: boolean;
}>;
/** By frame number, by how many instances (of the category, where one is chosen), or by the parameter. */
export const FRAME_SORTS = ['frame', 'instances', 'parameter'] as const;
export type FrameSort = (typeof FRAME_SORTS)[number];

export const ALL_FRAMES: FrameChoice = {
  ...{ category: null, parameter: null, least: null, most: null, word: null },
  ...{ sort: 'frame', descending: false },
};

/** What each frame drew for a parameter, in the order of the dataset's frames. */
export type Column = readonly (DrawnValue | null)[];

function isWithin(value: DrawnValue | null, { least, most, word }: FrameChoice): boolean {
  if (typeof value === 'number')
    return value >= (least ?? -Infinity) && value <= (most ?? Infinity);
  return value !== null && (word === null || String(value) === word);
}

/** Numbers before words, by size or letter; what is not there comes last either way. */
function compare(a: DrawnValue | null, b: DrawnValue | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? -1 : 1;
  const [left, right] = [String(a), String(b)];
  return left === right ? 0 : sign * (left < right ? -1 : 1);
}

/**
 * The frames that are chosen, in the order that is chosen; equal ones by number.
 *
 * @param column of the choice's parameter; null while it is not there.
 */
export function chooseFrames(
  { frames, counts }: Pick<DatasetState, 'frames' | 'counts'>,
  choice: FrameChoice,
  column: Column | null,
): readonly number[] {
  const { category, parameter, sort, descending } = choice;
  const sign = descending ? -1 : 1;
  const countOf = (i: number): number =>
    category === null
      ? (counts[i] ?? []).reduce((sum, count) => sum + count, 0)
      : (counts[i]?.[category] ?? 0);
  const keyOf = (i: number): DrawnValue | null => {
    if (sort === 'frame') return frames[i] ?? null;
    return sort === 'instances' ? countOf(i) : (column?.[i] ?? null);
  };
  return [...frames.keys()]
    .filter((i) => category === null || countOf(i) > 0)
    .filter((i) => parameter === null || column === null || isWithin(column[i] ?? null, choice))
    .sort((a, b) => compare(keyOf(a), keyOf(b), sign) || a - b)
    .flatMap((i) => frames[i] ?? []);
}

/** Place in a list of the frame whose number is nearest; 0 in an empty one. */
export function nearestPlace(list: readonly number[], frame: number): number {
  const exact = list.indexOf(frame);
  if (exact !== -1) return exact;
  return list.reduce((best, number, i) => {
    const known = list[best] ?? Infinity;
    return Math.abs(number - frame) < Math.abs(known - frame) ? i : best;
  }, 0);
}
