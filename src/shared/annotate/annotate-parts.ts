import { AnnotationError } from '../core/errors.ts';
import type { Size } from '../core/geometry.ts';
import type { FramePlan } from '../plan/frame-plan.ts';
import type { PartAnnotation } from './annotations.ts';
import { boxOf, measureInstances, rleOf } from './measure-instances.ts';

/** A part of one instance, in the image of pairs. */
type Pair = Readonly<{ instanceId: number; partId: number }>;

/** Parts by instance, each in order of part id; only those that show a pixel. */
export type PartsByInstance = ReadonlyMap<number, readonly PartAnnotation[]>;

/** Pixels of a frame that parts are found in. */
export type PartPixels = Readonly<{
  size: Size;
  /** [H, W] instance ids. */
  instanceId: Uint16Array;
  /** [H, W] part ids, 0 = no part. */
  partId: Uint16Array;
}>;

/**
 * Areas, boxes and masks of the parts of every instance. Each pair of an instance and a part gets a
 * number, so that one scan measures them all.
 * @param table what part ids mean.
 * @throws AnnotationError where a pixel has a part without an instance, or one that the table does not know.
 */
export function annotateParts(
  { size, instanceId, partId }: PartPixels,
  table: NonNullable<FramePlan['parts']>,
): PartsByInstance {
  if (partId.length !== instanceId.length) {
    throw new AnnotationError(
      `part image: expected ${instanceId.length} pixels, found ${partId.length}.`,
    );
  }
  const { numbers, pairs } = numberPairs(instanceId, partId);
  const measures = measureInstances(numbers, size, pairs.length);
  const names = new Map(table.map((part) => [part.partId, part.name]));
  const found = new Map<number, PartAnnotation[]>();
  const order = [...pairs.entries()].sort(([, a], [, b]) => a.partId - b.partId);
  for (const [index, pair] of order) {
    const bbox = boxOf(measures, index + 1);
    const name = names.get(pair.partId);
    if (bbox === null || name === undefined) {
      throw new AnnotationError(
        `part image: expected a part of 1..${table.length}, found ${pair.partId} in instance ${pair.instanceId}.`,
      );
    }
    const parts = found.get(pair.instanceId) ?? [];
    found.set(pair.instanceId, parts);
    const area = measures.areas[index + 1]!;
    const segmentation = rleOf(measures, index + 1);
    parts.push({ partId: pair.partId, name, area, bbox, segmentation });
  }
  return found;
}

/** [H, W] numbers of pairs, 0 where there is no part; the pair of number i is `pairs[i − 1]`. */
function numberPairs(
  instanceId: Uint16Array,
  partId: Uint16Array,
): Readonly<{ numbers: Uint16Array; pairs: readonly Pair[] }> {
  const numbers = new Uint16Array(partId.length);
  const pairs: Pair[] = [];
  const known = new Map<number, number>();
  for (let i = 0; i < partId.length; i++) {
    const part = partId[i]!;
    if (part === 0) continue;
    const instance = instanceId[i]!;
    if (instance === 0) {
      throw new AnnotationError(
        `part image: pixel number ${i}: expected no part where there is no instance, found ${part}.`,
      );
    }
    const key = part * 65536 + instance;
    let number = known.get(key);
    if (number === undefined) {
      number = pairs.push({ instanceId: instance, partId: part });
      if (number > 65535)
        throw new AnnotationError('part image: more than 65535 parts in a frame.');
      known.set(key, number);
    }
    numbers[i] = number;
  }
  return { numbers, pairs };
}
