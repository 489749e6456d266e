import type { PixelMap } from '#shared/draw/overlay';

/** "PIEH" as a float, the first number of a `.flo` file. */
const FLO_MAGIC = 202021.25;

/**
 * Middlebury's `.flo` as [H, W, 2], unknown vectors as they stand.
 * @throws Error saying why it cannot be decoded.
 */
export function decodeFlo(bytes: Buffer): PixelMap {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getFloat32(0, true) !== FLO_MAGIC) {
    throw new Error('which begins with PIEH, found no .flo file');
  }
  const [width, height] = [view.getInt32(4, true), view.getInt32(8, true)];
  if (width <= 0 || height <= 0 || bytes.length !== 12 + width * height * 8) {
    throw new Error(
      `of ${width}×${height} vectors in ${12 + width * height * 8} bytes, found ${bytes.length}`,
    );
  }
  const values = Float32Array.from({ length: width * height * 2 }, (_, i) =>
    view.getFloat32(12 + i * 4, true),
  );
  return { width, height, channels: 2, values };
}
