/** Something that wants a rectangle of an atlas, whole pixels. */
export type TileRequest = Readonly<{ width: number; height: number }>;

/** A request with the place that it got. */
export type PackedTile<T> = Readonly<{
  x: number;
  y: number;
  width: number;
  height: number;
  item: T;
}>;

/** One atlas: as large as its tiles need. */
export type Atlas<T> = Readonly<{ width: number; height: number; tiles: readonly PackedTile<T>[] }>;

/**
 * Packs rectangles on shelves, tallest first, into as few atlases of `side` × `side` pixels as that
 * simple rule finds. A rectangle larger than that gets an atlas of its own.
 */
export function packTiles<T extends TileRequest>(
  requests: readonly T[],
  side: number,
): readonly Atlas<T>[] {
  const sorted = [...requests].sort((a, b) => b.height - a.height || b.width - a.width);
  const atlases: { width: number; height: number; tiles: PackedTile<T>[] }[] = [];
  let [x, y, shelf] = [0, 0, 0];
  for (const item of sorted) {
    const { width, height } = item;
    if (width > side || height > side) {
      atlases.unshift({ width, height, tiles: [{ x: 0, y: 0, width, height, item }] });
      continue;
    }
    if (x + width > side) [x, y, shelf] = [0, y + shelf, 0];
    const current = atlases.at(-1);
    const open = current !== undefined && current.width <= side && current.height <= side;
    if (!open || y + height > side) {
      [x, y, shelf] = [0, 0, 0];
      atlases.push({ width: 0, height: 0, tiles: [] });
    }
    const atlas = atlases.at(-1);
    if (atlas === undefined) continue;
    atlas.tiles.push({ x, y, width, height, item });
    atlas.width = Math.max(atlas.width, x + width);
    atlas.height = Math.max(atlas.height, y + height);
    x += width;
    shelf = Math.max(shelf, height);
  }
  return atlases;
}
