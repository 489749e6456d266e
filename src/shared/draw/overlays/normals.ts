import { normalsToRgb } from '../../annotate/normals-to-rgb.ts';
import type { Overlay } from '../overlay.ts';

/** Pixels without a surface: no colour that a unit normal becomes. */
const NOTHING = [16, 18, 23] as const;

/** Unit normals as their file has them: x, y, z of the camera's axes as red, green, blue; nothing there is dark. */
export const NORMALS: Overlay = {
  summary: 'normals: x right red, y down green, z away blue',
  files: ['normals', 'normals-float'],
  categoryColors: false,
  output: 'outputs.normals',
  draw: ({ file }) => {
    if (file === null) return {};
    const { width, height, values } = file.map;
    const rgb = values instanceof Float32Array ? normalsToRgb(values) : values;
    const pixels = new Uint8Array(width * height * 4);
    for (let i = 0; i < width * height; i++) {
      const color = rgb.subarray(i * 3, i * 3 + 3);
      pixels.set(color.some((value) => value !== 0) ? color : NOTHING, i * 4);
      pixels[i * 4 + 3] = 255;
    }
    return { pixels: { width, height, values: pixels } };
  },
};
