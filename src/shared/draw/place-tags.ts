import type { Size } from '../core/geometry.ts';

/** A tag that wants a place: its own size, and the box that it belongs to. */
export type TagRequest = Readonly<{
  width: number;
  height: number;
  /** [x, y, width, height] */
  box: readonly [number, number, number, number];
}>;

type Place = Readonly<{ x: number; y: number }>;

/** Area that two rectangles share. */
function overlap(a: Place & Size, b: Place & Size): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

/** Where a tag may stand, the best first: above its box, inside at the top, below, inside at the bottom. */
function listPlaces({ width, height, box }: TagRequest): readonly Place[] {
  const [x, y, boxWidth, boxHeight] = box;
  const columns = [x, x + boxWidth - width, x + (boxWidth - width) / 2];
  const rows = [y - height, y, y + boxHeight, y + boxHeight - height, y + (boxHeight - height) / 2];
  return rows.flatMap((row) => columns.map((column) => ({ x: column, y: row })));
}

/**
 * Places for tags, in the order of the requests, so that each is inside the picture and covers as little as
 * possible of those before it. All lengths in one unit.
 */
export function placeTags(requests: readonly TagRequest[], picture: Size): readonly Place[] {
  const placed: (Place & Size)[] = [];
  for (const request of requests) {
    const { width, height } = request;
    let best: { place: Place; covered: number } | null = null;
    for (const wish of listPlaces(request)) {
      const place = {
        x: Math.max(0, Math.min(wish.x, picture.width - width)),
        y: Math.max(0, Math.min(wish.y, picture.height - height)),
      };
      const tag = { ...place, width, height };
      const covered = placed.reduce((sum, other) => sum + overlap(tag, other), 0);
      if (best === null || covered < best.covered) best = { place, covered };
      if (covered === 0) break;
    }
    const place = best?.place ?? { x: 0, y: 0 };
    placed.push({ ...place, width, height });
  }
  return placed.map(({ x, y }) => ({ x, y }));
}
