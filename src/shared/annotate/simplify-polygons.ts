import type { CocoRle } from './annotations.ts';
import { decodeCrop, type MaskCrop } from './decode-crop.ts';
import { fillPolygons } from './fill-polygons.ts';
import { doubledArea, tracePieces, type MaskPolygon, type Ring } from './trace-polygons.ts';

/** Polygons of a mask, and how well they keep it. */
export type InstancePolygons = Readonly<{
  polygons: readonly MaskPolygon[];
  /** Intersection over union of the filled polygons and the mask: 1 where nothing was lost. */
  iou: number;
}>;

/**
 * Polygons of a mask, simplified so that no vertex that is left out lies further from its ring than the
 * tolerance; 0 leaves the pixel edges as they are. Rings are simplified one by one: under a tolerance of more
 * than a pixel they may touch each other, which the ratio shows.
 */
export function instancePolygons(rle: CocoRle, tolerancePixels: number): InstancePolygons {
  const crop = decodeCrop(rle);
  if (crop === null) return { polygons: [], iou: 1 };
  const exact = tracePieces(crop);
  const polygons = tolerancePixels > 0 ? simplifyAll(exact, tolerancePixels) : exact;
  return { polygons, iou: overlap(crop, fillPolygons(polygons, crop)) };
}

function simplifyAll(polygons: readonly MaskPolygon[], tolerance: number): MaskPolygon[] {
  return polygons.map(({ outer, holes }) => ({
    outer: simplifyRing(outer, tolerance),
    holes: holes.map((hole) => simplifyRing(hole, tolerance)),
  }));
}

/**
 * A closed ring by Douglas and Peucker's method (Cartographica 10, 1973), cut in two at its first vertex and
 * the one furthest from it. A ring that would lose its inside or turn over stays as it is, so that none disappears.
 */
export function simplifyRing(ring: Ring, tolerance: number): Ring {
  const count = ring.length / 2;
  const far = furthest(ring, { from: 0, to: 0, end: count });
  const kept = new Uint8Array(count);
  kept[0] = kept[far.at] = 1;
  const pending = [
    { from: 0, to: far.at, end: far.at },
    { from: far.at, to: 0, end: count },
  ];
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    const { at, distance } = furthest(ring, part);
    if (distance <= tolerance) continue;
    kept[at] = 1;
    pending.push({ from: part.from, to: at, end: at }, { from: at, to: part.to, end: part.end });
  }
  const simple = ring.filter((_, i) => kept[i >> 1] === 1);
  return doubledArea(simple) * doubledArea(ring) > 0 ? simple : ring;
}

/** A stretch of a ring between two kept vertices; the one at `end` is not part of it. */
type Stretch = Readonly<{ from: number; to: number; end: number }>;

/** The vertex after `from` and before `end` that lies furthest from the line between `from` and `to`. */
function furthest(
  ring: Ring,
  { from, to, end }: Stretch,
): Readonly<{ at: number; distance: number }> {
  let best = { at: from, distance: 0 };
  for (let at = from + 1; at < end; at++) {
    const distance = distanceToSegment(ring, at, { from, to });
    if (distance > best.distance) best = { at, distance };
  }
  return best;
}

function distanceToSegment(
  ring: Ring,
  at: number,
  { from, to }: Readonly<{ from: number; to: number }>,
): number {
  const [x, y] = [ring[at * 2]! - ring[from * 2]!, ring[at * 2 + 1]! - ring[from * 2 + 1]!];
  const dx = ring[to * 2]! - ring[from * 2]!;
  const dy = ring[to * 2 + 1]! - ring[from * 2 + 1]!;
  const squared = dx * dx + dy * dy;
  const share = squared === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / squared));
  const [ox, oy] = [x - share * dx, y - share * dy];
  return Math.sqrt(ox * ox + oy * oy);
}

function overlap({ mask }: MaskCrop, filled: Uint8Array): number {
  let [both, either] = [0, 0];
  for (let i = 0; i < mask.length; i++) {
    both += mask[i]! & filled[i]!;
    either += mask[i]! | filled[i]!;
  }
  return both / either;
}
