import { describe, expect, it } from 'vitest';
import { boxOf, measureInstances, rleOf } from '#shared/annotate/measure-instances';
import { encodeMask } from '#shared/annotate/rle';
import { GOLDEN_RLE, goldenMask } from '../../../makers/golden-rle.ts';
import { makeIds } from '../../../makers/make-mask.ts';

describe('measureInstances', () => {
  it('measures all ids of a drawing', () => {
    const { ids, size } = makeIds(`
      1.22
      1.22
      13..
      1..3`);
    const measures = measureInstances(ids, size, 4);
    expect(Array.from(measures.areas)).toEqual([6, 4, 4, 2, 0]);
    expect(boxOf(measures, 1)).toEqual([0, 0, 1, 4]);
    expect(boxOf(measures, 2)).toEqual([2, 0, 2, 2]);
    expect(boxOf(measures, 3)).toEqual([1, 2, 3, 2]);
    expect(boxOf(measures, 4)).toBeNull();
    // Id 1: 0 outside, 4 inside, 12 outside. 12 = '<'.
    expect(rleOf(measures, 1)).toEqual({ size: [4, 4], counts: '04<' });
    // Id 3 is at 6 and 15, column-major: 6, 1, 8, 1 − 1; nothing after the last pixel.
    expect(rleOf(measures, 3)).toEqual({ size: [4, 4], counts: '6180' });
    // Id 4 has no pixel: 16 outside, in two groups.
    expect(rleOf(measures, 4)).toEqual({ size: [4, 4], counts: '`0' });
  });

  it('joins a run over the end of a column', () => {
    const { ids, size } = makeIds(`
      .1
      .1
      1.`);
    const measures = measureInstances(ids, size, 1);
    expect(Array.from(measures.runLengths)).toEqual([2, 1, 3]);
    expect(boxOf(measures, 1)).toEqual([0, 0, 2, 3]);
    expect(rleOf(measures, 1).counts).toBe('231');
  });

  it.each(GOLDEN_RLE.filter(({ width }) => width < 8192))(
    'agrees with pycocotools on $kind $width×$height',
    (golden) => {
      const size = { width: golden.width, height: golden.height };
      const ids = Uint16Array.from(goldenMask(golden), (inside) => inside * 7);
      const measures = measureInstances(ids, size, 7);
      expect(rleOf(measures, 7).counts).toBe(golden.counts);
      expect(measures.areas[7]).toBe(golden.area);
      expect(boxOf(measures, 7) ?? [0, 0, 0, 0]).toEqual(golden.box);
    },
  );

  it('grows past its first room for runs', () => {
    const size = { width: 128, height: 128 };
    const ids = Uint16Array.from({ length: 128 * 128 }, (_, at) => ((at % 128) ^ (at >> 7)) & 1);
    const measures = measureInstances(ids, size, 1);
    expect(measures.areas[1]).toBe(8192);
    expect(rleOf(measures, 1)).toEqual(encodeMask(Uint8Array.from(ids), size));
  });

  it('names the pixel of an id above the highest', () => {
    const { ids, size } = makeIds(`
      ...
      ..5`);
    expect(() => measureInstances(ids, size, 4)).toThrow(
      'pixel (2, 1): expected an instance id of 0..4, found 5',
    );
    expect(() => measureInstances(ids, { width: 4, height: 2 }, 5)).toThrow('found 6');
  });
});
