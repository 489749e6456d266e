import { describe, expect, it } from 'vitest';
import { streamFor } from '#shared/core/stream';
import { traceOutline, type Loop } from '#shared/draw/trace-outline';
import { makeMask } from '../../../makers/make-mask.ts';

/** Whether a point is inside by the even-odd rule: crossings of a ray to the right. */
function isInside(loops: readonly Loop[], x: number, y: number): boolean {
  let crossings = 0;
  for (const loop of loops) {
    for (let i = 0; i < loop.length; i += 2) {
      const [ax = NaN, ay = NaN] = loop.slice(i, i + 2);
      const j = (i + 2) % loop.length;
      const [bx = NaN, by = NaN] = loop.slice(j, j + 2);
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) crossings++;
    }
  }
  return crossings % 2 === 1;
}

describe('an outline', () => {
  it('of one pixel is a diamond through the middles of its edges', () => {
    const { mask, size } = makeMask(`
      ...
      .1.
      ...`);
    expect(traceOutline(mask, size)).toEqual([[1.5, 1, 2, 1.5, 1.5, 2, 1, 1.5]]);
  });

  it('goes around a hole the other way', () => {
    const { mask, size } = makeMask(`
      111
      1.1
      111`);
    const loops = traceOutline(mask, size);
    const area = (loop: Loop): number => {
      let sum = 0;
      for (let i = 0; i < loop.length; i += 2) {
        const [ax = NaN, ay = NaN] = loop.slice(i, i + 2);
        const [bx = NaN, by = NaN] = loop.slice((i + 2) % loop.length, ((i + 2) % loop.length) + 2);
        sum += (ax * by - bx * ay) / 2;
      }
      return sum;
    };
    // Four corners of half by half pixel are cut off each square.
    expect(loops.map(area)).toEqual([9 - 4 / 8, -(1 - 4 / 8)]);
  });

  it('keeps pixels that touch at a corner alone apart', () => {
    const { mask, size } = makeMask(`
      1.
      .1`);
    expect(traceOutline(mask, size)).toHaveLength(2);
  });

  it('has the centres of the mask’s pixels inside and all others outside, on noise', () => {
    for (let round = 0; round < 40; round++) {
      const size = { width: 17, height: 13 };
      const density = streamFor({ seed: 'outline', frame: round, path: 'density' })();
      const mask = Uint8Array.from({ length: size.width * size.height }, (_, i) =>
        streamFor({ seed: 'outline', frame: round, path: `pixel.${i}` })() < density ? 1 : 0,
      );
      const loops = traceOutline(mask, size);
      const filled = mask.map((_, i) =>
        isInside(loops, (i % size.width) + 0.5, Math.floor(i / size.width) + 0.5) ? 1 : 0,
      );
      expect(filled).toEqual(mask);
    }
  });

  it('refuses a mask of another size', () => {
    expect(() => traceOutline(new Uint8Array(5), { width: 2, height: 2 })).toThrow(
      'expected 4 pixels for 2×2, found 5',
    );
  });
});
