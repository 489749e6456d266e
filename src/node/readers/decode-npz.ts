import { inflateRawSync } from 'node:zlib';
import type { PixelMap } from '#shared/draw/overlay';

const END_OF_DIRECTORY = 0x06054b50;
const STORED = 0;
const DEFLATED = 8;

/**
 * The first member of a zip archive.
 * Format: PKWARE APPNOTE.TXT 6.3, §4.3: the end record points at the directory, which points at members.
 */
function readFirstMember(bytes: Buffer): Buffer {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new Error('it is no zip archive');
  const entry = bytes.readUInt32LE(end + 16);
  const method = bytes.readUInt16LE(entry + 10);
  const length = bytes.readUInt32LE(entry + 20);
  const local = bytes.readUInt32LE(entry + 42);
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const data = bytes.subarray(start, start + length);
  if (method === STORED) return data;
  if (method === DEFLATED) return inflateRawSync(data);
  throw new Error(`its zip method ${method} is not known`);
}

/**
 * The first array of an `.npz`: [H, W] or [H, W, C], little-endian, C order, as Diorama writes them.
 * Format: NumPy Enhancement Proposal 1 (numpy.lib.format).
 *
 * @throws Error saying what the file is instead.
 */
export function decodeNpz(bytes: Buffer): PixelMap {
  const npy = readFirstMember(bytes);
  if (npy.toString('latin1', 0, 6) !== '\x93NUMPY') throw new Error('it holds no NumPy array');
  const headerEnd = 10 + npy.readUInt16LE(8);
  const header = npy.toString('latin1', 10, headerEnd);
  const [, descriptor = ''] = /'descr': '([^']*)'/.exec(header) ?? [];
  const [, shape = ''] = /'shape': \(([^)]*)\)/.exec(header) ?? [];
  const [height = NaN, width = NaN, channels = 1] = shape
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  if (!Number.isInteger(height * width * channels) || header.includes('True')) {
    throw new Error(`expected an array [H, W] or [H, W, C] in C order, found ${header.trim()}`);
  }
  const data = npy.buffer.slice(npy.byteOffset + headerEnd, npy.byteOffset + npy.length);
  const typed = { '<f4': Float32Array, '<u2': Uint16Array, '|u1': Uint8Array }[descriptor];
  if (typed === undefined) throw new Error(`its element type ${descriptor} is not known`);
  return { width, height, channels, values: new typed(data as ArrayBuffer) };
}
