import { categoryColor } from '../category-palette.ts';
import type { Overlay } from '../overlay.ts';

const ALPHA = 205;

/** The semantic image in the colours of its categories. */
export const SEMANTIC: Overlay = {
  summary: 'semantic image, coloured',
  files: ['semantic'],
  categoryColors: true,
  output: 'outputs.semantic',
  draw: ({ file }) => {
    if (file === null) return {};
    const { width, height, values } = file.map;
    const pixels = new Uint8Array(width * height * 4);
    for (const [i, category] of values.entries()) {
      if (category !== 0) pixels.set([...categoryColor(category), ALPHA], i * 4);
    }
    return { pixels: { width, height, values: pixels } };
  },
};
