import { srgbFromLinear } from '../core/color.ts';
import type { LabelSheetSample } from '../sampling/scene-sample.ts';
import { flattenPath, type Polyline } from './flatten-path.ts';
import { layOutSheet, type PrintedShape } from './label-sheet.ts';
import { layOutText, STROKE_UNITS, UNITS_PER_SIZE } from './stroke-font.ts';

/** Pixels of a sheet, sRGB and opacity, row by row from the bottom, as textures have them. */
export type SheetPixels = Readonly<{ width: number; height: number; data: Uint8Array }>;

/** A pen for what is bold, in the font's units. */
const BOLD_UNITS = 3.2;

type Canvas = Readonly<{ width: number; height: number; data: Uint8Array; cover: Float32Array }>;
type Rgb = readonly [number, number, number];

/**
 * Prints a sheet, `width` pixels wide and `aspect` times that high. Plain arithmetic on numbers, so that it has
 * the same bytes on every machine: no fonts and no canvas of the browser.
 */
export function paintSheet(
  print: LabelSheetSample,
  { width, aspect }: Readonly<{ width: number; aspect: number }>,
): SheetPixels {
  const height = Math.max(1, Math.round(width * aspect));
  const size = width * height;
  const canvas = {
    width,
    height,
    data: new Uint8Array(4 * size).fill(255),
    cover: new Float32Array(size),
  };
  const colors = print.colors.map((color): Rgb => {
    const byte = (v: number): number => Math.round(255 * srgbFromLinear(v));
    return [byte(color[0]), byte(color[1]), byte(color[2])];
  });
  for (const shape of layOutSheet(print, aspect)) {
    const color = colors[shape.color] ?? [0, 0, 0];
    if (shape.kind === 'box') paintBox(canvas, shape, color);
    else paintText(canvas, shape, color);
  }
  return { width, height, data: canvas.data };
}

/** Share of the pixel [i, i + 1] that lies within [from, to]. */
const overlap = (i: number, from: number, to: number): number =>
  Math.max(0, Math.min(i + 1, to) - Math.max(i, from));

function paintBox(canvas: Canvas, shape: Extract<PrintedShape, { kind: 'box' }>, color: Rgb): void {
  const { width, height } = canvas;
  const [left, top] = [shape.x * width, shape.y * width];
  const [right, bottom] = [left + shape.width * width, top + shape.height * width];
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, bottom); y++) {
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, right); x++) {
      blend(canvas, [x, y], { color, share: overlap(x, left, right) * overlap(y, top, bottom) });
    }
  }
}

function paintText(
  canvas: Canvas,
  shape: Extract<PrintedShape, { kind: 'text' }>,
  color: Rgb,
): void {
  const { width, height, cover } = canvas;
  const unit = (shape.size * width) / UNITS_PER_SIZE;
  const radius = ((shape.bold ? BOLD_UNITS : STROKE_UNITS) * unit) / 2;
  const [left, base] = [shape.x * width, shape.y * width];
  cover.fill(0);
  for (const { x, path } of layOutText(shape.text)) {
    for (const line of flattenPath(path)) {
      const points = line.map(([px, py]) => [left + (x + px) * unit, base + py * unit] as const);
      stroke(canvas, points, radius);
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const share = cover[y * width + x] ?? 0;
      if (share > 0) blend(canvas, [x, y], { color, share });
    }
  }
}

/** Marks what a round pen covers along a line: half where its rim is on a pixel's middle. */
function stroke({ width, height, cover }: Canvas, line: Polyline, radius: number): void {
  for (let i = 0; i + 1 < line.length; i++) {
    const [ax, ay] = line[i] ?? [0, 0];
    const [bx, by] = line[i + 1] ?? [0, 0];
    const [dx, dy] = [bx - ax, by - ay];
    const square = dx * dx + dy * dy;
    const reach = radius + 1;
    const y1 = Math.min(height - 1, Math.ceil(Math.max(ay, by) + reach));
    const x1 = Math.min(width - 1, Math.ceil(Math.max(ax, bx) + reach));
    for (let y = Math.max(0, Math.floor(Math.min(ay, by) - reach)); y <= y1; y++) {
      for (let x = Math.max(0, Math.floor(Math.min(ax, bx) - reach)); x <= x1; x++) {
        const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
        const t = square > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / square)) : 0;
        const [ox, oy] = [px - t * dx, py - t * dy];
        const share = Math.min(1, Math.max(0, radius + 0.5 - Math.sqrt(ox * ox + oy * oy)));
        const at = y * width + x;
        cover[at] = Math.max(cover[at] ?? 0, Math.min(share, 2 * radius));
      }
    }
  }
}

function blend(
  { width, height, data }: Canvas,
  [x, y]: readonly [number, number],
  { color, share }: Readonly<{ color: Rgb; share: number }>,
): void {
  const at = 4 * ((height - 1 - y) * width + x);
  for (let c = 0; c < 3; c++) {
    const before = data[at + c] ?? 0;
    data[at + c] = Math.round(before + share * ((color[c] ?? 0) - before));
  }
}
