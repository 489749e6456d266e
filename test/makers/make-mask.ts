import type { Size } from '#shared/core/geometry';

/** A drawn image: ids [H, W] and its size. */
export type DrawnIds = Readonly<{ ids: Uint16Array; size: Size }>;

/**
 * An id image from a drawing, a row a line: `.` is 0, digits are themselves, letters a..z are 10..35.
 * Blank lines and spaces around lines do not count.
 */
export function makeIds(drawing: string): DrawnIds {
  const rows = drawing
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row !== '');
  const width = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== width)) throw new Error('expected rows of equal length');
  const ids = [...rows.join('')].map((char) => (char === '.' ? 0 : parseInt(char, 36)));
  if (ids.some(Number.isNaN)) throw new Error('expected ., digits and letters');
  return { ids: Uint16Array.from(ids), size: { width, height: rows.length } };
}

/** A mask from a drawing: `.` is outside, everything else inside. */
export function makeMask(drawing: string): Readonly<{ mask: Uint8Array; size: Size }> {
  const { ids, size } = makeIds(drawing);
  return { mask: Uint8Array.from(ids, (id) => (id === 0 ? 0 : 1)), size };
}

/**
 * COCO run lengths of a mask straight from the definition: read the pixels column by column into a
 * text of 0 and 1, and measure its stretches. Slow on purpose; shares nothing with the kernels.
 */
export function naiveCounts(mask: ArrayLike<number>, { width, height }: Size): number[] {
  let text = '';
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) text += mask[y * width + x] ? '1' : '0';
  }
  const stretches = (text.match(/0+|1+/g) ?? []).map((stretch) => stretch.length);
  return text.startsWith('1') ? [0, ...stretches] : stretches;
}

/** [x, y, width, height] of a mask by sorting its pixels' coordinates; null where it is empty. */
export function naiveBox(mask: ArrayLike<number>, { width }: Size): number[] | null {
  const inside = Array.from(mask).flatMap((value, at) => (value ? [at] : []));
  if (inside.length === 0) return null;
  const xs = inside.map((at) => at % width).sort((a, b) => a - b);
  const ys = inside.map((at) => Math.floor(at / width)).sort((a, b) => a - b);
  const span = (v: number[]): number => (v.at(-1) ?? 0) - (v[0] ?? 0) + 1;
  return [xs[0] ?? 0, ys[0] ?? 0, span(xs), span(ys)];
}
