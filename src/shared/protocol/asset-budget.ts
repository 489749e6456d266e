import { isSoftware } from './software-renderer.ts';

export const BYTES_PER_MIB = 2 ** 20;

/**
 * What a page keeps of assets between frames where nobody says how much, bytes on the GPU. A renderer in software
 * takes the machine's own memory, a browser for each core, and the page holds about as much again in decoded images
 * and vertices; graphics cards that render have 6 GB and more of their own.
 */
export function defaultAssetBytes(renderer: string): number {
  return (isSoftware(renderer) ? 1024 : 2048) * BYTES_PER_MIB;
}
