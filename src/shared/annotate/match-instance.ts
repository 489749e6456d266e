import type { InstanceMatch } from '../config/acceptance-schema.ts';
import type { InstanceAnnotation } from './annotations.ts';

const within = (value: number, range: Readonly<{ min: number; max: number }>): boolean =>
  value >= range.min && value <= range.max;

/**
 * Whether an annotated instance is meant: its category, and each range that is stated. The size of a box is
 * its longer side, pixels; shares are those of the amodal mask (labels.md §4).
 *
 * @param categoryIds Ids of the match's categories; null where any will do.
 */
export function matchesInstance(
  { categoryId, bbox, amodal }: InstanceAnnotation,
  match: InstanceMatch,
  categoryIds: ReadonlySet<number> | null,
): boolean {
  if (categoryIds !== null && !categoryIds.has(categoryId)) return false;
  if (match.boxPixels && !within(Math.max(bbox[2], bbox[3]), match.boxPixels)) return false;
  return (['visibility', 'occlusion', 'truncation'] as const).every((share) => {
    const range = match[share];
    return range === undefined || (amodal !== undefined && within(amodal[share], range));
  });
}

/** Ids of a match's categories, by their order in the config; null where any will do. */
export function categoryIdsOf(
  { categories }: InstanceMatch,
  names: readonly string[],
): ReadonlySet<number> | null {
  if (categories === undefined) return null;
  return new Set(categories.map((name) => names.indexOf(name) + 1));
}
