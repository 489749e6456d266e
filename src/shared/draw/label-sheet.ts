import type { LabelSheetSample } from '../sampling/scene-sample.ts';
import { barsOf } from './ean-13.ts';
import { textWidth } from './stroke-font.ts';

/** Which of a sheet's colours: paper, ink or what stands out. */
export type SheetColor = 0 | 1 | 2;

/** What is printed, in units of the sheet's width, y down from its upper edge. */
export type PrintedShape =
  | Readonly<{
      kind: 'box';
      x: number;
      y: number;
      width: number;
      height: number;
      color: SheetColor;
    }>
  | Readonly<{
      kind: 'text';
      x: number;
      y: number;
      size: number;
      text: string;
      color: SheetColor;
      bold: boolean;
    }>;

type Sheet = Readonly<{ print: LabelSheetSample; height: number; shapes: PrintedShape[] }>;

const MARGIN = 0.05;

/** Lays a sheet out: one unit wide and `height` units high. */
export function layOutSheet(print: LabelSheetSample, height: number): readonly PrintedShape[] {
  const sheet: Sheet = { print, height, shapes: [] };
  box(sheet, [0, 0, 1, height], 0);
  const layOut = LAYOUTS[print.form];
  layOut(sheet);
  return sheet.shapes;
}

const lineOf = ({ print }: Sheet, index: number): string => print.lines[index] ?? '';

function box(
  { shapes }: Sheet,
  [x, y, width, height]: readonly [number, number, number, number],
  color: SheetColor,
): void {
  shapes.push({ kind: 'box', x, y, width, height, color });
}

/** A rule around a place, `pen` wide, inside of it. */
function frame(
  sheet: Sheet,
  [x, y, width, height]: readonly [number, number, number, number],
  pen: number,
): void {
  box(sheet, [x, y, width, pen], 1);
  box(sheet, [x, y + height - pen, width, pen], 1);
  box(sheet, [x, y, pen, height], 1);
  box(sheet, [x + width - pen, y, pen, height], 1);
}

type Set = Readonly<{
  x?: number;
  y: number;
  size: number;
  width?: number;
  color?: SheetColor;
  bold?: boolean;
  middle?: boolean;
}>;

/** A line whose baseline is at y; smaller where it would not fit. */
function set(
  { shapes }: Sheet,
  text: string,
  { x = MARGIN, y, size, width = 1 - 2 * MARGIN, color = 1, bold = false, middle = false }: Set,
): void {
  const fitting = Math.min(size, (size * width) / Math.max(1e-6, textWidth(text, size)));
  const left = middle ? x + (width - textWidth(text, fitting)) / 2 : x;
  shapes.push({ kind: 'text', x: left, y, size: fitting, text, color, bold });
}

function barcode(
  sheet: Sheet,
  [x, y, width, height]: readonly [number, number, number, number],
): void {
  box(sheet, [x, y, width, height], 0);
  const bars = barsOf(sheet.print.digits);
  // Seven modules of quiet zone on each side.
  const module = width / (bars.length + 14);
  const digits = Math.min(0.28 * height, 7 * module);
  for (const [i, bar] of bars.entries()) {
    if (bar) box(sheet, [x + (i + 7) * module, y, module, height - digits], 1);
  }
  set(sheet, sheet.print.digits, {
    x,
    y: y + height - 0.12 * digits,
    size: digits,
    width,
    middle: true,
  });
}

const LAYOUTS: Readonly<Record<LabelSheetSample['form'], (sheet: Sheet) => void>> = {
  shipping: (sheet) => {
    const { height } = sheet;
    frame(sheet, [0.02, 0.02, 0.96, height - 0.04], 0.008);
    box(sheet, [0.02, 0.02, 0.3, 0.2 * height], 1);
    set(sheet, lineOf(sheet, 0).slice(0, 1), {
      x: 0.04,
      y: 0.175 * height,
      size: 0.17 * height,
      width: 0.26,
      color: 0,
      bold: true,
      middle: true,
    });
    set(sheet, lineOf(sheet, 0), {
      x: 0.36,
      y: 0.1 * height,
      size: 0.09 * height,
      width: 0.58,
      bold: true,
    });
    set(sheet, lineOf(sheet, 4), { x: 0.36, y: 0.18 * height, size: 0.05 * height, width: 0.58 });
    box(sheet, [0.02, 0.22 * height, 0.96, 0.006], 1);
    set(sheet, 'TO', { y: 0.285 * height, size: 0.04 * height, color: 2, bold: true });
    set(sheet, lineOf(sheet, 1), { y: 0.36 * height, size: 0.08 * height, bold: true });
    set(sheet, lineOf(sheet, 2), { y: 0.43 * height, size: 0.06 * height });
    set(sheet, lineOf(sheet, 3), { y: 0.5 * height, size: 0.06 * height });
    box(sheet, [0.02, 0.54 * height, 0.96, 0.006], 1);
    barcode(sheet, [0.06, 0.57 * height, 0.88, 0.28 * height]);
    box(sheet, [0.02, 0.875 * height, 0.96, 0.006], 1);
    set(sheet, lineOf(sheet, 5), {
      y: 0.95 * height,
      size: 0.055 * height,
      width: 0.5,
      bold: true,
    });
  },
  product: (sheet) => {
    const { height } = sheet;
    box(sheet, [0, 0, 1, 0.34 * height], 2);
    set(sheet, lineOf(sheet, 0), {
      y: 0.24 * height,
      size: 0.24 * height,
      color: 0,
      bold: true,
      middle: true,
    });
    set(sheet, lineOf(sheet, 1), {
      y: 0.44 * height,
      size: 0.075 * height,
      bold: true,
      middle: true,
    });
    set(sheet, lineOf(sheet, 2), { y: 0.52 * height, size: 0.05 * height, middle: true });
    set(sheet, lineOf(sheet, 3), { y: 0.58 * height, size: 0.05 * height, middle: true });
    box(sheet, [0.1, 0.615 * height, 0.8, 0.005], 2);
    set(sheet, lineOf(sheet, 4), {
      y: 0.83 * height,
      size: 0.09 * height,
      width: 0.3,
      color: 2,
      bold: true,
    });
    barcode(sheet, [0.42, 0.66 * height, 0.54, 0.28 * height]);
  },
  price: (sheet) => {
    const { height } = sheet;
    box(sheet, [0, 0, 1, 0.28 * height], 2);
    set(sheet, lineOf(sheet, 1), {
      y: 0.2 * height,
      size: 0.17 * height,
      color: 0,
      bold: true,
      middle: true,
    });
    set(sheet, lineOf(sheet, 0), {
      y: 0.76 * height,
      size: 0.55 * height,
      bold: true,
      middle: true,
    });
    set(sheet, lineOf(sheet, 2), { y: 0.94 * height, size: 0.1 * height });
  },
  warning: (sheet) => {
    const { height } = sheet;
    frame(sheet, [0.02, 0.02, 0.96, height - 0.04], 0.025);
    box(sheet, [0.045, 0.045, 0.91, 0.42 * height], 2);
    set(sheet, lineOf(sheet, 0), {
      x: 0.08,
      y: 0.4 * height,
      size: 0.32 * height,
      width: 0.84,
      color: 0,
      bold: true,
      middle: true,
    });
    set(sheet, lineOf(sheet, 1), {
      x: 0.08,
      y: 0.67 * height,
      size: 0.12 * height,
      width: 0.84,
      bold: true,
      middle: true,
    });
    set(sheet, lineOf(sheet, 2), {
      x: 0.08,
      y: 0.84 * height,
      size: 0.1 * height,
      width: 0.84,
      middle: true,
    });
  },
  barcode: (sheet) => {
    const { height } = sheet;
    set(sheet, lineOf(sheet, 0), { y: 0.19 * height, size: 0.15 * height, middle: true });
    barcode(sheet, [0.04, 0.25 * height, 0.92, 0.7 * height]);
  },
  words: (sheet) => {
    const { height, print } = sheet;
    const step = (height - 2 * MARGIN) / (print.lines.length + 1);
    set(sheet, lineOf(sheet, 0), {
      y: MARGIN + 1.5 * step,
      size: 1.7 * step,
      color: 2,
      bold: true,
    });
    for (let i = 1; i < print.lines.length; i++) {
      set(sheet, lineOf(sheet, i), { y: MARGIN + (i + 1.8) * step, size: 0.75 * step });
    }
  },
};
