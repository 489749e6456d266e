import fc from 'fast-check';
import { describe, it } from 'vitest';
import { boxOf, measureInstances, rleOf } from '#shared/annotate/measure-instances';
import {
  compressCounts,
  decodeCounts,
  decodeMask,
  encodeMask,
  rleArea,
  rleBox,
} from '#shared/annotate/rle';
import { naiveBox, naiveCounts } from '../makers/make-mask.ts';

const SEED = { seed: 20260101, numRuns: 300 };

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Images up to 23 × 19, odd sizes and single rows and columns among them, of ids 0..maxId. */
const imageOf = (maxId: number) =>
  fc
    .record({ width: fc.integer({ min: 1, max: 23 }), height: fc.integer({ min: 1, max: 19 }) })
    .chain((size) =>
      fc.record({
        size: fc.constant(size),
        ids: fc
          .array(fc.integer({ min: 0, max: maxId }), {
            minLength: size.width * size.height,
            maxLength: size.width * size.height,
          })
          .map((ids) => Uint16Array.from(ids)),
      }),
    );

const maskImage = imageOf(1).map(({ size, ids }) => ({ size, mask: Uint8Array.from(ids) }));

describe('run-length encoding', () => {
  it('decodes to the mask that was encoded, whose runs are those of the definition', () => {
    fc.assert(
      fc.property(maskImage, ({ size, mask }) => {
        const rle = encodeMask(mask, size);
        return (
          equal(Array.from(decodeMask(rle)), Array.from(mask)) &&
          equal(Array.from(decodeCounts(rle.counts)), naiveCounts(mask, size))
        );
      }),
      SEED,
    );
  });

  it('has the area and the box of its mask', () => {
    fc.assert(
      fc.property(maskImage, ({ size, mask }) => {
        const rle = encodeMask(mask, size);
        const area = mask.reduce((sum, value) => sum + value, 0);
        return rleArea(rle) === area && equal(rleBox(rle), naiveBox(mask, size));
      }),
      SEED,
    );
  });

  it('compresses any runs and back', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 8192 * 8192 }), { maxLength: 40 });
    fc.assert(
      fc.property(counts, (runs) =>
        equal(Array.from(decodeCounts(compressCounts(Uint32Array.from(runs)))), runs),
      ),
      SEED,
    );
  });
});

describe('measureInstances', () => {
  it('says of every id what the naive kernel says of its mask alone', () => {
    const maxId = 5;
    fc.assert(
      fc.property(imageOf(maxId), ({ size, ids }) => {
        const measures = measureInstances(ids, size, maxId);
        for (let id = 0; id <= maxId; id++) {
          const mask = Uint8Array.from(ids, (value) => (value === id ? 1 : 0));
          const runs = Array.from(decodeCounts(rleOf(measures, id).counts));
          if (!equal(runs, naiveCounts(mask, size))) return false;
          if (!equal(boxOf(measures, id), naiveBox(mask, size))) return false;
          if (measures.areas[id] !== mask.reduce((sum, value) => sum + value, 0)) return false;
        }
        return true;
      }),
      SEED,
    );
  });

  it('gives boxes that hold every pixel of the id and touch it on all four sides', () => {
    fc.assert(
      fc.property(imageOf(3), ({ size, ids }) => {
        const measures = measureInstances(ids, size, 3);
        return [1, 2, 3].every((id) => {
          const box = boxOf(measures, id);
          const pixels = Array.from(ids).flatMap((value, at) =>
            value === id ? [[at % size.width, Math.floor(at / size.width)] as const] : [],
          );
          if (box === null) return pixels.length === 0;
          const [x, y, width, height] = box;
          return (
            pixels.every(([u, v]) => u >= x && u < x + width && v >= y && v < y + height) &&
            pixels.some(([u]) => u === x) &&
            pixels.some(([u]) => u === x + width - 1) &&
            pixels.some(([, v]) => v === y) &&
            pixels.some(([, v]) => v === y + height - 1)
          );
        });
      }),
      SEED,
    );
  });
});
