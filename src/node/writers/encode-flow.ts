import sharp from 'sharp';
import { fitsKitti, kittiValue } from '#shared/annotate/frame-flows';
import { FLOW_STATE, type OpticalFlow } from '#shared/annotate/optical-flow';

/** "PIEH" as a float, the first number of a `.flo` file. */
const FLO_MAGIC = 202021.25;
/** Middlebury's mark of an unknown flow: anything above 1e9. */
const FLO_UNKNOWN = 1e10;

/**
 * Optical flow as Middlebury's `.flo`, little-endian: magic, width, height, then u, v of each pixel as
 * float32, rows from the top; 1e10 where unknown (https://vision.middlebury.edu/flow/code/flow-code/README.txt).
 */
export function encodeFlo({ width, height, uv, state }: OpticalFlow): Uint8Array {
  const bytes = new Uint8Array(12 + uv.length * 4);
  const view = new DataView(bytes.buffer);
  view.setFloat32(0, FLO_MAGIC, true);
  view.setInt32(4, width, true);
  view.setInt32(8, height, true);
  for (const [i, value] of uv.entries()) {
    const known = state[i >> 1] !== FLOW_STATE.unknown;
    view.setFloat32(12 + i * 4, known ? value : FLO_UNKNOWN, true);
  }
  return bytes;
}

/**
 * Optical flow as KITTI's 16-bit RGB PNG: round(u · 64 + 2^15), the same of v, and 1 where valid. Unknown
 * pixels are 0, 0, 0, and so are flows that the format cannot hold: beyond ±512 pixels.
 */
export function encodeKittiFlow({ width, height, uv, state }: OpticalFlow): Promise<Uint8Array> {
  const values = new Uint16Array(width * height * 3);
  for (let i = 0; i < state.length; i++) {
    const [u = NaN, v = NaN] = [uv[i * 2], uv[i * 2 + 1]];
    if (state[i] === FLOW_STATE.unknown || !fitsKitti(u, v)) continue;
    values.set([kittiValue(u), kittiValue(v), 1], i * 3);
  }
  return sharp(values, { raw: { width, height, channels: 3 } })
    .toColourspace('rgb16')
    .png({ compressionLevel: 6 })
    .toBuffer();
}
