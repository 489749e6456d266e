import { crc32, inflateRawSync } from 'node:zlib';

/** An array of an `.npy` file. */
export type ReadNpy = Readonly<{
  descr: string;
  shape: readonly number[];
  values: Float32Array | Uint16Array | Uint8Array;
}>;

type Values = ReadNpy['values'];

const ELEMENTS: Readonly<
  Record<string, Readonly<{ bytes: number; read: (data: Buffer) => Values }>>
> = {
  '<f4': {
    bytes: 4,
    read: (data) =>
      Float32Array.from({ length: data.length / 4 }, (_, i) => data.readFloatLE(i * 4)),
  },
  '<u2': {
    bytes: 2,
    read: (data) =>
      Uint16Array.from({ length: data.length / 2 }, (_, i) => data.readUInt16LE(i * 2)),
  },
  '|u1': { bytes: 1, read: (data) => Uint8Array.from(data) },
};

/**
 * Reads `.npy` version 1.0 as NumPy Enhancement Proposal 1 has it, and throws at anything else: a header
 * that is not padded to 64 bytes, another order, too few or too many values.
 */
export function readNpy(file: Buffer): ReadNpy {
  if (file.toString('latin1', 0, 8) !== '\x93NUMPY\x01\x00') throw new Error('npy: magic');
  const start = 10 + file.readUInt16LE(8);
  if (start % 64 !== 0) throw new Error(`npy: values begin at ${start}`);
  const header = file.toString('latin1', 10, start);
  const pattern =
    /^\{'descr': '(<f4|<u2|\|u1)', 'fortran_order': False, 'shape': \((\d+,|\d+(?:, \d+)+)\), \} *\n$/;
  const match = pattern.exec(header);
  if (match === null) throw new Error(`npy: header ${header}`);
  const descr = match[1] ?? '';
  const shape = (match[2] ?? '').split(',').flatMap((n) => (n === '' ? [] : [Number(n)]));
  const count = shape.reduce((product, n) => product * n, 1);
  const element = ELEMENTS[descr];
  if (file.length !== start + count * (element?.bytes ?? NaN))
    throw new Error(`npy: ${file.length} bytes`);
  return { descr, shape, values: element?.read(file.subarray(start)) ?? new Uint8Array(0) };
}

/** Reads a `.zip` of `.npy` files through its central directory (APPNOTE.TXT §4.3), checksums included. */
export function readNpz(bytes: Uint8Array): ReadonlyMap<string, ReadNpy> {
  const file = Buffer.from(bytes);
  const end = file.length - 22;
  if (file.readUInt32LE(end) !== 0x06054b50) throw new Error('npz: end of the central directory');
  const arrays = new Map<string, ReadNpy>();
  let at = file.readUInt32LE(end + 16);
  for (let entry = 0; entry < file.readUInt16LE(end + 10); entry++) {
    if (file.readUInt32LE(at) !== 0x02014b50) throw new Error('npz: central directory');
    const nameLength = file.readUInt16LE(at + 28);
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    const data = readEntry(file, at);
    if (!name.endsWith('.npy')) throw new Error(`npz: ${name}`);
    arrays.set(name.slice(0, -4), readNpy(data));
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  if (at !== end) throw new Error(`npz: the directory ends at ${at}, not ${end}`);
  return arrays;
}

function readEntry(file: Buffer, at: number): Buffer {
  const method = file.readUInt16LE(at + 10);
  const [checksum, stored, length] = [16, 20, 24].map((field) => file.readUInt32LE(at + field));
  const local = file.readUInt32LE(at + 42);
  if (file.readUInt32LE(local) !== 0x04034b50) throw new Error('npz: local header');
  const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
  const packed = file.subarray(start, start + (stored ?? 0));
  const data = method === 8 ? inflateRawSync(packed) : packed;
  if (data.length !== length || crc32(data) !== checksum) throw new Error('npz: checksum');
  return data;
}
