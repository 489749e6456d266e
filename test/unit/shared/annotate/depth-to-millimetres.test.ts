import { describe, expect, it } from 'vitest';
import { countBeyond16Bit, depthToMillimetres } from '#shared/annotate/depth-to-millimetres';
import { AnnotationError } from '#shared/core/errors';

describe('depthToMillimetres', () => {
  it('rounds to the nearest millimetre, halves up', () => {
    // 0.0625, 0.1875 and 0.3125 m are exact in binary: 62.5, 187.5 and 312.5 mm.
    const depth = Float32Array.of(0, 1, 0.0625, 0.1875, 0.3125, 2.0004, 2.0006);
    expect(Array.from(depthToMillimetres(depth).millimetres)).toEqual([
      0, 1000, 63, 188, 313, 2000, 2001,
    ]);
  });

  it('writes what is beyond 65.535 m as 0, and counts it', () => {
    // 65.53125 m and 65.5625 m are exact; the limit is 65,535.5 mm.
    const depth = Float32Array.of(65.53125, 65.5625, 65.535, 1e6, 0);
    const { millimetres, beyond } = depthToMillimetres(depth);
    expect(Array.from(millimetres)).toEqual([65531, 0, 65535, 0, 0]);
    expect(beyond).toBe(2);
    expect(countBeyond16Bit(depth)).toBe(2);
    const used = new Uint16Array(5).fill(9);
    expect(depthToMillimetres(depth, used).millimetres).toBe(used);
    expect(used).toEqual(millimetres);
  });

  it('refuses a surface that would become "nothing there"', () => {
    expect(Array.from(depthToMillimetres(Float32Array.of(0.00075)).millimetres)).toEqual([1]);
    const round = () => depthToMillimetres(Float32Array.of(1, 0.0004));
    expect(round).toThrow(AnnotationError);
    expect(round).toThrow(/pixel number 1: .* found 0.00039\d* m\. Raise camera\.nearMeters/);
  });

  it.each([NaN, Infinity, -Infinity, -1])('refuses %d', (meters) => {
    expect(() => depthToMillimetres(Float32Array.of(meters))).toThrow(`found ${meters} m`);
  });
});
