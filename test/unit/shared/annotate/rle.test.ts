import { describe, expect, it } from 'vitest';
import {
  compressCounts,
  decodeCounts,
  decodeMask,
  encodeMask,
  rleArea,
  rleBox,
} from '#shared/annotate/rle';
import { AnnotationError } from '#shared/core/errors';
import { GOLDEN_RLE, goldenMask } from '../../../makers/golden-rle.ts';
import { makeMask } from '../../../makers/make-mask.ts';

describe('encodeMask', () => {
  it('writes what pencil and paper give: six rows, five columns', () => {
    // Column-major: 2 empty columns of 6 and one pixel = 13, 3 inside, 3 outside, 3 inside, 8 outside.
    // 13 = '=', 3 = '3', 3 = '3', then differences to two before: 3 − 3 = '0', 8 − 3 = '5'.
    const { mask, size } = makeMask(`
      .....
      ..11.
      ..11.
      ..11.
      .....
      .....`);
    const rle = encodeMask(mask, size);
    expect(rle).toEqual({ size: [6, 5], counts: '=3305' });
    expect(Array.from(decodeCounts(rle.counts))).toEqual([13, 3, 3, 3, 8]);
    expect(rleArea(rle)).toBe(6);
    expect(rleBox(rle)).toEqual([2, 1, 2, 3]);
  });

  it('begins with no zeros where the first pixel is inside', () => {
    const { mask, size } = makeMask('1.');
    expect(encodeMask(mask, size)).toEqual({ size: [1, 2], counts: '011' });
  });

  it('refuses a mask of another length', () => {
    expect(() => encodeMask(new Uint8Array(5), { width: 2, height: 3 })).toThrow(
      'expected 6 pixels for 2×3, found 5',
    );
  });
});

describe('pycocotools', () => {
  it.each(GOLDEN_RLE)('$kind $width×$height $parameters', (golden) => {
    const { width, height, counts, area, box } = golden;
    const mask = goldenMask(golden);
    const rle = encodeMask(mask, { width, height });
    expect(rle.counts).toBe(counts);
    expect(rleArea(rle)).toBe(area);
    expect(rleBox(rle) ?? [0, 0, 0, 0]).toEqual(box);
    expect(Buffer.compare(decodeMask({ size: [height, width], counts }), mask)).toBe(0);
  });
});

describe('compressCounts', () => {
  it.each([
    // From the definition: 5 bits a character, + 48; 15 is the largest in one group (bit 4 is the sign).
    [[15], '?'],
    // 16 = 0b10000: bit 4 is set, so a second group 0 follows: (16 | 32) + 48 = 96.
    [[16], '`0'],
    [[1024], 'PP1'],
    // Fourth run 3 after 6 two before: −3 = ...11101, last five bits 29 + 48 = 'M'.
    [[0, 6, 1, 3], '061M'],
    // −17: low group 0b01111 with bit 4 clear, so another group of ones follows.
    [[0, 20, 0, 3], '0d00_O'],
  ])('%j is %s', (counts, text) => {
    expect(compressCounts(Uint32Array.from(counts))).toBe(text);
    expect(Array.from(decodeCounts(text))).toEqual(counts);
  });

  it('survives more characters than a call takes arguments', () => {
    const counts = Uint32Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 5000);
    expect(Array.from(decodeCounts(compressCounts(counts)))).toEqual(Array.from(counts));
  });
});

describe('decodeCounts', () => {
  it.each(['!', '`', 'a b', 'ooooooo0', 'O', '\u{1F600}', 'p'])('refuses %j', (text) => {
    expect(() => decodeCounts(text)).toThrow(AnnotationError);
  });
});

describe('decodeMask', () => {
  it('refuses runs that do not add up to the image', () => {
    expect(Array.from(decodeMask({ size: [2, 2], counts: '13' }))).toEqual([0, 1, 1, 1]);
    expect(() => decodeMask({ size: [2, 2], counts: '14' })).toThrow(
      'expected runs of 4 pixels for 2×2, found 5',
    );
    expect(() => rleArea({ size: [2, 2], counts: '12' })).toThrow('found 3');
  });
});
