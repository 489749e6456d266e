import { isSoftware } from './software-renderer.ts';

export const READ_BACKS = ['blocking', 'fenced'] as const;

/**
 * How a page has the pixels that it draws. `blocking`: each read waits until they are drawn. `fenced`: the GPU copies
 * them into buffers in its own time, and the page draws the next frame until a fence says that they are there.
 */
export type ReadBack = (typeof READ_BACKS)[number];

/**
 * How pixels are read back where nobody says how. A renderer in software draws on the processor that would wait
 * otherwise, and copies once more for a fence; a graphics card that is waited for stands still.
 */
export function defaultReadBack(renderer: string): ReadBack {
  return isSoftware(renderer) ? 'blocking' : 'fenced';
}
