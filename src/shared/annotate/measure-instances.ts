import { AnnotationError } from '../core/errors.ts';
import type { Size } from '../core/geometry.ts';
import { compressCounts } from './rle.ts';
import type { CocoRle } from './annotations.ts';
import type { PixelBox } from './rle.ts';

/**
 * Area, box and runs of every id of an id image. Arrays are indexed by id, 0..maxId, background
 * included; the runs of id i are `runOffsets[i]` up to `runOffsets[i + 1]` of the two run arrays.
 */
export type InstanceMeasures = Readonly<{
  size: Size;
  /** Pixels. */
  areas: Uint32Array;
  /** First and last column and row; meaningless where the area is 0. */
  left: Uint32Array;
  top: Uint32Array;
  right: Uint32Array;
  bottom: Uint32Array;
  runOffsets: Uint32Array;
  /** Column-major index of the run's first pixel: x · height + y. */
  runStarts: Uint32Array;
  runLengths: Uint32Array;
}>;

/** Runs in scan order; `ids[i]` is whose. */
type RunList = { ids: Uint16Array; starts: Uint32Array; count: number };

/**
 * Measures all instances of an id image in one column-major scan, so that the cost does not grow with
 * the number of instances.
 * @param ids [H, W] instance ids, 0 = background.
 * @throws AnnotationError where the length is wrong or an id is above `maxId`.
 */
export function measureInstances(ids: Uint16Array, size: Size, maxId: number): InstanceMeasures {
  const pixels = size.width * size.height;
  if (ids.length !== pixels) {
    throw new AnnotationError(
      `id image: expected ${pixels} pixels for ${size.width}×${size.height}, found ${ids.length}.`,
    );
  }
  const runs = scanColumns(ids, size);
  const slots = maxId + 1;
  const measures: InstanceMeasures = {
    size,
    areas: new Uint32Array(slots),
    left: new Uint32Array(slots).fill(0xffffffff),
    top: new Uint32Array(slots).fill(0xffffffff),
    right: new Uint32Array(slots),
    bottom: new Uint32Array(slots),
    runOffsets: offsetsById(runs, maxId, size),
    runStarts: new Uint32Array(runs.count),
    runLengths: new Uint32Array(runs.count),
  };
  sortRuns(runs, measures);
  return measures;
}

/** [x, y, width, height] of an id's pixels; null where it has none. */
export function boxOf(measures: InstanceMeasures, id: number): PixelBox | null {
  if (!measures.areas[id]) return null;
  const x = measures.left[id]!;
  const y = measures.top[id]!;
  return [x, y, measures.right[id]! - x + 1, measures.bottom[id]! - y + 1];
}

/** COCO run-length encoding of an id's mask. */
export function rleOf(measures: InstanceMeasures, id: number): CocoRle {
  const { width, height } = measures.size;
  const from = measures.runOffsets[id]!;
  const to = measures.runOffsets[id + 1]!;
  const counts = new Uint32Array(2 * (to - from) + 1);
  let length = 0;
  let end = 0;
  for (let run = from; run < to; run++) {
    const start = measures.runStarts[run]!;
    counts[length++] = start - end;
    counts[length++] = measures.runLengths[run]!;
    end = start + measures.runLengths[run]!;
  }
  // The mask API writes no last run of zeros of length 0, but always at least one run.
  if (end < width * height || length === 0) counts[length++] = width * height - end;
  return { size: [height, width], counts: compressCounts(counts.subarray(0, length)) };
}

/** A run goes on from the bottom of one column to the top of the next. */
function scanColumns(ids: Uint16Array, { width }: Size): RunList {
  const runs: RunList = { ids: new Uint16Array(4096), starts: new Uint32Array(4096), count: 0 };
  let { ids: runIds, starts: runStarts } = runs;
  let count = 0;
  let current = -1;
  let position = 0;
  for (let x = 0; x < width; x++) {
    for (let at = x; at < ids.length; at += width, position++) {
      const id = ids[at]!;
      if (id === current) continue;
      current = id;
      if (count === runIds.length) {
        growRuns(runs);
        ({ ids: runIds, starts: runStarts } = runs);
      }
      runIds[count] = id;
      runStarts[count++] = position;
    }
  }
  runs.count = count;
  return runs;
}

function growRuns(runs: RunList): void {
  const ids = new Uint16Array(runs.ids.length * 2);
  ids.set(runs.ids);
  const starts = new Uint32Array(runs.starts.length * 2);
  starts.set(runs.starts);
  runs.ids = ids;
  runs.starts = starts;
}

/** Where the runs of each id begin once they are sorted by id. */
function offsetsById(runs: RunList, maxId: number, size: Size): Uint32Array {
  const offsets = new Uint32Array(maxId + 2);
  for (let run = 0; run < runs.count; run++) {
    const id = runs.ids[run]!;
    if (id > maxId) throw unknownId(id, runs.starts[run]!, { maxId, size });
    offsets[id + 1]!++;
  }
  for (let id = 0; id <= maxId; id++) offsets[id + 1]! += offsets[id]!;
  return offsets;
}

function sortRuns(runs: RunList, measures: InstanceMeasures): void {
  const { areas, left, top, right, bottom, runStarts, runLengths } = measures;
  const { width, height } = measures.size;
  const next = measures.runOffsets.slice();
  for (let run = 0; run < runs.count; run++) {
    const id = runs.ids[run]!;
    const start = runs.starts[run]!;
    const end = run + 1 < runs.count ? runs.starts[run + 1]! : width * height;
    const slot = next[id]!++;
    runStarts[slot] = start;
    runLengths[slot] = end - start;
    areas[id]! += end - start;
    const firstColumn = (start / height) | 0;
    const lastColumn = ((end - 1) / height) | 0;
    const oneColumn = firstColumn === lastColumn;
    const first = oneColumn ? start - firstColumn * height : 0;
    const last = oneColumn ? end - 1 - lastColumn * height : height - 1;
    if (firstColumn < left[id]!) left[id] = firstColumn;
    if (lastColumn > right[id]!) right[id] = lastColumn;
    if (first < top[id]!) top[id] = first;
    if (last > bottom[id]!) bottom[id] = last;
  }
}

function unknownId(
  id: number,
  position: number,
  known: Readonly<{ maxId: number; size: Size }>,
): AnnotationError {
  const x = Math.floor(position / known.size.height);
  const y = position % known.size.height;
  return new AnnotationError(
    `id image: pixel (${x}, ${y}): expected an instance id of 0..${known.maxId}, found ${id}.`,
  );
}
