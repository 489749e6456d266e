import type { Size } from '../core/geometry.ts';
import type { PixelBox } from './rle.ts';

/** The mask of an instance in an id image, and the box around it. */
export type FragmentedMask = Readonly<{
  /** [H, W] instance ids. */
  ids: Uint16Array;
  size: Size;
  instanceId: number;
  bbox: PixelBox;
}>;

/** Pixels of the largest connected piece of an instance's mask; pixels that touch at a corner are connected. */
export function largestFragment({ ids, size, instanceId, bbox }: FragmentedMask): number {
  const [left, top, width, height] = bbox;
  const pending = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const row = (top + y) * size.width + left;
    for (let x = 0; x < width; x++, at++) pending[at] = ids[row + x] === instanceId ? 1 : 0;
  }
  let largest = 0;
  const stack = new Uint32Array(width * height);
  for (let start = 0; start < pending.length; start++) {
    if (pending[start] === 0) continue;
    largest = Math.max(largest, fill(start, { pending, stack, width, height }));
  }
  return largest;
}

type Field = Readonly<{ pending: Uint8Array; stack: Uint32Array; width: number; height: number }>;

/** Takes a piece out of the field and counts its pixels. Each pixel is put on the stack once. */
function fill(start: number, { pending, stack, width, height }: Field): number {
  let [depth, count] = [1, 0];
  stack[0] = start;
  pending[start] = 0;
  while (depth > 0) {
    const at = stack[--depth]!;
    count++;
    const [x, y] = [at % width, Math.floor(at / width)];
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
        const next = ny * width + nx;
        if (pending[next] === 0) continue;
        pending[next] = 0;
        stack[depth++] = next;
      }
    }
  }
  return count;
}
