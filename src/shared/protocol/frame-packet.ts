import { RenderError } from '../core/errors.ts';
import type { GBuffers } from '../annotate/annotations.ts';

/** First four bytes of a packet: "DIO1". */
const MAGIC = 0x314f4944;
const HEADER_BYTES = 16;

/** Bytes of a packet of this size: header, depth (4), colour (4) and id (2) for each pixel. */
export function packetBytes(width: number, height: number): number {
  return HEADER_BYTES + width * height * 10;
}

/**
 * Lays a frame out for the wire, little-endian: magic, width, height, 0, then depth float32 [H, W],
 * colour uint8 [H, W, 4], id uint16 [H, W]. Returns parts, so that a Blob can be made without a copy.
 */
export function encodePacket(buffers: GBuffers): readonly Uint8Array<ArrayBuffer>[] {
  const header = new Uint32Array([MAGIC, buffers.width, buffers.height, 0]);
  return [header, buffers.depth, buffers.color, buffers.instanceId].map(
    (part) => new Uint8Array(part.buffer as ArrayBuffer, part.byteOffset, part.byteLength),
  );
}

/** Views of a packet's bytes; `bytes` must start at a multiple of four. Throws where lengths differ. */
export function decodePacket(bytes: Uint8Array): GBuffers {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, HEADER_BYTES / 4);
  const [magic, width = 0, height = 0] = words;
  if (
    bytes.byteLength < HEADER_BYTES ||
    magic !== MAGIC ||
    bytes.byteLength !== packetBytes(width, height)
  ) {
    throw new RenderError(
      'internal',
      `frame packet: expected ${packetBytes(width, height)} bytes for ${width}×${height}, got ${bytes.byteLength}`,
    );
  }
  const pixels = width * height;
  const start = bytes.byteOffset + HEADER_BYTES;
  return {
    width,
    height,
    depth: new Float32Array(bytes.buffer, start, pixels),
    color: new Uint8Array(bytes.buffer, start + pixels * 4, pixels * 4),
    instanceId: new Uint16Array(bytes.buffer, start + pixels * 8, pixels),
  };
}
