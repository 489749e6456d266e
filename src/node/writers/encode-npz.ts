import { zipSync } from 'fflate';

/** What NumPy calls the element types that we write, little-endian. */
const DESCRIPTORS = { Float32Array: '<f4', Uint16Array: '<u2', Uint8Array: '|u1' } as const;

/** An array as NumPy sees it: row-major, `shape` outermost first. */
export type NpyArray = Readonly<{
  values: Float32Array | Uint16Array | Uint8Array;
  shape: readonly number[];
}>;

/** The zip format's earliest date, so that equal arrays are equal files. */
const NO_DATE = '1980-01-01T00:00:00';
/** Deflate level: distances between rows of depth pack well at any level. */
const LEVEL = 1;

/**
 * An array as `.npy`, version 1.0, little-endian, C order.
 * Format: NumPy Enhancement Proposal 1 (numpy.lib.format): magic, version, header length, a Python
 * dictionary padded with spaces to a multiple of 64 bytes, then the values.
 * @throws RangeError where the shape is not that of the values.
 */
export function encodeNpy({ values, shape }: NpyArray): Uint8Array {
  const count = shape.reduce((product, length) => product * length, 1);
  if (count !== values.length) {
    throw new RangeError(
      `npy: expected ${count} values for [${shape.join(', ')}], found ${values.length}`,
    );
  }
  const descriptor = DESCRIPTORS[values.constructor.name as keyof typeof DESCRIPTORS];
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const unpadded = 10 + dictionary.length + 1;
  const padding = (64 - (unpadded % 64)) % 64;
  const header = Buffer.alloc(10);
  header.write('\x93NUMPY\x01\x00', 'latin1');
  header.writeUInt16LE(dictionary.length + padding + 1, 8);
  const text = Buffer.from(`${dictionary}${' '.repeat(padding)}\n`, 'latin1');
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return Buffer.concat([header, text, bytes]);
}

/** Named arrays as `.npz`, which `numpy.load` opens; equal arrays give equal bytes. */
export function encodeNpz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, encodeNpy(array)]);
  return zipSync(Object.fromEntries(files) as Record<string, Uint8Array>, {
    level: LEVEL,
    mtime: NO_DATE,
  });
}
