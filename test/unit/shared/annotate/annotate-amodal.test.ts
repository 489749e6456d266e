import { describe, expect, it } from 'vitest';
import { annotateAmodal } from '#shared/annotate/annotate-amodal';
import type { Silhouette } from '#shared/annotate/annotations';
import { dropReasonOf } from '#shared/annotate/drop-reason';
import { largestFragment } from '#shared/annotate/largest-fragment';
import { decodeMask } from '#shared/annotate/rle';
import { makeIds, makeMask } from '../../../makers/make-mask.ts';

const silhouetteOf = (drawing: string, x: number, y: number): Silhouette => {
  const { mask, size } = makeMask(drawing);
  return { instanceId: 1, tile: [x, y, size.width, size.height], mask, clipped: false };
};

describe('annotateAmodal', () => {
  it('measures what is visible, hidden and outside', () => {
    const { ids, size } = makeIds(`
      12..
      12..
      ....`);
    // The whole is 4 columns wide from x = −2, of which two are outside; instance 2 hides the rest of two rows.
    const silhouette = silhouetteOf('1111\n1111', -2, 0);
    const amodal = annotateAmodal(silhouette, { ids, size, area: 2 });
    expect(amodal).toEqual({
      area: 4,
      bbox: [-2, 0, 4, 2],
      silhouetteArea: 8,
      silhouetteClipped: false,
      visibility: 0.5,
      occlusion: 0.5,
      truncation: 0.5,
      // Columns of 3: 2 in, 1 out, 2 in, 7 out.
      segmentation: { size: [3, 4], counts: '02106' },
    });
  });

  it('joins a run that goes on from the bottom of one column to the top of the next', () => {
    const { ids, size } = makeIds('11.\n11.');
    const amodal = annotateAmodal(silhouetteOf('1111\n1111\n1111', 0, -1), { ids, size, area: 4 });
    expect(amodal.area).toBe(6);
    expect([...decodeMask(amodal.segmentation)]).toEqual([1, 1, 1, 1, 1, 1]);
    // No zeros, then all six pixels.
    expect(amodal.segmentation.counts).toBe('06');
  });

  it('counts visible pixels as amodal, and refuses those outside the tile', () => {
    const { ids, size } = makeIds('11\n..');
    const amodal = annotateAmodal(silhouetteOf('1.', 0, 0), { ids, size, area: 2 });
    expect([amodal.area, amodal.bbox]).toEqual([2, [0, 0, 2, 1]]);
    const small = silhouetteOf('1', 0, 0);
    expect(() => annotateAmodal(small, { ids, size, area: 2 })).toThrow(
      'instance 1: expected its 2 visible pixels in the tile [0, 0, 1, 1] of its silhouette, found 1',
    );
  });
});

describe('largestFragment', () => {
  it('counts the largest piece; corners connect, other instances do not', () => {
    const { ids, size } = makeIds(`
      11.2..
      ..1211
      ...211`);
    expect(largestFragment({ ids, size, instanceId: 1, bbox: [0, 0, 6, 3] })).toBe(4);
    expect(largestFragment({ ids, size, instanceId: 2, bbox: [3, 0, 1, 3] })).toBe(3);
    const diagonal = makeIds('1..\n.1.\n..1');
    expect(largestFragment({ ...diagonal, instanceId: 1, bbox: [0, 0, 3, 3] })).toBe(3);
  });
});

describe('dropReasonOf', () => {
  const { ids, size } = makeIds('1.11\n1...');
  const shown = { ids, size, instanceId: 1, bbox: [0, 0, 4, 2] as const, area: 4, amodal: null };
  const amodal = annotateAmodal(silhouetteOf('1111\n1111', 0, 0), { ids, size, area: 4 });

  it.each([
    ['outside-or-hidden', { ...shown, bbox: null, area: 0 }, { minPixels: 1 }],
    ['min-pixels', shown, { minPixels: 5 }],
    ['min-visibility', { ...shown, amodal }, { minPixels: 1, minVisibility: 0.51 }],
    ['min-box-side', shown, { minPixels: 1, minBoxSide: 3 }],
    ['min-fragment', shown, { minPixels: 1, minFragmentPixels: 3 }],
    [
      null,
      { ...shown, amodal },
      { minPixels: 4, minVisibility: 0.5, minBoxSide: 2, minFragmentPixels: 2 },
    ],
  ] as const)('is %s', (reason, pixels, filters) => {
    expect(dropReasonOf(pixels, filters)).toBe(reason);
  });
});
