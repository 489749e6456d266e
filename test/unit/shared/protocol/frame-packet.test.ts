import { describe, expect, it } from 'vitest';
import type { GBuffers } from '#shared/annotate/annotations';
import { RenderError } from '#shared/core/errors';
import { decodePacket, encodePacket, maxPacketBytes } from '#shared/protocol/frame-packet';
import { makeFramePlan, makeInstance } from '../../../makers/make-labelled-frame.ts';

const size = { width: 3, height: 5 };
const buffers: GBuffers = {
  ...size,
  color: Uint8Array.from({ length: 60 }, (_, i) => i),
  instanceId: Uint16Array.from({ length: 15 }, (_, i) => i * 1000),
  raw: Float32Array.from({ length: 15 }, (_, i) => i / 11),
  metered: 0.4599609375,
  partId: Uint16Array.from({ length: 15 }, (_, i) => 65535 - i),
  depth: Float32Array.from({ length: 15 }, (_, i) => i / 7),
  normal: Float32Array.from({ length: 45 }, (_, i) => -i / 3),
  next: {
    depth: Float32Array.from({ length: 15 }, (_, i) => i / 3),
    instanceId: Uint16Array.from({ length: 15 }, (_, i) => i * 7),
  },
  previous: {
    depth: Float32Array.from({ length: 15 }, (_, i) => i / 9),
    instanceId: Uint16Array.from({ length: 15 }, (_, i) => i * 9),
  },
  lidars: [5, 3].map((rays) => ({
    instanceId: Uint16Array.from({ length: rays }, (_, i) => i * 11),
    range: Float32Array.from({ length: rays }, (_, i) => i / 13),
    facing: Float32Array.from({ length: rays }, (_, i) => i / 17),
  })),
  silhouettes: [
    { instanceId: 1, tile: [-2, 0, 3, 1], mask: Uint8Array.of(1, 0, 1), clipped: true },
    { instanceId: 4, tile: [0, 1, 1, 2], mask: Uint8Array.of(0, 1), clipped: false },
  ],
};

const bytesOf = (frame: GBuffers): Uint8Array => {
  const parts = encodePacket(frame);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

const withByte = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, i) => (i === at ? 0 : byte));

describe('frame packets', () => {
  it('come back as they were, with and without what plans ask for', () => {
    expect(decodePacket(bytesOf(buffers))).toEqual(buffers);
    const {
      normal: _,
      silhouettes: __,
      partId: ___,
      raw: ______,
      metered: _______,
      ...rest
    } = buffers;
    const { next: ____, previous: _____, lidars: ________, ...plain } = rest;
    expect(decodePacket(bytesOf(plain))).toEqual(plain);
    const colors = { ...plain, raw: Float32Array.from({ length: 45 }, (_, i) => i / 13) };
    expect(decodePacket(bytesOf(colors))).toEqual(colors);
  });

  it('are no longer than what the server sets aside memory for', () => {
    const instances = Array.from({ length: 4 }, (_, i) => makeInstance(i + 1));
    const labels = { opaqueFrom: 0.5, normals: true, silhouettes: { guardBand: 1 } };
    const whole: GBuffers = {
      ...buffers,
      raw: new Float32Array(45),
      silhouettes: instances.map(({ instanceId }) => ({
        instanceId,
        tile: [-3, -5, 9, 15],
        mask: new Uint8Array(135),
        clipped: false,
      })),
    };
    const parts = [{ partId: 1, categoryId: 1, name: 'lid' }];
    const plan = makeFramePlan({ size, instances, labels, parts });
    const bound = maxPacketBytes({
      ...plan,
      raw: true,
      neighbours: { next: plan, previous: plan },
    });
    expect(bytesOf(whole).length).toBeLessThanOrEqual(bound);
  });

  it.each([
    ['cut off', (bytes: Uint8Array) => bytes.slice(0, bytes.length - 1), 'inside'],
    ['of another magic', (bytes: Uint8Array) => withByte(bytes, 0), 'expected the magic DIO2'],
    [
      'without a directory',
      (bytes: Uint8Array) => withByte(bytes, 16),
      'expected a directory in JSON',
    ],
    ['shorter than a preamble', () => new Uint8Array(8), 'expected a preamble'],
  ])('are refused when they are %s', (_, damage, message) => {
    const read = (): GBuffers => decodePacket(damage(bytesOf(buffers)));
    expect(read).toThrow(RenderError);
    expect(read).toThrow(message);
  });
});
