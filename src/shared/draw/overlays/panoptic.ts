import { stuffCategoryOf } from '../../annotate/panoptic.ts';
import { categoryColor } from '../category-palette.ts';
import type { Overlay } from '../overlay.ts';

const ALPHA = 205;

/** The panoptic image: things in the colours of their instances, stuff in those of its categories. */
export const PANOPTIC: Overlay = {
  summary: 'panoptic image: things and stuff, coloured',
  files: ['panoptic'],
  categoryColors: true,
  output: 'outputs.panoptic',
  draw: ({ file, colors }) => {
    if (file === null) return {};
    const { width, height, values } = file.map;
    const pixels = new Uint8Array(width * height * 4);
    for (let i = 0; i < width * height; i++) {
      const [red = 0, green = 0, blue = 0] = values.subarray(i * 3, i * 3 + 3);
      const segment = red + 256 * green + 65536 * blue;
      if (segment === 0) continue;
      const category = stuffCategoryOf(segment);
      const color = category === null ? colors.get(segment) : categoryColor(category);
      if (color) pixels.set([...color, ALPHA], i * 4);
    }
    return { pixels: { width, height, values: pixels } };
  },
};
