import { describe, expect, it } from 'vitest';
import { encodeMask } from '#shared/annotate/rle';
import { instancePolygons, simplifyRing } from '#shared/annotate/simplify-polygons';
import { doubledArea, tracePolygons } from '#shared/annotate/trace-polygons';
import { makeMask } from '../../../makers/make-mask.ts';

function rleOfDrawing(drawing: string) {
  const { mask, size } = makeMask(drawing);
  return encodeMask(mask, size);
}
const trace = (drawing: string) => tracePolygons(rleOfDrawing(drawing));

describe('tracePolygons', () => {
  it('goes around one pixel clockwise, along its edges', () => {
    const drawing = `
      ....
      ..1.
      ....`;
    expect(trace(drawing)).toEqual([{ outer: [3, 1, 3, 2, 2, 2, 2, 1], holes: [] }]);
  });

  it('leaves vertices on straight sides out', () => {
    expect(trace('1111')).toEqual([{ outer: [4, 0, 4, 1, 0, 1, 0, 0], holes: [] }]);
  });

  it('keeps a hole, the other way round, and an island in it as a piece of its own', () => {
    const drawing = `
      11111
      1...1
      1.1.1
      1...1
      11111`;
    expect(trace(drawing)).toEqual([
      { outer: [5, 0, 5, 5, 0, 5, 0, 0], holes: [[4, 4, 4, 1, 1, 1, 1, 4]] },
      { outer: [3, 2, 3, 3, 2, 3, 2, 2], holes: [] },
    ]);
  });

  it('keeps pixels that touch at a corner alone apart', () => {
    const drawing = `
      1.
      .1`;
    expect(trace(drawing)).toEqual([
      { outer: [1, 0, 1, 1, 0, 1, 0, 0], holes: [] },
      { outer: [2, 1, 2, 2, 1, 2, 1, 1], holes: [] },
    ]);
  });

  it('cuts a hole off that opens to the outside at a corner alone', () => {
    const drawing = `
      111
      1.1
      11.`;
    const [piece, ...others] = trace(drawing);
    expect(others).toEqual([]);
    expect(piece?.outer.length).toBe(12);
    expect(doubledArea(piece?.outer ?? [])).toBe(16);
    expect(piece?.holes.map(doubledArea)).toEqual([-2]);
  });

  it('gives nothing for an empty mask', () => {
    expect(trace('...')).toEqual([]);
  });
});

describe('instancePolygons', () => {
  const STAIRS = `
    1....
    11...
    111..
    1111.
    11111`;

  it('keeps the pixel edges without a tolerance, and says so', () => {
    const rle = rleOfDrawing(STAIRS);
    expect(instancePolygons(rle, 0)).toEqual({ polygons: tracePolygons(rle), iou: 1 });
  });

  it('makes a slope of stairs, with the intersection over union of what is left', () => {
    const { polygons, iou } = instancePolygons(rleOfDrawing(STAIRS), 0.75);
    // Straight from (1, 0) to (5, 5), at x = 1.4, 2.2, 3, 3.8, 4.6 on the rows' centres: all pixels stay.
    expect(polygons).toEqual([{ outer: [1, 0, 5, 5, 0, 5, 0, 0], holes: [] }]);
    expect(iou).toBe(1);
  });

  it('counts what a wide tolerance loses', () => {
    const drawing = `
      11111
      11.11
      11.11
      11111`;
    // The outline of a hole of two pixels would disappear; it stays.
    const hole = instancePolygons(rleOfDrawing(drawing), 3);
    expect(hole.polygons[0]?.holes).toEqual([[3, 3, 3, 1, 2, 1, 2, 3]]);
    // Left are (5, 0), (3, 2) and (0, 1): pixels 2 and 3 of the first row, 1 and 2 of the second, of
    // which three are the mask's; four and its six are seven together.
    const bump = `
      11111
      ..1..`;
    expect(instancePolygons(rleOfDrawing(bump), 1)).toEqual({
      polygons: [{ outer: [5, 0, 3, 2, 0, 1], holes: [] }],
      iou: 3 / 7,
    });
  });

  it('never simplifies a ring away', () => {
    const pixel = [1, 0, 1, 1, 0, 1, 0, 0];
    expect(simplifyRing(pixel, 10)).toEqual(pixel);
  });
});
