import type { Size, Vec2 } from '../core/geometry.ts';
import { hexFromRgb, type Rgb } from './oklab.ts';
import { SHEET_POINTS, type SheetLayout } from './sheet-layout.ts';
import { legendShapes, type LegendEntry } from './sheet-legend.ts';
import { svgDocument, svgFromShapes, type Shape } from './shapes.ts';
import { textWidth } from './stroke-font.ts';

const GROUND: Rgb = [16, 19, 25];
const INK: Rgb = [238, 241, 246];
const FAINT: Rgb = [139, 149, 165];

/** Lengths in points. */
const RADIUS = 6;
const TITLE = { size: 30, baseline: 28, gap: 18 } as const;
const SUBTITLE_SIZE = 16;
const CAPTION = { size: 12.5, baseline: 18, indent: 2 } as const;

/** What is written on a sheet; a caption for each frame. */
export type SheetText = Readonly<{
  title: string;
  subtitle: string;
  captions: readonly string[];
  legend: readonly LegendEntry[];
}>;

/** A rectangle with round corners, as a part of a path. */
function roundRect([x, y]: Vec2, { width, height }: Size, radius: number): string {
  const r = Math.min(radius, width / 2, height / 2);
  const [w, h] = [width - 2 * r, height - 2 * r];
  const arc = (dx: number, dy: number): string => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return `M${x + r} ${y}h${w}${arc(r, r)}v${h}${arc(-r, r)}h${-w}${arc(-r, -r)}v${-h}${arc(r, -r)}z`;
}

/** The sheet's ground with a window for each frame. */
function groundPath({ size, cells, cell, point }: SheetLayout): string {
  const windows = cells.map((place) => roundRect(place, cell, RADIUS * point)).join('');
  const d = `M0 0H${size.width}V${size.height}H0Z${windows}`;
  return `<path fill-rule="evenodd" fill="${hexFromRgb(GROUND)}" d="${d}"/>`;
}

/** The largest size up to `size` at which a text is no wider than `width`. */
const fitSize = (text: string, size: number, width: number): number =>
  size * Math.min(1, width / Math.max(1e-9, textWidth(text, size)));

/** Everything of a sheet but its pictures: the ground, open where they are, and all that is written. */
export function drawSheet(layout: SheetLayout, text: SheetText): string {
  const { size, cells, cell, point, legendTop } = layout;
  const { margin } = SHEET_POINTS;
  const width = size.width / point - 2 * margin;
  const titleSize = fitSize(text.title, TITLE.size, width);
  const subtitleX = margin + textWidth(text.title, titleSize) + TITLE.gap;
  const subtitleSize = fitSize(text.subtitle, SUBTITLE_SIZE, margin + width - subtitleX);
  const y = margin + TITLE.baseline;
  const shapes: Shape[] = [
    { kind: 'text', x: margin, y, text: text.title, size: titleSize, color: INK },
  ];
  // A title that fills the line leaves no room worth writing in.
  if (subtitleSize > SUBTITLE_SIZE / 3) {
    const subtitle = { text: text.subtitle, size: subtitleSize, color: FAINT };
    shapes.push({ kind: 'text', x: subtitleX, y, ...subtitle });
  }
  for (const [i, caption] of text.captions.entries()) {
    const [left, top] = cells[i] ?? [0, 0];
    const place = {
      x: left / point + CAPTION.indent,
      y: (top + cell.height) / point + CAPTION.baseline,
    };
    shapes.push({ kind: 'text', ...place, text: caption, size: CAPTION.size, color: FAINT });
  }
  const legendPlace = { x: margin, y: legendTop / point, width };
  shapes.push(...legendShapes(text.legend, legendPlace, { name: INK, count: FAINT }));
  return svgDocument(
    size,
    `${groundPath(layout)}\n${svgFromShapes(shapes, { scale: point, point })}`,
  );
}
