import { AnnotationError } from '../core/errors.ts';
import type { Size } from '../core/geometry.ts';
import { textFromBytes } from '../core/text-from-bytes.ts';
import type { CocoRle } from './annotations.ts';

/** A box of whole pixels, [x, y, width, height] (labels.md §5). */
export type PixelBox = readonly [number, number, number, number];

/** Groups of five bits in one number: 30 bits, more than the pixels of an 8192 × 8192 image. */
const MAX_GROUPS = 6;
const FIRST_CHAR = 48;
const LAST_CHAR = FIRST_CHAR + 63;

/**
 * Run lengths as the compressed string of COCO's mask API (`rleToString` in its maskApi.c): from the
 * fourth run on, the difference to the run two before; each number as groups of five bits, lowest
 * first, with bit 5 set while more follow and the last group's bit 4 as the sign; plus 48.
 */
export function compressCounts(counts: Uint32Array): string {
  const bytes = new Uint8Array(counts.length * MAX_GROUPS);
  let length = 0;
  for (let i = 0; i < counts.length; i++) {
    let rest = i > 2 ? counts[i]! - counts[i - 2]! : counts[i]!;
    for (let more = true; more;) {
      const group = rest & 31;
      rest >>= 5;
      more = (group & 16) === 0 ? rest !== 0 : rest !== -1;
      bytes[length++] = FIRST_CHAR + (more ? group | 32 : group);
    }
  }
  return textFromBytes(bytes.subarray(0, length));
}

/**
 * Run lengths of a compressed string, zeros first: the inverse of {@link compressCounts}.
 * @throws AnnotationError where the string is not one that the mask API could have written.
 */
export function decodeCounts(text: string): Uint32Array {
  const counts = new Uint32Array(text.length);
  let runs = 0;
  for (let at = 0; at < text.length; runs++) {
    let value = 0;
    let groups = 0;
    for (let more = true; more;) {
      const code = at < text.length ? text.charCodeAt(at++) : -1;
      if (code < FIRST_CHAR || code > LAST_CHAR || groups === MAX_GROUPS) throw badCounts(text, at);
      const group = code - FIRST_CHAR;
      value |= (group & 31) << (5 * groups++);
      more = (group & 32) !== 0;
      if (!more && (group & 16) !== 0) value |= -1 << (5 * groups);
    }
    if (runs > 2) value += counts[runs - 2]!;
    if (value < 0) throw badCounts(text, at);
    counts[runs] = value;
  }
  return counts.slice(0, runs);
}

/**
 * COCO run-length encoding of a mask, exact: column-major runs, zeros first.
 * @param mask [H, W], 0 outside and anything else inside.
 */
export function encodeMask(mask: Uint8Array, size: Size): CocoRle {
  const { width, height } = size;
  if (mask.length !== width * height) {
    throw new AnnotationError(
      `mask: expected ${width * height} pixels for ${width}×${height}, found ${mask.length}.`,
    );
  }
  const counts = new Uint32Array(mask.length + 1);
  let runs = 0;
  let run = 0;
  let inside = false;
  for (let x = 0; x < width; x++) {
    for (let at = x; at < mask.length; at += width) {
      if ((mask[at] !== 0) !== inside) {
        counts[runs++] = run;
        run = 0;
        inside = !inside;
      }
      run++;
    }
  }
  counts[runs++] = run;
  return { size: [height, width], counts: compressCounts(counts.subarray(0, runs)) };
}

/**
 * The mask of a run-length encoding, [H, W], 0 and 1.
 * @throws AnnotationError where the runs do not add up to the image.
 */
export function decodeMask(rle: CocoRle): Uint8Array {
  const [height, width] = rle.size;
  const counts = checkedCounts(rle);
  const mask = new Uint8Array(width * height);
  let at = 0;
  for (let i = 0; i < counts.length; i++) {
    const end = at + counts[i]!;
    if (i % 2 === 1) {
      for (let p = at; p < end; p++) mask[(p % height) * width + Math.floor(p / height)] = 1;
    }
    at = end;
  }
  return mask;
}

/** Pixels inside the mask. */
export function rleArea(rle: CocoRle): number {
  return checkedCounts(rle).reduce((sum, count, i) => (i % 2 === 1 ? sum + count : sum), 0);
}

/** Smallest box around the mask; null where it is empty. */
export function rleBox(rle: CocoRle): PixelBox | null {
  const [height, width] = rle.size;
  const counts = checkedCounts(rle);
  let [left, top, right, bottom] = [width, height, -1, -1];
  let at = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    if (i % 2 === 1 && count > 0) {
      const first = Math.floor(at / height);
      const last = Math.floor((at + count - 1) / height);
      left = Math.min(left, first);
      right = Math.max(right, last);
      // A run that goes on into the next column touches the bottom row of one and the top row of the other.
      top = first === last ? Math.min(top, at % height) : 0;
      bottom = first === last ? Math.max(bottom, (at + count - 1) % height) : height - 1;
    }
    at += count;
  }
  return right < 0 ? null : [left, top, right - left + 1, bottom - top + 1];
}

function checkedCounts(rle: CocoRle): Uint32Array {
  const [height, width] = rle.size;
  const counts = decodeCounts(rle.counts);
  const sum = counts.reduce((total, count) => total + count, 0);
  if (sum !== width * height) {
    throw new AnnotationError(
      `run-length encoding: expected runs of ${width * height} pixels for ${width}×${height}, found ${sum}.`,
    );
  }
  return counts;
}

function badCounts(text: string, at: number): AnnotationError {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return new AnnotationError(
    `run-length encoding: expected a compressed COCO string, found "${shown}" (invalid at character ${at}).`,
  );
}
