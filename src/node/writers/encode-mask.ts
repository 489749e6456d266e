import { promisify } from 'node:util';
import { constants, crc32, deflate, type ZlibOptions } from 'node:zlib';
import type { Size } from '#shared/core/geometry';
import { requireLength } from './encode-image.ts';
import { withScratch } from './scratch.ts';

const SIGNATURE = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const GREY = 0;
const RGB = 2;

const pack = promisify<Uint8Array, ZlibOptions, Buffer>(deflate);

/**
 * A mask as PNG of 8 or 16 bits a sample, exactly as it is (W3C, "Portable Network Graphics (PNG) Specification (Third
 * Edition)", 2025). It is zlib's work alone: what sharp adds for an image that is nearly empty takes longer than to
 * pack it, and zlib's strategies are not to be had through it.
 * @param values [H, W, channels], rows from the top.
 * @throws WriteError for another number of values.
 */
export async function encodeMask(
  values: Uint8Array | Uint16Array,
  size: Size,
  channels: 1 | 3,
): Promise<Buffer> {
  requireLength(values, size, channels);
  const sampleBytes = values.BYTES_PER_ELEMENT;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size.width, 0);
  header.writeUInt32BE(size.height, 4);
  header[8] = 8 * sampleBytes;
  header[9] = channels === 1 ? GREY : RGB;
  // The rest of it are zeros: zlib, PNG's filters, rows from the top one after the other (§11.2.1).
  const data = await withScratch(values.byteLength + size.height, (rows) => {
    fillRows(rows, values, size.height);
    return pack(rows, packingOf(channels * sampleBytes));
  });
  return Buffer.concat([
    SIGNATURE,
    chunkOf('IHDR', header),
    chunkOf('IDAT', data),
    chunkOf('IEND', Buffer.alloc(0)),
  ]);
}

/** Of pixels of one byte zlib looks for runs alone, which is all that a mask has; longer ones repeat as a whole. */
const packingOf = (pixelBytes: number): ZlibOptions => ({
  level: 1,
  strategy: pixelBytes === 1 ? constants.Z_RLE : constants.Z_DEFAULT_STRATEGY,
  // What is handed over at once: more than masks of a megapixel take.
  chunkSize: 65536,
});

/** Rows as PNG packs them, high bytes first; each begins with the number of its filter, 0 for none (§7.2, §9.1). */
function fillRows(rows: Uint8Array, values: Uint8Array | Uint16Array, height: number): void {
  const samples = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const length = samples.length / height;
  for (let y = 0; y < height; y++) {
    const start = y * (length + 1);
    rows[start] = 0;
    const row = Buffer.from(rows.buffer, rows.byteOffset + start + 1, length);
    row.set(samples.subarray(y * length, (y + 1) * length));
    if (values.BYTES_PER_ELEMENT === 2) row.swap16();
  }
}

/** Length of the data, type, data, checksum of both (§5.3). */
function chunkOf(type: string, data: Buffer): Buffer {
  const chunk = Buffer.allocUnsafe(data.length + 12);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), data.length + 8);
  return chunk;
}
