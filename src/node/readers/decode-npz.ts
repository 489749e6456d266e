import { inflateRawSync } from 'node:zlib';
import type { PixelMap } from '#shared/draw/overlay';

const END_OF_DIRECTORY = 0x06054b50;
const STORED = 0;
const DEFLATED = 8;
const ELEMENTS = { '<f4': Float32Array, '<u2': Uint16Array, '|u1': Uint8Array } as const;

/** An array of a `.npz`, row-major. */
export type NamedArray = Readonly<{
  /** As `numpy.load` names it. */
  name: string;
  shape: readonly number[];
  values: Float32Array | Uint16Array | Uint8Array;
}>;

/**
 * The arrays of an `.npz`, in the order of the archive: little-endian, C order, as Diorama writes them.
 * Formats: PKWARE APPNOTE.TXT 6.3, §4.3: the end record points at the directory, which points at members;
 * NumPy Enhancement Proposal 1 (numpy.lib.format).
 *
 * @throws Error saying what the file is instead.
 */
export function decodeNpzArrays(bytes: Buffer): readonly NamedArray[] {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new Error('it is no zip archive');
  const arrays: NamedArray[] = [];
  let entry = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = bytes.readUInt16LE(entry + 28);
    const name = bytes.toString('utf8', entry + 46, entry + 46 + nameLength);
    arrays.push(decodeNpy(name.replace(/\.npy$/, ''), readMember(bytes, entry)));
    entry += 46 + nameLength + bytes.readUInt16LE(entry + 30) + bytes.readUInt16LE(entry + 32);
  }
  return arrays;
}

function readMember(bytes: Buffer, entry: number): Buffer {
  const method = bytes.readUInt16LE(entry + 10);
  const length = bytes.readUInt32LE(entry + 20);
  const local = bytes.readUInt32LE(entry + 42);
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const data = bytes.subarray(start, start + length);
  if (method === STORED) return data;
  if (method === DEFLATED) return inflateRawSync(data);
  throw new Error(`its zip method ${method} is not known`);
}

function decodeNpy(name: string, npy: Buffer): NamedArray {
  if (npy.toString('latin1', 0, 6) !== '\x93NUMPY') throw new Error('it holds no NumPy array');
  const headerEnd = 10 + npy.readUInt16LE(8);
  const header = npy.toString('latin1', 10, headerEnd);
  const [, descriptor = ''] = /'descr': '([^']*)'/.exec(header) ?? [];
  const [, tuple = ''] = /'shape': \(([^)]*)\)/.exec(header) ?? [];
  const shape = tuple
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  if (shape.length === 0 || !shape.every(Number.isInteger) || header.includes('True')) {
    throw new Error(`expected an array in C order, found ${header.trim()}`);
  }
  const data = npy.buffer.slice(npy.byteOffset + headerEnd, npy.byteOffset + npy.length);
  if (!(descriptor in ELEMENTS)) throw new Error(`its element type ${descriptor} is not known`);
  const values = new ELEMENTS[descriptor as keyof typeof ELEMENTS](data as ArrayBuffer);
  const count = shape.reduce((product, length) => product * length, 1);
  if (values.length !== count) {
    throw new Error(`expected ${count} values for [${shape.join(', ')}], found ${values.length}`);
  }
  return { name, shape, values };
}

/**
 * The first array of an `.npz`, which is [H, W] or [H, W, C].
 *
 * @throws Error saying what the file is instead.
 */
export function decodeNpz(bytes: Buffer): PixelMap {
  const [first] = decodeNpzArrays(bytes);
  if (first === undefined) throw new Error('it holds no array');
  const [height, width, channels = 1] = first.shape;
  if (height === undefined || width === undefined || first.shape.length > 3) {
    throw new Error(`expected an array [H, W] or [H, W, C], found [${first.shape.join(', ')}]`);
  }
  return { width, height, channels, values: first.values };
}
