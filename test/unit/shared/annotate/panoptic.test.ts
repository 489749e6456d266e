import { describe, expect, it } from 'vitest';
import { panopticRgb, panopticSegments, segmentIdOf } from '#shared/annotate/panoptic';
import { panopticFault } from '#shared/verify/check-panoptic';
import { makeAnnotation } from '../../../makers/make-annotation.ts';
import { makeIds } from '../../../makers/make-mask.ts';

const STUFF = new Set([2]);
const DRAWING = `
  11.3
  1223
  4..3`;
const { ids, size } = makeIds(DRAWING);
const only = (id: string): string => DRAWING.replaceAll(/[^\s.]/g, (c) => (c === id ? c : '.'));
/** 1 is a thing, 2 to 4 are of a category of stuff; 4 is dropped. */
const INSTANCES = [
  makeAnnotation(1, only('1')),
  makeAnnotation(2, only('2'), { categoryId: 2 }),
  makeAnnotation(3, only('3'), { categoryId: 2 }),
];
const erased = ids.map((id) => (id === 4 ? 0 : id));
const segmentsOf = (rgb: Uint8Array): number[] =>
  Array.from(erased, (_, i) => {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(i * 3, i * 3 + 3);
    return red + 256 * green + 65536 * blue;
  });

describe('panopticSegments', () => {
  it('makes a segment of each thing, and one of all that is of a category of stuff', () => {
    expect(panopticSegments(INSTANCES, STUFF)).toEqual([
      { id: 1, categoryId: 1, area: 3, bbox: [0, 0, 2, 2] },
      { id: 65538, categoryId: 2, area: 5, bbox: [1, 0, 3, 3] },
    ]);
  });

  it('keeps ids apart up to the highest of both', () => {
    expect(segmentIdOf({ instanceId: 65535, categoryId: 1 }, STUFF)).toBe(65535);
    expect(segmentIdOf({ instanceId: 65535, categoryId: 65535 }, new Set([65535]))).toBe(131071);
  });
});

describe('panopticRgb', () => {
  it('writes R + 256·G + 65536·B, and 0 where no segment is', () => {
    const rgb = panopticRgb({ instanceId: erased }, INSTANCES, STUFF);
    expect(Array.from(rgb.subarray(0, 3))).toEqual([1, 0, 0]);
    expect(Array.from(rgb.subarray(9, 12))).toEqual([2, 0, 1]);
    expect(segmentsOf(rgb)).toEqual([
      ...[1, 1, 0, 65538],
      ...[1, 65538, 65538, 65538],
      ...[0, 0, 0, 65538],
    ]);
  });

  it('keeps ids of two bytes', () => {
    const one = [makeAnnotation(0x1234, '1')];
    const rgb = panopticRgb({ instanceId: Uint16Array.of(0x1234) }, one, STUFF);
    expect(Array.from(rgb)).toEqual([0x34, 0x12, 0]);
  });
});

describe('panopticFault', () => {
  const rgb = panopticRgb({ instanceId: erased }, INSTANCES, STUFF);
  const segments = panopticSegments(INSTANCES, STUFF);
  const fault = (changed: Uint8Array): string | null =>
    panopticFault(changed, size.width, segments);

  it('finds none in an image of its segments', () => {
    expect(fault(rgb)).toBeNull();
  });

  it.each([
    {
      at: 6,
      value: 1,
      text: 'segment 1: expected 3 pixels in [0, 0, 2, 2], found 4 in [0, 0, 3, 2]',
    },
    { at: 24, value: 9, text: 'expected the ids of 2 segments, found 9 on 1 pixels' },
  ])('says what is wrong: $text', ({ at, value, text }) => {
    const changed = rgb.slice();
    changed[at] = value;
    expect(fault(changed)).toBe(text);
  });

  it('misses a segment, and sees one that moved', () => {
    const without = rgb.map((value, i) => (value === 1 && i % 3 === 0 ? 0 : value));
    expect(fault(without)).toBe('segment 1: expected 3 pixels of its own, found none');
    const moved = rgb.slice();
    moved.set([0, 0, 0], 0);
    moved.set([1, 0, 0], 6);
    expect(fault(moved)).toBe(
      'segment 1: expected 3 pixels in [0, 0, 2, 2], found 3 in [0, 0, 3, 2]',
    );
  });
});
