import { describe, expect, it } from 'vitest';
import { LABEL_FORM_NAMES, LABEL_FORMS } from '#shared/config/label-sheet-schema';
import { barsOf } from '#shared/draw/ean-13';
import { flattenPath } from '#shared/draw/flatten-path';
import { layOutSheet } from '#shared/draw/label-sheet';
import { paintSheet, type SheetPixels } from '#shared/draw/paint-sheet';
import { textWidth } from '#shared/draw/stroke-font';
import { sampleLabelSheet } from '#shared/sampling/sample-label-sheet';
import { Sampler } from '#shared/sampling/sampler';
import type { LabelSheetSample } from '#shared/sampling/scene-sample';

const draw = (frame: number, print: object = {}): LabelSheetSample =>
  sampleLabelSheet(new Sampler('sheets', frame), print, 'm');

/** Brightness of a pixel from the upper left corner, 0..255. */
function greyAt({ width, height, data }: SheetPixels, x: number, y: number): number {
  return data[4 * ((height - 1 - y) * width + x)] ?? NaN;
}

/** Reads thirteen digits from dark and bright modules, as a scanner does: by widths alone. */
function scan(dark: readonly boolean[]): string {
  const odd = new Map<string, number>();
  const even = new Map<string, number>();
  // From the widths of the four bars and gaps of each digit (ISO/IEC 15420, table 1).
  const widths = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112'];
  for (const [digit, text] of widths.entries()) {
    odd.set(text, digit);
    even.set([...text].reverse().join(''), digit);
  }
  const runs: string[] = [];
  for (let i = 0, from = 0; i <= dark.length; i++) {
    if (i > 0 && (i === dark.length || dark[i] !== dark[i - 1])) {
      runs.push(String(i - from));
      from = i;
    }
  }
  const groups = (from: number): string[] =>
    Array.from({ length: 6 }, (_, i) => runs.slice(from + 4 * i, from + 4 * i + 4).join(''));
  const left = groups(3);
  const parity = left.map((group) => (odd.has(group) ? 'o' : 'e')).join('');
  const first = 'oooooo ooeoee ooeeoe ooeeeo oeooee oeeooe oeeeoo oeoeoe oeoeeo oeeoeo'
    .split(' ')
    .indexOf(parity);
  const digits = [...left, ...groups(3 + 24 + 5)].map((group) => odd.get(group) ?? even.get(group));
  return [first, ...digits].join('');
}

describe('barsOf', () => {
  it('is what a scanner reads as the same digits, for a hundred numbers', () => {
    for (let frame = 0; frame < 100; frame++) {
      const { digits } = draw(frame);
      const bars = barsOf(digits);
      expect(bars).toHaveLength(95);
      expect(scan(bars)).toBe(digits);
    }
  });

  it('refuses a number whose last digit does not check the others', () => {
    expect(scan(barsOf('4006381333931'))).toBe('4006381333931');
    expect(() => barsOf('4006381333932')).toThrow('expected thirteen digits with a check digit');
  });
});

describe('flattenPath', () => {
  it('goes through the ends of every piece, along true circles', () => {
    const [line] = flattenPath('M1-7A4 4 0 0 1 9-7V0H2.5L1-7Z');
    expect(line?.[0]).toEqual([1, -7]);
    expect(line?.at(-1)).toEqual([1, -7]);
    // The upper half circle about (5, -7).
    for (const [x, y] of line?.slice(0, 13) ?? []) {
      expect(Math.hypot(x - 5, y + 7)).toBeCloseTo(4, 12);
      expect(y).toBeLessThanOrEqual(-7 + 1e-12);
    }
    expect(line?.[6]?.[1]).toBeCloseTo(-11, 12);
  });
});

describe('paintSheet', () => {
  it.each(LABEL_FORM_NAMES)('prints a %s sheet that a scanner and a ruler can read', (form) => {
    const print = draw(3, { form });
    const aspect = LABEL_FORMS[form];
    const shapes = layOutSheet(print, aspect);
    for (const shape of shapes) {
      const width = shape.kind === 'box' ? shape.width : textWidth(shape.text, shape.size);
      expect(shape.x).toBeGreaterThanOrEqual(0);
      expect(shape.x + width).toBeLessThanOrEqual(1 + 1e-9);
      expect(shape.y).toBeLessThanOrEqual(aspect);
    }
    for (const line of print.lines) {
      expect(shapes.some((shape) => shape.kind === 'text' && shape.text === line)).toBe(true);
    }
    const pixels = paintSheet(print, { width: 512, aspect });
    expect(pixels.height).toBe(Math.round(512 * aspect));
    expect(pixels.data.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
  });

  it('prints bars that are read back from its pixels', () => {
    const print = draw(5, { form: 'barcode' });
    const pixels = paintSheet(print, { width: 2048, aspect: 0.5 });
    // The symbol stands from 0.04 to 0.96, with seven modules of paper on each side.
    const module = 0.92 / (95 + 14);
    const dark = Array.from(
      { length: 95 },
      (_, i) => greyAt(pixels, Math.floor(2048 * (0.04 + (i + 7.5) * module)), 512) < 128,
    );
    expect(scan(dark)).toBe(print.digits);
  });

  it('strokes a letter as wide as its pen, by distances that are computed here', () => {
    const colors = ['#ffffff', '#000000', '#000000'];
    const print = draw(0, { form: 'words', text: ['I'], colors });
    const text = layOutSheet(print, 1).find((shape) => shape.kind === 'text');
    if (text?.kind !== 'text') throw new Error('a sheet of words has text');
    const pixels = paintSheet(print, { width: 512, aspect: 1 });
    // An upright from (1.5, -14) to (1.5, 0) units, 3.2 wide as it is bold.
    const unit = (text.size * 512) / 20;
    const middle = text.x * 512 + 1.5 * unit;
    const row = Math.floor(text.y * 512 - 7 * unit);
    const ink = Array.from({ length: 200 }, (_, x) => (255 - greyAt(pixels, x, row)) / 255);
    const total = ink.reduce((sum, share) => sum + share, 0);
    expect(total).toBeCloseTo(3.2 * unit, 1);
    const mean = ink.reduce((sum, share, x) => sum + share * (x + 0.5), 0) / total;
    expect(mean).toBeCloseTo(middle, 1);
  });

  it('draws other words for each frame, and the same ones again', () => {
    const sheets = Array.from({ length: 50 }, (_, frame) =>
      JSON.stringify(draw(frame, { form: 'words' })),
    );
    expect(new Set(sheets).size).toBe(50);
    expect(JSON.stringify(draw(7, { form: 'words' }))).toBe(sheets[7]);
    expect(draw(7, { form: 'words', text: ['Stated here'] }).lines[0]).toBe('Stated here');
  });

  it('refuses what its font cannot print', () => {
    expect(() => draw(0, { form: 'words', text: ['Größe'] })).toThrow(
      'm.text[0]: expected 1..32 characters of printable ASCII, found "Größe"',
    );
  });
});
