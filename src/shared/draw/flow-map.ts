import type { PixelMap } from './overlay.ts';

/** Middlebury's unknown flow is above this. */
const FLO_UNKNOWN = 1e9;

/** Flow as its file has it: [H, W, 2] pixels, and [H, W] whether it is there. */
export type FlowMap = Readonly<{
  width: number;
  height: number;
  uv: Float32Array;
  known: Uint8Array;
}>;

/** Flow in pixels from a decoded `.flo` (2 channels), or KITTI's PNG (16 bits, 3 channels). */
export function flowOf({ width, height, channels, values }: PixelMap): FlowMap {
  const pixels = width * height;
  const uv = new Float32Array(pixels * 2);
  const known = new Uint8Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const at = (channel: number): number => values[i * channels + channel] ?? NaN;
    const isKnown = channels === 2 ? !(at(0) > FLO_UNKNOWN || at(1) > FLO_UNKNOWN) : at(2) > 0;
    if (!isKnown) continue;
    known[i] = 1;
    uv[i * 2] = channels === 2 ? at(0) : (at(0) - 32768) / 64;
    uv[i * 2 + 1] = channels === 2 ? at(1) : (at(1) - 32768) / 64;
  }
  return { width, height, uv, known };
}
