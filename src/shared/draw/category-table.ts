import type { DatasetManifest } from '../formats/dataset-manifest.ts';

/** What a picture needs to know of a category. */
export type CategoryEntry = Readonly<{
  name: string;
  /** Pairs of keypoints that are joined; null where the category has no keypoints. */
  skeleton: readonly (readonly [string, string])[] | null;
}>;

/** Categories by id. */
export type CategoryTable = ReadonlyMap<number, CategoryEntry>;

/** The categories of a dataset, by id. */
export function categoryTable({ categories, config }: DatasetManifest): CategoryTable {
  return new Map(
    categories.map(({ id, name }) => [
      id,
      { name, skeleton: config.keypoints?.[name]?.skeleton ?? null },
    ]),
  );
}
