import type { CocoRle } from './annotations.ts';
import { decodeCounts, rleBox } from './rle.ts';

/** The part of a mask that lies in its box. */
export type MaskCrop = Readonly<{
  /** First column and row in the image. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** [height, width]: 0 or 1. */
  mask: Uint8Array;
}>;

/**
 * The mask of a run-length encoding, cut to its box: as much work as the box is large, not the image.
 * Null where it is empty.
 * @throws AnnotationError where the encoding is not one of its image.
 */
export function decodeCrop(rle: CocoRle): MaskCrop | null {
  const box = rleBox(rle);
  if (box === null) return null;
  const [x, y, width, height] = box;
  const rows = rle.size[0];
  const mask = new Uint8Array(width * height);
  let at = 0;
  for (const [i, count] of decodeCounts(rle.counts).entries()) {
    if (i % 2 === 1) {
      for (let p = at; p < at + count; p++) {
        mask[((p % rows) - y) * width + Math.floor(p / rows) - x] = 1;
      }
    }
    at += count;
  }
  return { x, y, width, height, mask };
}
