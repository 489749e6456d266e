import { UsageError } from '../core/errors.ts';
import type { Size, Vec2 } from '../core/geometry.ts';
import { legendHeight, type LegendEntry } from './sheet-legend.ts';

/** A sheet wider or higher than this is refused: few programs open it. */
const MAX_SIDE = 16384;
const MAX_PIXELS = 100_000_000;
/** The shape that a sheet is to have where nobody asks for columns: width to height. */
const WANTED_ASPECT = 1.5;
/** Cost of an empty last row, beside that of a shape e times as wide as wanted, which is 1. */
const EMPTY_ROW_COST = 0.6;

/** Lengths around and between pictures, points. */
export const SHEET_POINTS = { margin: 26, gap: 10, header: 58, caption: 24 } as const;
/** Width of a sheet whose points are pixels. */
const POINT_WIDTH = 1500;
const POINT_LEAST = 0.75;

/** What stands on a sheet. */
export type SheetRequest = Readonly<{
  frames: number;
  /** Pictures of a frame, side by side. */
  picturesPerFrame: number;
  /** Of one picture, pixels. */
  picture: Size;
  /** Frames side by side; null to choose. */
  columns: number | null;
  legend: readonly LegendEntry[];
}>;

/** Where everything stands on a sheet, pixels. */
export type SheetLayout = Readonly<{
  size: Size;
  columns: number;
  rows: number;
  /** Upper left corner of the first picture of each frame. */
  cells: readonly Vec2[];
  /** Pictures of a frame together. */
  cell: Size;
  /** Where the legend begins. */
  legendTop: number;
  /** Pixels of a point: text grows with the sheet, which is looked at as a whole. */
  point: number;
}>;

function layOutColumns(request: SheetRequest, columns: number): SheetLayout {
  const { frames, picturesPerFrame, picture, legend } = request;
  const cell = { width: picturesPerFrame * picture.width, height: picture.height };
  const point = Math.max(POINT_LEAST, (columns * cell.width) / POINT_WIDTH);
  const margin = Math.round(SHEET_POINTS.margin * point);
  const gap = Math.round(SHEET_POINTS.gap * point);
  const top = margin + Math.round(SHEET_POINTS.header * point);
  const pitch = cell.height + Math.round(SHEET_POINTS.caption * point) + gap;
  const rows = Math.ceil(frames / columns);
  const width = 2 * margin + columns * cell.width + (columns - 1) * gap;
  const legendTop = top + rows * pitch - gap;
  const footer = Math.round(legendHeight(legend, (width - 2 * margin) / point) * point);
  return {
    size: { width, height: legendTop + footer + margin },
    columns,
    rows,
    cells: Array.from({ length: frames }, (_, i) => [
      margin + (i % columns) * (cell.width + gap),
      top + Math.floor(i / columns) * pitch,
    ]),
    cell,
    legendTop,
    point,
  };
}

/** The layout that is nearest to {@link WANTED_ASPECT}; on equal terms the one with a full last row. */
function chooseLayout(request: SheetRequest): SheetLayout {
  let best: { layout: SheetLayout; cost: number } | null = null;
  for (let columns = 1; columns <= request.frames; columns++) {
    const layout = layOutColumns(request, columns);
    const { width, height } = layout.size;
    const empty = (columns - (request.frames % columns)) % columns;
    const shape = Math.abs(Math.log(width / height / WANTED_ASPECT));
    const cost = shape + EMPTY_ROW_COST * (empty / columns);
    if (best === null || cost < best.cost) best = { layout, cost };
  }
  return best?.layout ?? layOutColumns(request, 1);
}

/**
 * Lays a contact sheet out: a title, rows of frames from the upper left with a caption under each, and a
 * legend.
 *
 * @throws UsageError where the sheet would be too large to be of use.
 */
export function layOutSheet(request: SheetRequest): SheetLayout {
  const { columns, frames } = request;
  const layout =
    columns === null ? chooseLayout(request) : layOutColumns(request, Math.min(columns, frames));
  const { width, height } = layout.size;
  if (Math.max(width, height) <= MAX_SIDE && width * height <= MAX_PIXELS) return layout;
  throw new UsageError(
    `--sheet: ${frames} frames in ${layout.columns} columns make ${width}×${height} pixels, expected at ` +
      `most ${MAX_SIDE} a side and ${MAX_PIXELS / 1e6} million in all. Choose fewer --frames, other ` +
      '--columns or a smaller --width.',
  );
}
