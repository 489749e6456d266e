import type { Size } from '../core/geometry.ts';
import type { AmodalAnnotation, DropReason } from './annotations.ts';
import { largestFragment } from './largest-fragment.ts';
import type { PixelBox } from './rle.ts';

/** Which instances are annotated: `labels` of the config. A rule that is absent drops nothing. */
export type LabelFilters = Readonly<{
  /** Least visible pixels. */
  minPixels: number;
  /** Least visible share, 0..1; judged where silhouettes are drawn. */
  minVisibility?: number | undefined;
  /** Least width and height of the visible box, pixels. */
  minBoxSide?: number | undefined;
  /** Least pixels of the largest connected piece. */
  minFragmentPixels?: number | undefined;
}>;

/** What an instance shows. */
export type InstancePixels = Readonly<{
  ids: Uint16Array;
  size: Size;
  instanceId: number;
  bbox: PixelBox | null;
  area: number;
  amodal: AmodalAnnotation | null;
}>;

/** The first rule by which an instance is left out of every label file; null where it is annotated (labels.md §4). */
export function dropReasonOf(shown: InstancePixels, filters: LabelFilters): DropReason | null {
  const { bbox, area, amodal } = shown;
  const { minPixels, minVisibility = 0, minBoxSide = 1, minFragmentPixels = 1 } = filters;
  if (bbox === null) return 'outside-or-hidden';
  if (area < minPixels) return 'min-pixels';
  if (amodal !== null && amodal.visibility < minVisibility) return 'min-visibility';
  if (Math.min(bbox[2], bbox[3]) < minBoxSide) return 'min-box-side';
  if (minFragmentPixels > 1 && largestFragment({ ...shown, bbox }) < minFragmentPixels) {
    return 'min-fragment';
  }
  return null;
}
