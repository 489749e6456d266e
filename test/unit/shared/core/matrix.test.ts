import { describe, expect, it } from 'vitest';
import {
  compose,
  IDENTITY,
  invertAffine,
  multiply,
  rowMajorFromColumnMajor,
  transformBounds,
  transformPoint,
} from '#shared/core/matrix';

const HALF = Math.SQRT1_2;

describe('matrix', () => {
  it('composes translation, a quarter turn about z and a scale as computed by hand', () => {
    const m = compose([1, 2, 3], [HALF, 0, 0, HALF], [2, 3, 4]);
    // x̂·2 turns to +y, ŷ·3 to −x.
    const expected = [0, -3, 0, 1, 2, 0, 0, 2, 0, 0, 4, 3, 0, 0, 0, 1];
    m.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 12));
    const [x, y, z] = transformPoint(m, [1, 1, 1]);
    expect([x, y, z]).toEqual([
      expect.closeTo(-2, 12),
      expect.closeTo(4, 12),
      expect.closeTo(7, 12),
    ]);
  });

  it('multiplies in the order that applies the right factor first', () => {
    const shift = compose([1, 0, 0], [1, 0, 0, 0], [1, 1, 1]);
    const scale = compose([0, 0, 0], [1, 0, 0, 0], [2, 2, 2]);
    expect(transformPoint(multiply(shift, scale), [1, 1, 1])).toEqual([3, 2, 2]);
    expect(transformPoint(multiply(scale, shift), [1, 1, 1])).toEqual([4, 2, 2]);
    expect(multiply(shift, IDENTITY)).toEqual(shift);
  });

  it('inverts a sheared map exactly where the numbers are exact', () => {
    const m = [2, 1, 0, 5, 0, 4, 0, -3, 0, 0, 8, 1, 0, 0, 0, 1];
    expect(multiply(m, invertAffine(m)).map((v) => v + 0)).toEqual(IDENTITY);
  });

  it('refuses a singular map and a short one', () => {
    expect(() => invertAffine(compose([0, 0, 0], [1, 0, 0, 0], [1, 0, 1]))).toThrow('invertible');
    expect(() => multiply(IDENTITY, [1, 2, 3])).toThrow('16 numbers, got 3');
  });

  it('bounds a turned box by its corners', () => {
    const quarter = [0, -1, 0, 10, 1, 0, 0, 20, 0, 0, 1, 30, 0, 0, 0, 1];
    expect(transformBounds(quarter, { min: [0, 0, 0], max: [1, 2, 3] })).toEqual({
      min: [8, 20, 30],
      max: [10, 21, 33],
    });
  });

  it('turns columns into rows', () => {
    const columns = Array.from({ length: 16 }, (_, i) => i);
    expect(rowMajorFromColumnMajor(columns)).toEqual([
      0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15,
    ]);
  });
});
