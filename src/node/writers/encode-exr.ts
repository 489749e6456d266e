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
 * Float32 channels as an OpenEXR scan-line file with ZIP compression, lossless.
 * Format: "OpenEXR File Layout" (openexr.com): magic, version, attributes, the table of block offsets,
 * then blocks of 16 rows from the top; in a row, the channels one after the other, by name.
 * @param values [H, W, channels], rows from the top.
 * @param channels their names along the last axis; `Z` is OpenEXR's own for depth.
 * @throws RangeError where the length is not that of the image.
 */
export function encodeExr(
  values: Float32Array,
  { width, height }: Size,
  channels: readonly string[] = ['Z'],
): Buffer {
  const expected = width * height * channels.length;
  if (values.length !== expected) {
    throw new RangeError(
      `exr: expected ${expected} values for ${width}×${height} of ${channels.length} channels, found ${values.length}`,
    );
  }
  // Readers expect the channels in the order of their names.
  const order = [...channels.keys()].sort((a, b) =>
    (channels[a] ?? '') < (channels[b] ?? '') ? -1 : 1,
  );
  const rows = toScanLines(values, width, order);
  const bytes = Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength);
  const rowBytes = width * 4 * channels.length;
  const blocks = Array.from({ length: Math.ceil(height / BLOCK_ROWS) }, (_, index) => {
    const row = index * BLOCK_ROWS;
    return encodeBlock(
      row,
      bytes.subarray(row * rowBytes, Math.min(height, row + BLOCK_ROWS) * rowBytes),
    );
  });
  const header = encodeHeader(
    { width, height },
    order.map((at) => channels[at] ?? ''),
  );
  const table = Buffer.alloc(blocks.length * 8);
  let offset = header.length + table.length;
  for (const [index, block] of blocks.entries()) {
    table.writeBigUInt64LE(BigInt(offset), index * 8);
    offset += block.length;
  }
  return Buffer.concat([header, table, ...blocks]);
}

/** [H, W, channels] as [H, channels, W], the channels in the file's order. */
function toScanLines(values: Float32Array, width: number, order: readonly number[]): Float32Array {
  if (order.length === 1) return values;
  const rows = new Float32Array(values.length);
  const rowLength = width * order.length;
  for (let start = 0, to = 0; start < values.length; start += rowLength) {
    for (const channel of order) {
      for (let x = 0; x < width; x++) rows[to++] = values[start + x * order.length + channel] ?? 0;
    }
  }
  return rows;
}

function encodeHeader({ width, height }: Size, channels: readonly string[]): Buffer {
  const window = integers(0, 0, width - 1, height - 1);
  // Type, pLinear and three reserved bytes, x and y sampling; then the end of the list.
  const entries = channels.flatMap((name) => [text(name), integers(FLOAT_TYPE, 0, 1, 1)]);
  const description = Buffer.concat([...entries, Buffer.of(0)]);
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
