import { AnnotationError } from '../core/errors.ts';
import type { Annotations } from './annotations.ts';

/** Anything that says which category an instance has: a plan, or annotations. */
export type CategoryTable = Readonly<{
  instances: readonly Readonly<{ instanceId: number; categoryId: number }>[];
}>;

/** Most categories that an 8-bit file can tell apart, besides background. */
const MAX_8_BIT = 255;

/**
 * Category id of each pixel, 0 = background (labels.md §5).
 * @param ids [H, W] instance ids.
 * @param categoryCount of the whole dataset, so that every frame has the same depth: 8 bits up to 255.
 * @throws AnnotationError where an id or a category is not in its table.
 */
export function semanticFromInstance(
  ids: Uint16Array,
  table: CategoryTable,
  categoryCount: number,
): Uint8Array | Uint16Array {
  const largest = table.instances.reduce((max, { instanceId }) => Math.max(max, instanceId), 0);
  const categoryOf = new Int32Array(largest + 1).fill(-1);
  categoryOf[0] = 0;
  for (const { instanceId, categoryId } of table.instances) {
    if (categoryId < 1 || categoryId > categoryCount) {
      throw new AnnotationError(
        `instance ${instanceId}: expected a category id of 1..${categoryCount}, found ${categoryId}.`,
      );
    }
    categoryOf[instanceId] = categoryId;
  }
  const semantic = new (categoryCount <= MAX_8_BIT ? Uint8Array : Uint16Array)(ids.length);
  let [before, category] = [0, 0];
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    // Neighbours are mostly of one instance, which is then looked up once.
    if (id !== before) {
      before = id;
      category = categoryOf[id] ?? -1;
      if (category < 0) throw unlabelledPixel(i, id);
    }
    semantic[i] = category;
  }
  return semantic;
}

function unlabelledPixel(index: number, id: number): AnnotationError {
  return new AnnotationError(
    `id image: pixel number ${index}: expected the id of a labelled instance, found ${id}.`,
  );
}

/**
 * The id image as files hold it: instances that are dropped are dropped from every format alike, so
 * their pixels become 0, like geometry without a category (labels.md §4). Returns `ids` itself where
 * nothing visible was dropped.
 */
export function eraseDropped(ids: Uint16Array, dropped: Annotations['dropped']): Uint16Array {
  const visible = dropped.filter((instance) => instance.visiblePixels > 0);
  if (visible.length === 0) return ids;
  const erase = new Uint8Array(65536);
  for (const { instanceId } of visible) erase[instanceId] = 1;
  return ids.map((id) => (erase[id] === 1 ? 0 : id));
}

/**
 * The part image as files hold it: a part is there where its instance is.
 * @param ids [H, W] instance ids without those of {@link eraseDropped}.
 */
export function partsOfAnnotated(partId: Uint16Array, ids: Uint16Array): Uint16Array {
  return partId.map((part, i) => (ids[i] === 0 ? 0 : part));
}
