import type { ShelfSpec } from '../config/arrangement-schema.ts';
import type { Vec2 } from '../core/geometry.ts';
import { containsPolygon } from './ground-plan.ts';
import { isClear, obstaclesOf } from './keep-clear.ts';
import { refuseSinking, type Stand, standNow, sweepStand } from './place-on-surface.ts';
import type { Placed, PlacementContext, SizedModel } from './placement.ts';
import { requireRange } from './require-range.ts';
import { findSurface, frameOf, type SurfaceFrame } from './surfaces.ts';

/** How far on the next place is tried, where one is not free, metres. */
const STEP = 0.01;

/** What touches may overlap by this much, metres. */
const ROUNDING = 1e-9;

/** Where the next object goes: board, row, and its left and front edge in the frame of the board. */
type Cursor = Readonly<{ board: number; row: number; left: number; front: number; depth: number }>;

/** What is tried with one object: where its plan begins and ends, in the frame of a board. */
type Extent = Readonly<{ min: Vec2; max: Vec2 }>;

/** Puts the objects of one group side by side in rows on its boards; a filler is of one frame and group. */
export class ShelfFiller {
  readonly #spec: ShelfSpec;
  #cursor: Cursor | null = null;

  constructor(spec: ShelfSpec) {
    this.#spec = spec;
  }

  /** The next free place that holds the model, in order; null where none of those left does, which leaves them free. */
  place(context: PlacementContext, sized: SizedModel): Placed | null {
    const { sampler, course } = context;
    const { path } = sized;
    refuseSinking(course, path);
    const gapPath = `${path}.gapMeters`;
    const gap = requireRange(sampler.number(this.#spec.gapMeters, gapPath), gapPath, [0, 1e4]);
    const yaw = sampler.number(this.#spec.yawDegrees, `${path}.yawDegrees`);
    const boards = this.#spec.surfaces.map((name) => {
      const surface = findSurface(context.ground, name, path);
      const frame = frameOf(surface);
      const margin = this.#spec.marginMeters;
      const inner = extentIn(frame, surface.polygon);
      const obstacles = obstaclesOf(context, name);
      return { surface, frame, obstacles, inner: shrink(inner, margin) };
    });
    let cursor = this.#cursor ?? startOf(boards[0]?.inner, 0);
    for (let attempt = 0; attempt < context.attempts && cursor !== null; attempt++) {
      const board = boards[cursor.board];
      if (!board) return null;
      const { surface, frame, obstacles, inner } = board;
      const standAt = (at: Vec2): Stand => ({
        sized,
        spot: { at, yawDegrees: frame.yawDegrees + yaw },
        bottom: surface.height,
        pivot: at,
      });
      const plan = extentIn(frame, sweepStand(standAt(frame.toWorld([0, 0])), course).polygon);
      const [width, depth] = [plan.max[0] - plan.min[0], plan.max[1] - plan.min[1]];
      if (cursor.front - depth < inner.min[1]) {
        cursor = startOf(boards[cursor.board + 1]?.inner, cursor.board + 1);
        continue;
      }
      if (cursor.left + width > inner.max[0]) {
        cursor =
          this.#nextRow(cursor, inner) ??
          startOf(boards[cursor.board + 1]?.inner, cursor.board + 1);
        continue;
      }
      const at = frame.toWorld([cursor.left - plan.min[0], cursor.front - plan.max[1]]);
      const stand = standAt(at);
      const room = sweepStand(stand, course);
      const clear =
        containsPolygon(surface.polygon, room.polygon, this.#spec.marginMeters - ROUNDING) &&
        isClear(context, room, { obstacles, spacing: -ROUNDING });
      if (!clear) {
        sampler.reject(path);
        cursor = { ...cursor, left: cursor.left + STEP };
        continue;
      }
      const left = cursor.left + width + gap;
      this.#cursor = { ...cursor, left, depth: Math.max(cursor.depth, depth) };
      return standNow(stand, course);
    }
    return null;
  }

  #nextRow(cursor: Cursor, inner: Extent): Cursor | null {
    // A row in which nothing stands begins again a little further back: a round rim has no front edge.
    if (cursor.depth === 0) return { ...cursor, left: inner.min[0], front: cursor.front - STEP };
    if (cursor.row + 1 >= this.#spec.rows) return null;
    return {
      board: cursor.board,
      row: cursor.row + 1,
      left: inner.min[0],
      front: cursor.front - cursor.depth - this.#spec.rowGapMeters,
      depth: 0,
    };
  }
}

function startOf(inner: Extent | undefined, board: number): Cursor | null {
  return inner ? { board, row: 0, left: inner.min[0], front: inner.max[1], depth: 0 } : null;
}

function extentIn(frame: SurfaceFrame, polygon: readonly Vec2[]): Extent {
  const points = polygon.map(frame.fromWorld);
  const xs = points.map(([x]) => x);
  const zs = points.map(([, z]) => z);
  return { min: [Math.min(...xs), Math.min(...zs)], max: [Math.max(...xs), Math.max(...zs)] };
}

const shrink = ({ min, max }: Extent, by: number): Extent => ({
  min: [min[0] + by, min[1] + by],
  max: [max[0] - by, max[1] - by],
});
