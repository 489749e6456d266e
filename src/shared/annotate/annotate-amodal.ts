import { AnnotationError } from '../core/errors.ts';
import type { Size } from '../core/geometry.ts';
import type { AmodalAnnotation, Silhouette } from './annotations.ts';
import { compressCounts, type PixelBox } from './rle.ts';

/** What an instance shows: its pixels in the id image, and their number. */
export type VisiblePixels = Readonly<{
  /** [H, W] instance ids. */
  ids: Uint16Array;
  size: Size;
  area: number;
}>;

/**
 * What an instance would show alone, from its silhouette (labels.md §4). A visible pixel is an amodal one
 * by definition, so visible pixels are added to the silhouette: triangles that reach behind the camera are
 * cut by the rasteriser, which may differ by a pixel's edge between tile and image.
 * @throws AnnotationError where visible pixels lie outside the silhouette's tile.
 */
export function annotateAmodal(silhouette: Silhouette, visible: VisiblePixels): AmodalAnnotation {
  const mask = withVisible(silhouette, visible);
  const { area, segmentation } = encodeTile(mask, silhouette.tile, visible.size);
  const { bbox, area: silhouetteArea } = boxOfTile(mask, silhouette.tile);
  const visibility = visible.area / area;
  return {
    area,
    segmentation,
    bbox,
    silhouetteArea,
    silhouetteClipped: silhouette.clipped,
    visibility,
    occlusion: 1 - visibility,
    truncation: 1 - area / silhouetteArea,
  };
}

function withVisible(
  { mask, tile, instanceId }: Silhouette,
  { ids, size, area }: VisiblePixels,
): Uint8Array {
  const united = mask.slice();
  const [left, top, width] = tile;
  const { x0, x1, y0, y1 } = insideImage(tile, size);
  let found = 0;
  for (let y = y0; y < y1; y++) {
    const end = y * size.width + x1;
    let to = (y - top) * width + x0 - left;
    for (let from = y * size.width + x0; from < end; from++, to++) {
      if (ids[from] !== instanceId) continue;
      united[to] = 1;
      found++;
    }
  }
  if (found === area) return united;
  throw new AnnotationError(
    `instance ${instanceId}: expected its ${area} visible pixels in the tile [${tile.join(', ')}] of its silhouette, found ${found}.`,
  );
}

/** Columns x0..x1 and rows y0..y1 of a tile that lie in the image; the ends are not included. */
function insideImage(
  [x, y, width, height]: Silhouette['tile'],
  size: Size,
): Readonly<Record<'x0' | 'x1' | 'y0' | 'y1', number>> {
  return {
    x0: Math.max(0, x),
    x1: Math.min(size.width, x + width),
    y0: Math.max(0, y),
    y1: Math.min(size.height, y + height),
  };
}

/** Run-length encoding, and area, of the part of a tile that lies in the image. */
function encodeTile(
  mask: Uint8Array,
  tile: Silhouette['tile'],
  size: Size,
): Pick<AmodalAnnotation, 'area' | 'segmentation'> {
  const [left, top, width] = tile;
  const { x0, x1, y0, y1 } = insideImage(tile, size);
  const counts: number[] = [];
  let [end, area, open] = [0, 0, -1];
  const close = (position: number): void => {
    counts.push(open - end, position - open);
    area += position - open;
    [end, open] = [position, -1];
  };
  for (let x = x0; x < x1; x++) {
    let at = (y0 - top) * width + x - left;
    for (let y = y0; y < y1; y++, at += width) {
      if ((mask[at] !== 0) === open >= 0) continue;
      const position = x * size.height + y;
      if (open < 0) open = position;
      else close(position);
    }
    // A run goes on into the next column only where it reaches the bottom row, and that one the top row.
    const goesOn = y1 === size.height && y0 === 0;
    if (open >= 0 && !goesOn) close(x * size.height + y1);
  }
  if (open >= 0) close(x1 * size.height);
  const pixels = size.width * size.height;
  if (end < pixels || counts.length === 0) counts.push(pixels - end);
  return {
    area,
    segmentation: {
      size: [size.height, size.width],
      counts: compressCounts(Uint32Array.from(counts)),
    },
  };
}

function boxOfTile(
  mask: Uint8Array,
  [x, y, width, height]: Silhouette['tile'],
): Readonly<{ bbox: PixelBox; area: number }> {
  let [left, top, right, bottom, area] = [width, height, -1, -1, 0];
  for (let row = 0, at = 0; row < height; row++) {
    let [first, last] = [width, -1];
    for (let column = 0; column < width; column++, at++) {
      if (mask[at] === 0) continue;
      area++;
      if (last < 0) first = column;
      last = column;
    }
    if (last < 0) continue;
    left = Math.min(left, first);
    right = Math.max(right, last);
    top = Math.min(top, row);
    bottom = row;
  }
  return { bbox: [x + left, y + top, right - left + 1, bottom - top + 1], area };
}
