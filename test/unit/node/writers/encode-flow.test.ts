import sharp from 'sharp';
import { expect, it } from 'vitest';
import { encodeFlo, encodeKittiFlow } from '#node/writers/encode-flow';
import type { OpticalFlow } from '#shared/annotate/optical-flow';

const FLOW: OpticalFlow = {
  width: 3,
  height: 2,
  uv: Float32Array.of(0, 0, 1.5, -2.25, 511.984375, -512, 600, 0, 0, 0, -0.01, 0.01),
  state: Uint8Array.of(1, 1, 2, 3, 0, 1),
};

it('.flo holds magic, size and float pairs, unknown ones as 1e10', () => {
  const bytes = encodeFlo(FLOW);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect(Buffer.from(bytes.subarray(0, 4)).toString('latin1')).toBe('PIEH');
  expect([view.getInt32(4, true), view.getInt32(8, true)]).toEqual([3, 2]);
  expect(bytes.length).toBe(12 + 3 * 2 * 8);
  const floats = Array.from({ length: 12 }, (_, i) => view.getFloat32(12 + i * 4, true));
  const expected = [...FLOW.uv];
  expected.splice(8, 2, 1e10, 1e10);
  expect(floats).toEqual(expected);
});

it('KITTI flow is 16-bit RGB that another reader finds as it was', async () => {
  const png = await encodeKittiFlow(FLOW);
  expect(await sharp(png).metadata()).toMatchObject({ channels: 3, depth: 'ushort' });
  const raw = await sharp(png).toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer();
  const values = [...new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2)];
  expect(values).toEqual([
    ...[32768, 32768, 1],
    ...[32864, 32624, 1],
    ...[65535, 0, 1],
    // Beyond 512 pixels, and unknown.
    ...[0, 0, 0],
    ...[0, 0, 0],
    ...[32767, 32769, 1],
  ]);
});
