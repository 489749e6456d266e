import { zlibSync } from 'fflate';
import type { Size } from '#shared/core/geometry';

/** Rows that are packed together under ZIP compression (OpenEXR technical introduction, "Scan Lines"). */
const BLOCK_ROWS = 16;
const MAGIC = 20000630;
const VERSION = 2;
const ZIP_COMPRESSION = 3;
const FLOAT_TYPE = 2;
const LEVEL = 1;

/**
 * One float32 channel as an OpenEXR scan-line file with ZIP compression, lossless.
 * Format: "OpenEXR File Layout" (openexr.com): magic, version, attributes, the table of block offsets,
 * then blocks of 16 rows from the top.
 * @param values [H, W], rows from the top.
 * @param channel its name; `Z` is OpenEXR's own for depth.
 * @throws RangeError where the length is not that of the image.
 */
export function encodeExr(values: Float32Array, { width, height }: Size, channel = 'Z'): Buffer {
  if (values.length !== width * height) {
    throw new RangeError(
      `exr: expected ${width * height} values for ${width}×${height}, found ${values.length}`,
    );
  }
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const rowBytes = width * 4;
  const blocks = Array.from({ length: Math.ceil(height / BLOCK_ROWS) }, (_, index) => {
    const row = index * BLOCK_ROWS;
    return encodeBlock(
      row,
      bytes.subarray(row * rowBytes, Math.min(height, row + BLOCK_ROWS) * rowBytes),
    );
  });
  const header = encodeHeader({ width, height }, channel);
  const table = Buffer.alloc(blocks.length * 8);
  let offset = header.length + table.length;
  for (const [index, block] of blocks.entries()) {
    table.writeBigUInt64LE(BigInt(offset), index * 8);
    offset += block.length;
  }
  return Buffer.concat([header, table, ...blocks]);
}

function encodeHeader({ width, height }: Size, channel: string): Buffer {
  const window = integers(0, 0, width - 1, height - 1);
  // Type, pLinear and three reserved bytes, x and y sampling; then the end of the list.
  const description = Buffer.concat([text(channel), integers(FLOAT_TYPE, 0, 1, 1), Buffer.of(0)]);
  return Buffer.concat([
    integers(MAGIC, VERSION),
    attribute('channels', 'chlist', description),
    attribute('compression', 'compression', Buffer.of(ZIP_COMPRESSION)),
    attribute('dataWindow', 'box2i', window),
    attribute('displayWindow', 'box2i', window),
    attribute('lineOrder', 'lineOrder', Buffer.of(0)),
    attribute('pixelAspectRatio', 'float', floats(1)),
    attribute('screenWindowCenter', 'v2f', floats(0, 0)),
    attribute('screenWindowWidth', 'float', floats(1)),
    Buffer.of(0),
  ]);
}

/** A block is stored as it is where packing does not make it smaller; readers tell by its length. */
function encodeBlock(row: number, bytes: Buffer): Buffer {
  const packed = zlibSync(predicted(bytes), { level: LEVEL });
  const data = packed.length < bytes.length ? packed : bytes;
  return Buffer.concat([integers(row, data.length), data]);
}

/** Even bytes first, odd ones after, each as its difference to the one before, plus 128 (OpenEXR's ZIP). */
function predicted(bytes: Buffer): Uint8Array {
  const half = Math.ceil(bytes.length / 2);
  const split = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) split[(i & 1) * half + (i >> 1)] = bytes[i] ?? 0;
  for (let i = split.length - 1; i > 0; i--) split[i] = (split[i] ?? 0) - (split[i - 1] ?? 0) + 128;
  return split;
}

function attribute(name: string, type: string, value: Buffer): Buffer {
  return Buffer.concat([text(name), text(type), integers(value.length), value]);
}

const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'latin1');

function integers(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [i, value] of values.entries()) buffer.writeInt32LE(value, i * 4);
  return buffer;
}

function floats(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [i, value] of values.entries()) buffer.writeFloatLE(value, i * 4);
  return buffer;
}
