import { inflateSync } from 'node:zlib';
import type { PixelMap } from '#shared/draw/overlay';

const MAGIC = 20000630;
const FLOAT_TYPE = 2;
/** Compression to the rows that are packed together (OpenEXR File Layout, "Compression"). */
const BLOCK_ROWS: Readonly<Record<number, number>> = { 0: 1, 2: 1, 3: 16 };

type Header = Readonly<{
  attributes: ReadonlyMap<string, Buffer>;
  /** Where the table of block offsets begins. */
  end: number;
}>;

function readHeader(bytes: Buffer): Header {
  if (bytes.length < 8 || bytes.readInt32LE(0) !== MAGIC) throw new Error('it is no OpenEXR file');
  const attributes = new Map<string, Buffer>();
  let at = 8;
  const text = (): string => {
    const end = bytes.indexOf(0, at);
    const value = bytes.toString('latin1', at, end);
    at = end + 1;
    return value;
  };
  for (let name = text(); name !== ''; name = text()) {
    text();
    const length = bytes.readInt32LE(at);
    attributes.set(name, bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return { attributes, end: at };
}

/** Names of float32 channels, alphabetical as OpenEXR stores them. */
function readChannels(list: Buffer): readonly string[] {
  const names: string[] = [];
  for (let at = 0; list[at] !== 0;) {
    const end = list.indexOf(0, at);
    const name = list.toString('latin1', at, end);
    if (list.readInt32LE(end + 1) !== FLOAT_TYPE) throw new Error(`channel ${name} is not float32`);
    names.push(name);
    at = end + 17;
  }
  return names;
}

/** Undoes OpenEXR's ZIP: differences from 128, then even bytes before odd ones. */
function unpack(data: Buffer): Buffer {
  const split = inflateSync(data);
  for (let i = 1; i < split.length; i++) split[i] = (split[i - 1] ?? 0) + (split[i] ?? 0) - 128;
  const half = Math.ceil(split.length / 2);
  const bytes = Buffer.alloc(split.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = split[(i & 1) * half + (i >> 1)] ?? 0;
  return bytes;
}

/**
 * An OpenEXR scan-line file of float32 channels, uncompressed or ZIP, as Diorama writes them.
 * Format: "OpenEXR File Layout" (openexr.com).
 *
 * @returns [H, W, channels], channels in the file's alphabetical order, but R, G, B where they are these three.
 * @throws Error saying what the file is instead.
 */
export function decodeExr(bytes: Buffer): PixelMap {
  const { attributes, end } = readHeader(bytes);
  const attribute = (name: string): Buffer => {
    const value = attributes.get(name);
    if (value === undefined) throw new Error(`its header has no ${name}`);
    return value;
  };
  const window = attribute('dataWindow');
  const width = window.readInt32LE(8) - window.readInt32LE(0) + 1;
  const height = window.readInt32LE(12) - window.readInt32LE(4) + 1;
  const top = window.readInt32LE(4);
  const names = readChannels(attribute('channels'));
  const channels = names.length;
  const reversed = names.join() === 'B,G,R';
  const compression = attribute('compression')[0] ?? -1;
  const blockRows = BLOCK_ROWS[compression];
  if (blockRows === undefined) throw new Error(`compression ${compression} is not known`);
  const values = new Float32Array(width * height * channels);
  for (let block = 0; block * blockRows < height; block++) {
    const at = Number(bytes.readBigUInt64LE(end + block * 8));
    const row = bytes.readInt32LE(at) - top;
    const rows = Math.min(blockRows, height - row);
    const data = bytes.subarray(at + 8, at + 8 + bytes.readInt32LE(at + 4));
    // A block that packing did not make smaller is stored as it is.
    const plain = data.length === rows * width * channels * 4 ? data : unpack(data);
    for (let i = 0; i < rows * width * channels; i++) {
      // Within a row, channel by channel.
      const [y, rest] = [Math.floor(i / (width * channels)), i % (width * channels)];
      const [channel, x] = [Math.floor(rest / width), rest % width];
      const place = reversed ? 2 - channel : channel;
      values[((row + y) * width + x) * channels + place] = plain.readFloatLE(i * 4);
    }
  }
  return { width, height, channels, values };
}
