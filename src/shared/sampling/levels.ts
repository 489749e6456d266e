import type { LevelRange } from '../config/value-types.ts';

const isRange = <T>(levels: readonly T[] | LevelRange): levels is LevelRange => 'min' in levels;

/** How many values a list or range of levels has. */
export function countLevels(levels: readonly unknown[] | LevelRange): number {
  if (!isRange(levels)) return levels.length;
  return levels.steps ?? levels.max - levels.min + 1;
}

/** One of the levels by its place; the ends are exactly min and max. */
export function levelAt<T>(levels: readonly T[] | LevelRange, index: number): T | number {
  if (!isRange(levels)) return levels[index] as T;
  const { min, max, steps } = levels;
  if (steps === undefined) return min + index;
  return index === steps - 1 ? max : min + ((max - min) * index) / (steps - 1);
}
