import type { Size, Vec2 } from '#shared/core/geometry';

/** An image in the making: [H, W, 3] sRGB. */
export type Canvas = Size & Readonly<{ values: Uint8Array }>;

/** A black canvas. */
export function createCanvas({ width, height }: Size): Canvas {
  return { width, height, values: new Uint8Array(width * height * 3) };
}

/** Copies a picture onto a canvas, its upper left corner at (x, y). Throws RangeError where it sticks out. */
export function pastePicture(canvas: Canvas, picture: Canvas, [x, y]: Vec2): void {
  const { width, height, values } = picture;
  if (x < 0 || y < 0 || x + width > canvas.width || y + height > canvas.height) {
    throw new RangeError(
      `picture of ${width}×${height} at (${x}, ${y}): expected inside ${canvas.width}×${canvas.height}`,
    );
  }
  for (let row = 0; row < height; row++) {
    const from = values.subarray(row * width * 3, (row + 1) * width * 3);
    canvas.values.set(from, ((y + row) * canvas.width + x) * 3);
  }
}
