import type { Rgb } from './oklab.ts';
import type { Shape } from './shapes.ts';
import { CAP_UNITS, textWidth, UNITS_PER_SIZE } from './stroke-font.ts';

/** What colours mean: a bar from one end of a scale to the other, with marks. */
export type ScaleBar = Readonly<{
  /** Such as `m`; stands after the last mark. */
  unit: string;
  /** The colour at 0..1 along the bar. */
  colorAt: (x: number) => Rgb;
  /** Where along the bar a value stands, 0..1. */
  marks: readonly Readonly<{ at: number; text: string }>[];
}>;

/** Points. */
const BAR = { width: 190, height: 8, padding: 10, gap: 5, size: 11, margin: 10 } as const;
const SLICES = 64;
const PANEL: Rgb = [13, 16, 21];
const INK: Rgb = [240, 243, 247];

/**
 * A bar with its marks on a dark panel, in points, at the lower left of a picture of `height` points.
 *
 * @param lift points that it stands above the lower edge, for bars above one another.
 */
export function scaleBarShapes(bar: ScaleBar, height: number, lift = 0): readonly Shape[] {
  const capHeight = (BAR.size * CAP_UNITS) / UNITS_PER_SIZE;
  const unitWidth = textWidth(bar.unit, BAR.size);
  const panel = {
    x: BAR.margin,
    width: BAR.width + 2 * BAR.padding + unitWidth + BAR.gap,
    height: BAR.height + capHeight + BAR.gap + 2 * BAR.padding,
  };
  const y = height - BAR.margin - lift - panel.height;
  const left = panel.x + BAR.padding;
  const top = y + BAR.padding;
  const baseline = top + BAR.height + BAR.gap + capHeight;
  const slice = BAR.width / SLICES;
  const slices = Array.from({ length: SLICES }, (_, i): Shape => {
    const last = i === SLICES - 1;
    const fill = bar.colorAt((i + 0.5) / SLICES);
    // Each slice reaches under the next one: no seams.
    return {
      kind: 'rect',
      x: left + i * slice,
      y: top,
      width: slice * (last ? 1 : 1.5),
      height: BAR.height,
      fill,
    };
  });
  const marks = bar.marks.flatMap(({ at, text }): readonly Shape[] => {
    const x = left + at * BAR.width;
    const width = textWidth(text, BAR.size);
    const start = Math.min(Math.max(x - width / 2, left), left + BAR.width - width);
    const tick = [x, top + BAR.height, x, top + BAR.height + BAR.gap / 2];
    return [
      { kind: 'line', points: tick, stroke: INK, strokeWidth: 1 },
      { kind: 'text', x: start, y: baseline, text, size: BAR.size, color: INK },
    ];
  });
  const unitX = left + BAR.width + BAR.gap;
  return [
    { kind: 'rect', y, radius: 5, fill: PANEL, fillOpacity: 0.78, ...panel },
    ...slices,
    ...marks,
    { kind: 'text', x: unitX, y: baseline, text: bar.unit, size: BAR.size, color: INK },
  ];
}

/**
 * Round values (1, 2 or 5 times a power of ten) whose places along a bar are at least `spacing` apart,
 * ends of the scale left out where a round value is near.
 *
 * @param place of a value along the bar, 0..1, rising or falling throughout.
 */
export function roundMarks(
  [from, to]: readonly [number, number],
  place: (value: number) => number,
  spacing = 0.14,
): ScaleBar['marks'] {
  const values: number[] = [];
  for (let power = -4; power <= 6; power++) {
    for (const digit of [1, 1.5, 2, 3, 4, 5, 6, 8]) {
      const value = digit * 10 ** power;
      if (value >= from && value <= to) values.push(value);
    }
  }
  const marks: { at: number; text: string }[] = [];
  // Rounder values first: 1, then 2 and 5, then the others.
  const rank = (value: number): number => {
    const digit = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
    const order = [1, 2, 5, 3, 1.5, 4, 6, 8];
    return order.findIndex((candidate) => Math.abs(candidate - digit) < 1e-6);
  };
  for (const value of [...values].sort((a, b) => rank(a) - rank(b) || a - b)) {
    const at = place(value);
    if (marks.some((mark) => Math.abs(mark.at - at) < spacing)) continue;
    marks.push({ at, text: String(Number(value.toPrecision(6))) });
  }
  return marks.sort((a, b) => a.at - b.at);
}
