import type { Overlay } from '../overlay.ts';

/** Where each pixel lies in its object's box: x, y, z of the object as red, green, blue. */
export const OBJECT_COORDINATES: Overlay = {
  summary: 'object coordinates (NOCS): x red, y green, z blue',
  files: ['object-coordinates', 'object-coordinates-float'],
  categoryColors: false,
  output: 'outputs.objectCoordinates',
  draw: ({ file }) => {
    if (file === null) return {};
    const { width, height, values } = file.map;
    const unit = values instanceof Float32Array ? 1 : 65535;
    const pixels = new Uint8Array(width * height * 4);
    for (let i = 0; i < width * height; i++) {
      const place = values.subarray(i * 3, i * 3 + 3);
      // 0, 0, 0 is a corner of the box, too; a pixel there is not worth reading the ids for.
      if (!place.some((value) => value !== 0)) continue;
      for (const [axis, value] of place.entries())
        pixels[i * 4 + axis] = (value / unit) * 255 + 0.5;
      pixels[i * 4 + 3] = 255;
    }
    return { pixels: { width, height, values: pixels } };
  },
};
