import { categoryColor } from './category-palette.ts';
import type { Rgb } from './oklab.ts';
import type { Shape } from './shapes.ts';
import { textWidth } from './stroke-font.ts';

/** A category on a sheet, and how many of its instances are there. */
export type LegendEntry = Readonly<{ categoryId: number; name: string; count: number }>;

/** Lengths in points. */
const LEGEND = { size: 14, swatch: 11, gap: 7, between: 20, line: 25, above: 6 } as const;

/** The count stands apart in a fainter colour. */
const COUNT_GAP = 6;

const entryWidth = ({ name, count }: LegendEntry): number =>
  LEGEND.swatch +
  LEGEND.gap +
  textWidth(name, LEGEND.size) +
  COUNT_GAP +
  textWidth(String(count), LEGEND.size);

type LegendPlace = Readonly<{ entry: LegendEntry; x: number; line: number }>;

/** Entries one after the other, in lines of a width. */
function placeEntries(legend: readonly LegendEntry[], width: number): readonly LegendPlace[] {
  let [x, line] = [0, 0];
  return legend.map((entry) => {
    const length = entryWidth(entry);
    if (x > 0 && x + length > width) [x, line] = [0, line + 1];
    const place = { entry, x, line };
    x += length + LEGEND.between;
    return place;
  });
}

/** Height of a legend in a width, points; 0 without entries. */
export function legendHeight(legend: readonly LegendEntry[], width: number): number {
  const last = placeEntries(legend, width).at(-1);
  return last === undefined ? 0 : LEGEND.above + (last.line + 1) * LEGEND.line;
}

/** A legend from its upper left corner on, points. */
export function legendShapes(
  legend: readonly LegendEntry[],
  at: Readonly<{ x: number; y: number; width: number }>,
  ink: Readonly<{ name: Rgb; count: Rgb }>,
): readonly Shape[] {
  const { size, swatch, gap, line: lineHeight } = LEGEND;
  return placeEntries(legend, at.width).flatMap(({ entry, x, line }): readonly Shape[] => {
    const left = at.x + x;
    const baseline = at.y + LEGEND.above + (line + 1) * lineHeight - 8;
    const nameX = left + swatch + gap;
    const countX = nameX + textWidth(entry.name, size) + COUNT_GAP;
    const fill = categoryColor(entry.categoryId);
    const square = { x: left, y: baseline - swatch + 0.5, width: swatch, height: swatch };
    const text = { kind: 'text', y: baseline, size } as const;
    return [
      { kind: 'rect', ...square, radius: 3, fill },
      { ...text, x: nameX, text: entry.name, color: ink.name },
      { ...text, x: countX, text: String(entry.count), color: ink.count },
    ];
  });
}
