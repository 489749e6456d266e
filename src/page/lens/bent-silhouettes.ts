import type { Size } from '#shared/core/geometry';
import { guardBandOf } from '#shared/plan/guard-band';
import { projectRay } from '#shared/core/pinhole';
import { WIDEST_TANGENT } from '#shared/core/lens-limits';
import { placeInSource, type SourceView } from '#shared/plan/source-view';
import { clampRect, type Extent, type Rect } from '../passes/project-box.ts';

/** What a guard band holds where no ray falls on a pixel, and where nobody has looked yet. */
const NOWHERE = -1e9;
/** Points on each side of a rectangle that is bent. */
const SIDE_POINTS = 128;

/** An instance's place: where it is drawn in the source, and the pixels of the image that look there. */
export type BentTile = Readonly<{
  /** In the source. */
  tile: Rect;
  /** In the image, its guard band included. */
  imageTile: Rect;
  /** [h, w] of `imageTile`: the pixel of `tile` that it looks through, −1 where there is none. */
  cells: Int32Array;
  clipped: boolean;
}>;

/** Where the pixels of an image and its guard band look in the source; those beside the image as they are asked for. */
export class BentGuard {
  readonly #source: SourceView;
  readonly #size: Size;
  readonly #guard: Rect;
  /** Rows of the guard band: x and y in the source, for each column. */
  readonly #rows = new Map<number, Float32Array>();

  /** @param guardBand Its width on each side, in image sizes. */
  constructor(source: SourceView, size: Size, guardBand: number) {
    this.#source = source;
    this.#size = size;
    this.#guard = guardBandOf(size, guardBand);
  }

  /** What is known of the guard band takes so many bytes by now. */
  get bytes(): number {
    return this.#rows.size * this.#guard[2] * 2 * Float32Array.BYTES_PER_ELEMENT;
  }

  /** The tile of what appears within extents of the source; null where no pixel looks there. */
  tileOf(extents: readonly Extent[]): BentTile | null {
    const { fx, fy, cx, cy } = this.#source.sourceIntrinsics;
    const whole: Rect = [
      Math.floor(cx - WIDEST_TANGENT * fx),
      Math.floor(cy - WIDEST_TANGENT * fy),
      Math.ceil(2 * WIDEST_TANGENT * fx),
      Math.ceil(2 * WIDEST_TANGENT * fy),
    ];
    const rect = clampRect(extents, whole);
    if (rect === null) return null;
    const { tile, clipped } = rect;
    const bent = this.#bend(tile);
    const [x, y, width, height] = bent.rect;
    if (width === 0 || height === 0) return null;
    const cells = new Int32Array(width * height).fill(-1);
    let [least, most, top, bottom, some] = [Infinity, -1, Infinity, -1, false];
    for (let v = 0, at = 0; v < height; v++)
      for (let u = 0; u < width; u++, at++) {
        const cell = this.#cellOf(x + u, y + v, tile);
        if (cell < 0) continue;
        cells[at] = cell;
        some = true;
        const [column, row] = [cell % tile[2], Math.floor(cell / tile[2])];
        [least, most] = [Math.min(least, column), Math.max(most, column)];
        [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
      }
    if (!some) return null;
    // Only what is looked at is drawn.
    const drawn: Rect = [tile[0] + least, tile[1] + top, most - least + 1, bottom - top + 1];
    for (const [at, cell] of cells.entries()) {
      if (cell < 0) continue;
      const [column, row] = [cell % tile[2], Math.floor(cell / tile[2])];
      cells[at] = (row - top) * drawn[2] + column - least;
    }
    return { tile: drawn, imageTile: bent.rect, cells, clipped: clipped || bent.clipped };
  }

  /** The ray that a pixel of the image asks for: x, y at depth 1. */
  rayOf(x: number, y: number): readonly [number, number] {
    const { sourceIntrinsics, sourceSize, rays } = this.#source;
    const [sourceX, sourceY] = this.#placeOf(x, y);
    if (this.#isInImage(x, y)) {
      const cell = (Math.floor(sourceY) * sourceSize.width + Math.floor(sourceX)) * 2;
      return [rays[cell] ?? NaN, rays[cell + 1] ?? NaN];
    }
    const { fx, fy, cx, cy } = sourceIntrinsics;
    return [(sourceX - cx) / fx, (sourceY - cy) / fy];
  }

  /** The pixels of the guard band in which a rectangle of the source appears. */
  #bend([x, y, width, height]: Rect): Readonly<{ rect: Rect; clipped: boolean }> {
    const [left, top, across, down] = this.#guard;
    const { intrinsics, sourceIntrinsics } = this.#source;
    const { fx, fy, cx, cy } = sourceIntrinsics;
    const corners = [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ] as const;
    const points = corners.flatMap(([fromX, fromY], i) => {
      const [toX, toY] = corners[(i + 1) % 4] ?? [fromX, fromY];
      return Array.from({ length: SIDE_POINTS }, (_, k) => {
        const share = k / SIDE_POINTS;
        const [sx, sy] = [fromX + share * (toX - fromX), fromY + share * (toY - fromY)];
        return projectRay(intrinsics, [(sx - cx) / fx, (sy - cy) / fy, 1]);
      });
    });
    if (points.some((point) => point === null)) return { rect: this.#guard, clipped: true };
    const shown = points.filter((point) => point !== null);
    const gap = shown.reduce((widest, [px, py], i) => {
      const [qx, qy] = shown[(i + 1) % shown.length] ?? [px, py];
      return Math.max(widest, Math.abs(qx - px), Math.abs(qy - py));
    }, 1);
    const [xs, ys] = [shown.map(([px]) => px), shown.map(([, py]) => py)];
    const limit = (value: number, from: number, to: number): number =>
      Math.min(Math.max(value, from), to);
    const x0 = limit(Math.floor(Math.min(...xs) - gap), left, left + across);
    const x1 = limit(Math.ceil(Math.max(...xs) + gap), left, left + across);
    const y0 = limit(Math.floor(Math.min(...ys) - gap), top, top + down);
    const y1 = limit(Math.ceil(Math.max(...ys) + gap), top, top + down);
    // The tile has a pixel more on each side, which may stick out without anything in it.
    const clipped =
      Math.min(...xs) < left - 1 ||
      Math.max(...xs) > left + across + 1 ||
      Math.min(...ys) < top - 1 ||
      Math.max(...ys) > top + down + 1;
    return { rect: [x0, y0, x1 - x0, y1 - y0], clipped };
  }

  #isInImage(x: number, y: number): boolean {
    return x >= 0 && y >= 0 && x < this.#size.width && y < this.#size.height;
  }

  #placeOf(x: number, y: number): readonly [number, number] {
    if (this.#isInImage(x, y)) {
      const at = (y * this.#size.width + x) * 4;
      return [this.#source.places[at] ?? NaN, this.#source.places[at + 1] ?? NaN];
    }
    const [left, , across] = this.#guard;
    let row = this.#rows.get(y);
    if (row === undefined) {
      row = new Float32Array(across * 2).fill(NaN);
      this.#rows.set(y, row);
    }
    const at = (x - left) * 2;
    if (Number.isNaN(row[at])) {
      const place = placeInSource(this.#source, x + 0.5, y + 0.5);
      row[at] = place?.[0] ?? NOWHERE;
      row[at + 1] = place?.[1] ?? NOWHERE;
    }
    return [row[at] ?? NaN, row[at + 1] ?? NaN];
  }

  #cellOf(x: number, y: number, [left, top, width, height]: Rect): number {
    const [sourceX, sourceY] = this.#placeOf(x, y);
    const [column, row] = [Math.floor(sourceX) - left, Math.floor(sourceY) - top];
    const inside = column >= 0 && row >= 0 && column < width && row < height;
    return inside ? row * width + column : -1;
  }
}
