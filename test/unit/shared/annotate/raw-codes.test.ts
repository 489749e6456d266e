import { describe, expect, it } from 'vitest';
import { codesOf, rawCodes } from '#shared/annotate/raw-codes';

const adc = { bits: 12, blackLevel: 256, fullScale: 2 };

describe('codes of a raw image', () => {
  it('come back from light as the converter gave them, each of them', () => {
    // The converter in single precision: (code - black) / (highest - black) · full scale.
    const codes = Uint16Array.from({ length: 4096 }, (_, code) => code);
    const light = Float32Array.from(codes, (code) => ((code - 256) / (4095 - 256)) * 2);
    expect(rawCodes(light, { adc })).toEqual(codes);
  });

  it('have white where the scale is full at twice of it', () => {
    expect(codesOf(adc)).toEqual({ highest: 4095, white: 256 + 3839 / 2 });
  });

  it('are refused where light lies between them, beyond them, or has no converter', () => {
    expect(() => rawCodes(Float32Array.of(0.3 / 1919.5), { adc })).toThrow('a whole number');
    expect(() => rawCodes(Float32Array.of(2.1), { adc })).toThrow('of 0..4095');
    expect(() => rawCodes(Float32Array.of(NaN), { adc })).toThrow('found NaN');
    expect(() => rawCodes(Float32Array.of(0), {})).toThrow('expected a converter');
  });
});
