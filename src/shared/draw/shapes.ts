import { hexFromRgb, type Rgb } from './oklab.ts';
import { layOutText, STROKE_UNITS, UNITS_PER_SIZE } from './stroke-font.ts';
import type { Loop } from './trace-outline.ts';

/** What is painted, and how; opacities are 0..1. */
export type Paint = Readonly<{
  fill?: Rgb | undefined;
  fillOpacity?: number | undefined;
  stroke?: Rgb | undefined;
  strokeOpacity?: number | undefined;
  /** Points of the picture that is made, whatever the scale. */
  strokeWidth?: number | undefined;
  /** Length of dashes and of the gaps between them, points; absent for a line without gaps. */
  dash?: number | undefined;
}>;

/** A thing to draw. Places are in the coordinates of its owner; widths, radii and sizes of text in points. */
export type Shape =
  | (Readonly<{ kind: 'loops'; loops: readonly Loop[] }> & Paint)
  | (Readonly<{ kind: 'line'; points: Loop }> & Paint)
  | (Readonly<{
      kind: 'rect';
      x: number;
      y: number;
      width: number;
      height: number;
      radius?: number | undefined;
    }> &
      Paint)
  | (Readonly<{ kind: 'dot'; x: number; y: number; radius: number }> & Paint)
  | Readonly<{
      kind: 'text';
      /** The beginning of the baseline. */
      x: number;
      y: number;
      text: string;
      size: number;
      color: Rgb;
      opacity?: number | undefined;
    }>;

/** From a shape's coordinates to output pixels, and output pixels of a point. */
export type Scale = Readonly<{ scale: number; point: number }>;

/** Two decimals are a hundredth of a pixel. */
const n = (value: number): string => String(Math.round(value * 100) / 100);

function paintOf(paint: Paint, point: number): string {
  const { fill, fillOpacity = 1, stroke, strokeOpacity = 1, strokeWidth = 1, dash } = paint;
  const parts = [fill === undefined ? 'fill="none"' : `fill="${hexFromRgb(fill)}"`];
  if (fill !== undefined && fillOpacity < 1) parts.push(`fill-opacity="${n(fillOpacity)}"`);
  if (stroke !== undefined) {
    parts.push(`stroke="${hexFromRgb(stroke)}" stroke-width="${n(strokeWidth * point)}"`);
    if (dash !== undefined)
      parts.push(`stroke-dasharray="${n(dash * point)}" stroke-linecap="butt"`);
    if (strokeOpacity < 1) parts.push(`stroke-opacity="${n(strokeOpacity)}"`);
  }
  return parts.join(' ');
}

function pathOf(points: Loop, scale: number): string {
  const parts: string[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    parts.push(`${n((points[i] ?? 0) * scale)} ${n((points[i + 1] ?? 0) * scale)}`);
  }
  return `M${parts.join('L')}`;
}

function svgOf(shape: Shape, { scale, point }: Scale): string {
  switch (shape.kind) {
    case 'loops': {
      const d = shape.loops.map((loop) => `${pathOf(loop, scale)}Z`).join('');
      return `<path fill-rule="evenodd" d="${d}" ${paintOf(shape, point)}/>`;
    }
    case 'line':
      return `<path d="${pathOf(shape.points, scale)}" ${paintOf(shape, point)}/>`;
    case 'rect': {
      const { x, y, width, height, radius = 0 } = shape;
      const place = `x="${n(x * scale)}" y="${n(y * scale)}" width="${n(width * scale)}" height="${n(height * scale)}"`;
      return `<rect ${place} rx="${n(radius * point)}" ${paintOf(shape, point)}/>`;
    }
    case 'dot': {
      const { x, y, radius } = shape;
      const place = `cx="${n(x * scale)}" cy="${n(y * scale)}" r="${n(radius * point)}"`;
      return `<circle ${place} ${paintOf(shape, point)}/>`;
    }
    case 'text': {
      const { x, y, text, size, color, opacity = 1 } = shape;
      const unit = (size * point) / UNITS_PER_SIZE;
      const place = `translate(${n(x * scale)} ${n(y * scale)}) scale(${unit})`;
      const d = layOutText(text)
        .map((glyph) => `<path transform="translate(${n(glyph.x)} 0)" d="${glyph.path}"/>`)
        .join('');
      const pen = `fill="none" stroke="${hexFromRgb(color)}" stroke-width="${STROKE_UNITS}"`;
      return `<g transform="${place}" ${pen} opacity="${n(opacity)}">${d}</g>`;
    }
  }
}

/** Shapes as elements of an SVG document, the first at the bottom. */
export function svgFromShapes(shapes: readonly Shape[], scale: Scale): string {
  return shapes.map((shape) => svgOf(shape, scale)).join('\n');
}

/** An SVG document of whole pixels; round joins and caps, so that no corner sticks out. */
export function svgDocument(
  { width, height }: Readonly<{ width: number; height: number }>,
  body: string,
): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" stroke-linejoin="round" stroke-linecap="round">\n${body}\n</svg>`
  );
}
