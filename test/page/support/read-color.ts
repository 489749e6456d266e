import type { GBuffers } from '#shared/annotate/annotations';
import type { LinearRgb } from '#shared/core/geometry';

/** One channel of linear light 0..1 as its sRGB byte, not rounded (IEC 61966-2-1). */
export function byteFromLinear(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  return 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
}

/** Linear light of an sRGB byte, or of a mean of bytes. */
export function linearFromByte(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** The three bytes of a pixel; (0, 0) is the top left one. */
export function pixelAt({ color, width }: GBuffers, x: number, y: number): LinearRgb {
  const at = (y * width + x) * 4;
  return [color[at] ?? -1, color[at + 1] ?? -1, color[at + 2] ?? -1];
}

/** The greatest difference in bytes between pixels and what they should be; `expected` gives bytes. */
export function greatestError(
  buffers: GBuffers,
  expected: (x: number, y: number) => LinearRgb,
): number {
  let greatest = 0;
  for (let y = 0; y < buffers.height; y++) {
    for (let x = 0; x < buffers.width; x++) {
      const wanted = expected(x, y);
      for (const [channel, byte] of pixelAt(buffers, x, y).entries()) {
        greatest = Math.max(greatest, Math.abs(byte - (wanted[channel] ?? 0)));
      }
    }
  }
  return greatest;
}
