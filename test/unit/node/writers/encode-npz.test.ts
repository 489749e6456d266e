import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeNpy, encodeNpz } from '#node/writers/encode-npz';
import { readNpy, readNpz } from '../../../makers/read-npz.ts';

const DEPTH = { values: Float32Array.of(0, 0.1, 65.535, 1e-30, -0, 3.4e38), shape: [2, 3] };
const IDS = { values: Uint16Array.of(0, 1, 256, 65535), shape: [4] };
const BYTES = { values: Uint8Array.from({ length: 24 }, (_, i) => i * 10), shape: [2, 3, 4] };

describe('encodeNpy', () => {
  it.each([
    { name: 'depth', array: DEPTH, descr: '<f4' },
    { name: 'ids', array: IDS, descr: '<u2' },
    { name: 'bytes', array: BYTES, descr: '|u1' },
    { name: 'nothing', array: { values: new Float32Array(0), shape: [0, 3] }, descr: '<f4' },
  ])('writes $name so that a strict reader finds it', ({ array, descr }) => {
    const { values, shape } = array;
    expect(readNpy(Buffer.from(encodeNpy(array)))).toEqual({ descr, values, shape });
  });

  it('writes the values of a view alone', () => {
    const values = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    const read = readNpy(Buffer.from(encodeNpy({ values, shape: [2] })));
    expect(Array.from(read.values)).toEqual([1, 2]);
  });

  it('refuses a shape of another number of values', () => {
    expect(() => encodeNpy({ values: new Uint8Array(5), shape: [2, 3] })).toThrow(
      'npy: expected 6 values for [2, 3], found 5',
    );
  });
});

describe('encodeNpz', () => {
  it('holds every array under its name', () => {
    const arrays = readNpz(encodeNpz({ depth: DEPTH, ids: IDS }));
    expect([...arrays.keys()]).toEqual(['depth', 'ids']);
    expect(arrays.get('depth')?.values).toEqual(DEPTH.values);
    expect(arrays.get('ids')).toEqual({ descr: '<u2', ...IDS });
  });

  it('gives equal bytes for equal arrays', () => {
    expect(encodeNpz({ depth: DEPTH })).toEqual(encodeNpz({ depth: DEPTH }));
  });

  it.runIf(hasNumpy())('is read by NumPy', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'diorama-test-')), 'arrays.npz');
    writeFileSync(path, encodeNpz({ depth: DEPTH, bytes: BYTES }));
    const script = `import json, numpy, sys
arrays = numpy.load(sys.argv[1])
print(json.dumps({k: [str(a.dtype), a.shape, a.astype(float).ravel().tolist()] for k, a in arrays.items()}))`;
    const printed = execFileSync('python3', ['-c', script, path], { encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual({
      depth: ['float32', [2, 3], Array.from(DEPTH.values)],
      bytes: ['uint8', [2, 3, 4], Array.from(BYTES.values)],
    });
  });
});

/** Whether this machine has Python with NumPy; the strict reader above needs neither. */
function hasNumpy(): boolean {
  try {
    execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
