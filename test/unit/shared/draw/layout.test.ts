import { describe, expect, it } from 'vitest';
import { placeTags } from '#shared/draw/place-tags';
import { roundMarks } from '#shared/draw/scale-bar';
import { layOutSheet, type SheetRequest } from '#shared/draw/sheet-layout';
import { canWrite, layOutText, textWidth } from '#shared/draw/stroke-font';

const REQUEST: SheetRequest = {
  frames: 24,
  picturesPerFrame: 1,
  picture: { width: 500, height: 300 },
  columns: 3,
  legend: [],
};

describe('a contact sheet', () => {
  it('has cells in rows, inside the sheet, that do not touch', () => {
    const { size, cells, cell, rows, columns, point } = layOutSheet(REQUEST);
    expect({ rows, columns, point, cell }).toEqual({
      rows: 8,
      columns: 3,
      point: 1,
      cell: { width: 500, height: 300 },
    });
    // Margin 26, header 58, gap 10, caption 24: a point is a pixel at 1500 pixels of pictures.
    expect(cells[0]).toEqual([26, 84]);
    expect(cells[1]).toEqual([536, 84]);
    expect(cells[3]).toEqual([26, 84 + 300 + 24 + 10]);
    expect(size).toEqual({ width: 2 * 26 + 1500 + 20, height: 84 + 8 * 334 - 10 + 26 });
  });

  it('counts the pictures of a frame into its cell', () => {
    const { cell, cells } = layOutSheet({ ...REQUEST, picturesPerFrame: 2, columns: 1 });
    expect(cell).toEqual({ width: 1000, height: 300 });
    expect(new Set(cells.map(([x]) => x)).size).toBe(1);
  });

  it('takes no more columns than frames', () => {
    expect(layOutSheet({ ...REQUEST, frames: 2, columns: 8 }).columns).toBe(2);
  });

  it('chooses a shape that fits a screen, without holes where it can', () => {
    const picture = { width: 400, height: 300 };
    const { columns, size } = layOutSheet({ ...REQUEST, picture, columns: null });
    expect(24 % columns).toBe(0);
    expect(size.width / size.height).toBeGreaterThan(1.2);
    expect(size.width / size.height).toBeLessThan(1.9);
  });

  it('is refused where it is too large to be of use', () => {
    expect(() => layOutSheet({ ...REQUEST, frames: 5000 })).toThrow(
      /--sheet: 5000 frames in 3 columns make .* Choose fewer --frames/,
    );
  });

  it('gives a legend room', () => {
    const legend = [{ categoryId: 1, name: 'mug', count: 3 }];
    const [without, withLegend] = [layOutSheet(REQUEST), layOutSheet({ ...REQUEST, legend })];
    expect(withLegend.size.height).toBeGreaterThan(without.size.height + 20);
  });
});

describe('tags', () => {
  const tag = { width: 40, height: 10 };
  const picture = { width: 200, height: 100 };

  it('stand above their boxes where there is room', () => {
    expect(placeTags([{ ...tag, box: [50, 40, 60, 30] }], picture)).toEqual([{ x: 50, y: 30 }]);
  });

  it('stay inside the picture', () => {
    const requests = [
      { ...tag, box: [-5, 0, 30, 30] as const },
      { ...tag, box: [190, 95, 10, 5] as const },
    ];
    expect(placeTags(requests, picture)).toEqual([
      { x: 0, y: 0 },
      { x: 160, y: 85 },
    ]);
  });

  it('make way for one another', () => {
    const request = { ...tag, box: [50, 40, 60, 30] as const };
    const places = placeTags([request, request, request], picture);
    for (const [i, a] of places.entries()) {
      for (const b of places.slice(0, i)) {
        const apart = Math.abs(a.x - b.x) >= tag.width || Math.abs(a.y - b.y) >= tag.height;
        expect(apart).toBe(true);
      }
    }
  });
});

describe('marks of a scale', () => {
  it('are round, inside the scale and apart', () => {
    const range = [0.55, 4.3] as const;
    const place = (value: number): number => (value - 0.55) / (4.3 - 0.55);
    const marks = roundMarks(range, place);
    expect(marks.map(({ text }) => text)).toEqual(['1', '2', '3', '4']);
    for (const { at, text } of marks) expect(at).toBeCloseTo(place(Number(text)));
  });
});

describe('the font of strokes', () => {
  it('has all of printable ASCII and the signs that we use', () => {
    const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');
    expect(canWrite(ascii)).toBe(true);
    expect(canWrite('·×–…°é')).toBe(true);
    expect(canWrite('杯')).toBe(false);
  });

  it('measures texts in proportion to their size', () => {
    expect(textWidth('mug', 20)).toBeCloseTo(2 * textWidth('mug', 10));
    expect(textWidth('', 20)).toBe(0);
    expect(textWidth('mm', 10)).toBeGreaterThan(2 * textWidth('m', 10));
  });

  it('sets glyphs from left to right and draws no spaces', () => {
    const glyphs = layOutText('a b');
    expect(glyphs).toHaveLength(2);
    expect(glyphs[0]?.x).toBe(0);
    expect(glyphs[1]?.x).toBeGreaterThan(15);
  });
});
