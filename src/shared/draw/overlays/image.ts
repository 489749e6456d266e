import type { Overlay } from '../overlay.ts';

/** Nothing over the picture: to stand beside one with labels. */
export const IMAGE: Overlay = {
  summary: 'the picture alone',
  files: [],
  categoryColors: false,
  draw: () => ({}),
};
