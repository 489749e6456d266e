import { PlaneGeometry, type BufferGeometry } from 'three';
import { deformed } from './solid.ts';

/** A leaf of no thickness, to be drawn from both sides; lengths in mm, angles in radians. */
export interface LeafSheetSpec {
  length: number;
  width: number;
  /** Share of the width at t, from 0 at the stalk to 1 at the tip. */
  outline: (t: number) => number;
  /** Lean of its foot from upright, and how much further the tip bends over. */
  lean: number;
  bend: number;
  /** Rise of the edges above the midrib, as a share of the half width. */
  fold: number;
  /** Height of the waves of its edges, mm. */
  wave?: number;
  steps?: number;
}

/**
 * A leaf that grows from the origin and leans towards +Z. Its outline is its mesh and no cut in a texture, so
 * that it keeps its width however far away it is. u runs across it, v to the tip.
 */
export function leafSheet(spec: LeafSheetSpec): BufferGeometry {
  const { length, bend, steps = 6, wave = 0 } = spec;
  const sheet = new PlaneGeometry(1, 1, 2, steps).translate(0, 0.5, 0);
  return deformed(
    sheet,
    (p) => {
      const t = p.y;
      const half = p.x * spec.width * spec.outline(t);
      const angle = spec.lean + bend * t;
      // The midrib is the arc of a circle: its tangent turns by `bend` from foot to tip.
      const [along, out] = arc(spec.lean, bend, t);
      const rise = Math.abs(half) * spec.fold + wave * (p.x * 2) * Math.sin(t * 17 + p.x * 3);
      p.set(half, length * along + rise * Math.sin(angle), length * out - rise * Math.cos(angle));
    },
    180,
  );
}

/** Height and reach of an arc of length t that leaves the upright by `lean` and turns by `bend` over length 1. */
function arc(lean: number, bend: number, t: number): readonly [up: number, out: number] {
  if (Math.abs(bend) < 1e-6) return [t * Math.cos(lean), t * Math.sin(lean)];
  const end = lean + bend * t;
  return [(Math.sin(end) - Math.sin(lean)) / bend, (Math.cos(lean) - Math.cos(end)) / bend];
}

/** Outlines of leaves: shares of the width from stalk to tip. */
export const OUTLINES = {
  /** A blade on a stalk, broadest above its middle. */
  stalked: (t: number): number =>
    t < 0.3 ? 0.13 : Math.max(0.02, Math.sin(Math.PI * ((t - 0.3) / 0.7) ** 0.85) ** 0.7),
  broad: (t: number): number =>
    0.25 + 0.75 * Math.sin(Math.PI * Math.min(1, 0.1 + 0.87 * t) ** 1.1),
  sword: (t: number): number => Math.max(0.03, (0.55 + 0.9 * t) * (1 - t ** 2.2)),
  lance: (t: number): number => Math.max(0.04, Math.sin(Math.PI * (0.06 + 0.92 * t)) ** 0.8),
  toothed: (t: number): number =>
    Math.max(0.05, (Math.round(t * 10) % 2 === 0 ? 0.45 : 1) * (1 - t) ** 0.6 * (0.4 + t)),
} as const;
