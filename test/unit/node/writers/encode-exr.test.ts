import { FloatType, RedFormat, RGBAFormat } from 'three';
import { EXRLoader } from 'three/examples/jsm/loaders/EXRLoader.js';
import { describe, expect, it } from 'vitest';
import { encodeExr } from '#node/writers/encode-exr';
import { readExr } from '../../../makers/read-exr.ts';

/** Values of every size, each another, with the ones at the edge of the format among them. */
function makeValues(count: number): Float32Array {
  const values = Float32Array.from({ length: count }, (_, i) => Math.sin(i) * 10 ** ((i % 9) - 4));
  values.set([0, 65504, 1e-30, 3.4e38, -1.5].slice(0, count));
  return values;
}

/** Rows from the top: the loader keeps the bottom row first, as textures do. */
function flipRows(values: ArrayLike<number>, rowLength: number): number[] {
  const rows = Array.from({ length: values.length / rowLength }, (_, y) =>
    Array.from(values).slice(y * rowLength, (y + 1) * rowLength),
  );
  return rows.reverse().flat();
}

type Loaded = Readonly<{ data: ArrayLike<number>; width: number; height: number }>;

function load(
  bytes: Buffer,
  format: Parameters<EXRLoader['setOutputFormat']>[0] = RGBAFormat,
): Loaded {
  const file = new Uint8Array(bytes).buffer;
  const loader = new EXRLoader().setDataType(FloatType).setOutputFormat(format);
  const { data, width = 0, height = 0 } = loader.parse(file);
  return { data: data ?? [], width, height };
}

const SIZES = [
  { width: 1, height: 1 },
  { width: 7, height: 5 },
  { width: 5, height: 16 },
  { width: 33, height: 17 },
  { width: 3, height: 48 },
];

describe('encodeExr', () => {
  it.each(SIZES)('keeps a channel Z of $width×$height to the bit, rows from the top', (size) => {
    const values = makeValues(size.width * size.height);
    const { names, channels, width, height } = readExr(encodeExr(values, size));
    expect({ names, width, height }).toEqual({ names: ['Z'], ...size });
    expect(channels.get('Z')).toEqual(values);
  });

  it.each(SIZES)('is read by three.js, one channel of $width×$height', (size) => {
    const values = makeValues(size.width * size.height);
    const { data, width, height } = load(encodeExr(values, size, ['Y']), RedFormat);
    expect({ width, height }).toEqual(size);
    expect(flipRows(data, size.width)).toEqual(Array.from(values));
  });

  it.each(SIZES)('keeps three channels apart, $width×$height, for three.js too', (size) => {
    const values = makeValues(size.width * size.height * 3);
    const bytes = encodeExr(values, size, ['R', 'G', 'B']);
    const own = readExr(bytes);
    expect(own.names).toEqual(['B', 'G', 'R']);
    for (const [axis, name] of ['R', 'G', 'B'].entries()) {
      expect(own.channels.get(name)).toEqual(values.filter((_, i) => i % 3 === axis));
    }
    const { data, width, height } = load(bytes);
    expect({ width, height }).toEqual({ width: size.width, height: size.height });
    const rgb = flipRows(data, size.width * 4).filter((_, i) => i % 4 !== 3);
    expect(rgb).toEqual(Array.from(values));
  });

  it('packs what packs, and gives equal bytes again', () => {
    const size = { width: 64, height: 64 };
    const flat = new Float32Array(64 * 64).fill(2.5);
    expect(encodeExr(flat, size).length).toBeLessThan(2000);
    expect(encodeExr(flat, size).equals(encodeExr(flat, size))).toBe(true);
    expect(readExr(encodeExr(flat, size)).channels.get('Z')).toEqual(flat);
  });

  it('refuses values of another number', () => {
    const size = { width: 2, height: 2 };
    expect(() => encodeExr(new Float32Array(5), size)).toThrow(
      'exr: expected 4 values for 2×2 of 1 channels, found 5',
    );
    expect(() => encodeExr(new Float32Array(4), size, ['X', 'Y'])).toThrow('expected 8 values');
  });
});
