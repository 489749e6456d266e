import type { GBuffers, InstanceAnnotation } from './annotations.ts';
import type { PixelBox } from './rle.ts';

/** Segment ids of stuff begin above every instance id. */
const FIRST_STUFF = 65536;

/** A segment of a panoptic image. */
export type PanopticSegment = Readonly<{
  id: number;
  categoryId: number;
  /** Pixels. */
  area: number;
  bbox: PixelBox;
}>;

/** What is said of an instance, as far as segments need it. */
type Labelled = Pick<InstanceAnnotation, 'instanceId' | 'categoryId' | 'area' | 'bbox'>;

/**
 * The segment that an instance belongs to: its own, numbered by its id, or the one of its category where that
 * is stuff, 65536 + category id. A category's segment so has the same id in every frame.
 */
export function segmentIdOf(
  { instanceId, categoryId }: Pick<Labelled, 'instanceId' | 'categoryId'>,
  stuff: ReadonlySet<number>,
): number {
  return stuff.has(categoryId) ? FIRST_STUFF + categoryId : instanceId;
}

/** The category of a segment of stuff, null for a thing: the way back from {@link segmentIdOf}. */
export function stuffCategoryOf(segmentId: number): number | null {
  return segmentId < FIRST_STUFF ? null : segmentId - FIRST_STUFF;
}

/** Segments of a frame, ascending by id; the instances of a category of stuff are one. */
export function panopticSegments(
  instances: readonly Labelled[],
  stuff: ReadonlySet<number>,
): readonly PanopticSegment[] {
  const segments = new Map<number, PanopticSegment>();
  for (const instance of instances) {
    const id = segmentIdOf(instance, stuff);
    const { categoryId, area, bbox } = instance;
    const other = segments.get(id);
    segments.set(id, {
      id,
      categoryId,
      area: area + (other?.area ?? 0),
      bbox: other ? unite(other.bbox, bbox) : bbox,
    });
  }
  return [...segments.values()].sort((a, b) => a.id - b.id);
}

/**
 * Segment id of each pixel as COCO's colours, R + 256·G + 65536·B; 0 where no segment is (labels.md §5).
 * @param pixels an id image without dropped instances.
 * @returns [H, W, 3].
 */
export function panopticRgb(
  { instanceId: ids }: Pick<GBuffers, 'instanceId'>,
  instances: readonly Labelled[],
  stuff: ReadonlySet<number>,
): Uint8Array {
  const segmentOf = new Uint32Array(65536);
  for (const one of instances) segmentOf[one.instanceId] = segmentIdOf(one, stuff);
  const rgb = new Uint8Array(ids.length * 3);
  for (let i = 0; i < ids.length; i++) {
    const segment = segmentOf[ids[i]!]!;
    rgb[i * 3] = segment & 255;
    rgb[i * 3 + 1] = (segment >> 8) & 255;
    rgb[i * 3 + 2] = segment >> 16;
  }
  return rgb;
}

function unite(a: PixelBox, b: PixelBox): PixelBox {
  const [x, y] = [Math.min(a[0], b[0]), Math.min(a[1], b[1])];
  const [right, bottom] = [Math.max(a[0] + a[2], b[0] + b[2]), Math.max(a[1] + a[3], b[1] + b[3])];
  return [x, y, right - x, bottom - y];
}
