import type { Vec3 } from './geometry.ts';

/** Parts into which each piece of a curve is cut to measure it. */
const PARTS = 16;
/** Halvings that find a place by its length: to a part's 2⁻⁴⁰. */
const HALVINGS = 40;
/** Abscissae and weights of Gauss and Legendre over −1..1, five points (Abramowitz and Stegun, table 25.4). */
const GAUSS = [
  [0, 0.5688888888888889],
  [0.5384693101056831, 0.47862867049936647],
  [-0.5384693101056831, 0.47862867049936647],
  [0.906179845938664, 0.23692688505618908],
  [-0.906179845938664, 0.23692688505618908],
] as const;

/** A cubic from one waypoint to the next: its ends, and its derivatives there, over 0..1. */
type Piece = Readonly<{ from: Vec3; to: Vec3; leaves: Vec3; arrives: Vec3 }>;

/** A point of a curve and the way along it, a unit vector. */
export type CurvePoint = Readonly<{ point: Vec3; along: Vec3 }>;

const combine = (...terms: readonly (readonly [number, Vec3])[]): Vec3 => {
  const along = (axis: 0 | 1 | 2): number => terms.reduce((sum, [k, v]) => sum + k * v[axis], 0);
  return [along(0), along(1), along(2)];
};
const lengthOf = ([x, y, z]: Vec3): number => Math.sqrt(x * x + y * y + z * z);
const distance = (a: Vec3, b: Vec3): number => lengthOf(combine([1, b], [-1, a]));

/**
 * A smooth curve through waypoints, which it passes without cusps or loops of its own: the centripetal
 * Catmull–Rom spline (C. Yuksel, S. Schaefer, J. Keyser, Parameterization and Applications of Catmull–Rom
 * Curves, CAD 43, 2011), by the length run along it. Straight on at the ends of an open one.
 */
export class Spline {
  readonly #pieces: readonly Piece[];
  /** Length up to the end of each part of each piece. */
  readonly #lengths: readonly number[];

  /** @throws RangeError with fewer than two waypoints (three of a closed curve), or two in one place in a row. */
  constructor(waypoints: readonly Vec3[], closed: boolean) {
    const n = waypoints.length;
    if (n < (closed ? 3 : 2)) throw new RangeError(`expected at least ${closed ? 3 : 2} waypoints`);
    const at = (i: number): Vec3 => {
      const inside = waypoints[closed ? (i + n) % n : i];
      if (inside) return inside;
      const [end, before] = i < 0 ? [0, 1] : [n - 1, n - 2];
      return combine([2, waypoints[end] ?? [0, 0, 0]], [-1, waypoints[before] ?? [0, 0, 0]]);
    };
    this.#pieces = Array.from({ length: closed ? n : n - 1 }, (_, i) =>
      pieceBetween([at(i - 1), at(i), at(i + 1), at(i + 2)]),
    );
    let length = 0;
    this.#lengths = this.#pieces.flatMap((piece) =>
      Array.from({ length: PARTS }, (_, part) => {
        length += lengthWithin(piece, part / PARTS, (part + 1) / PARTS);
        return length;
      }),
    );
  }

  /** Metres. */
  get length(): number {
    return this.#lengths.at(-1) ?? 0;
  }

  /** The point after so many metres, 0..{@link Spline.length}. */
  at(meters: number): CurvePoint {
    const part = Math.max(
      0,
      this.#lengths.findIndex((length) => length >= meters),
    );
    const beyond = meters > this.length ? this.#lengths.length - 1 : part;
    const piece = this.#pieces[Math.floor(beyond / PARTS)];
    if (!piece) throw new RangeError('expected a curve of at least one piece');
    const start = (beyond % PARTS) / PARTS;
    const rest = meters - (this.#lengths[beyond - 1] ?? 0);
    let [low, high] = [start, start + 1 / PARTS];
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (low + high) / 2;
      if (lengthWithin(piece, start, middle) < rest) low = middle;
      else high = middle;
    }
    const t = (low + high) / 2;
    const speed = speedAt(piece, t);
    return { point: pointAt(piece, t), along: combine([1 / lengthOf(speed), speed]) };
  }
}

/** The piece from the second to the third of four waypoints. */
function pieceBetween([before, from, to, after]: readonly [Vec3, Vec3, Vec3, Vec3]): Piece {
  const [d0, d1, d2] = [distance(before, from), distance(from, to), distance(to, after)];
  if (!(d0 > 1e-9 && d1 > 1e-9 && d2 > 1e-9))
    throw new RangeError('expected waypoints that follow each other to lie apart');
  const [k0, k1, k2] = [Math.sqrt(d0), Math.sqrt(d1), Math.sqrt(d2)];
  const leaves = combine(
    [k1 / k0, from],
    [-k1 / k0, before],
    [-k1 / (k0 + k1), to],
    [k1 / (k0 + k1), before],
    [1, to],
    [-1, from],
  );
  const arrives = combine(
    [1, to],
    [-1, from],
    [-k1 / (k1 + k2), after],
    [k1 / (k1 + k2), from],
    [k1 / k2, after],
    [-k1 / k2, to],
  );
  return { from, to, leaves, arrives };
}

/** The cubic of Hermite. */
function pointAt({ from, to, leaves, arrives }: Piece, t: number): Vec3 {
  const [t2, t3] = [t * t, t * t * t];
  return combine(
    [2 * t3 - 3 * t2 + 1, from],
    [t3 - 2 * t2 + t, leaves],
    [3 * t2 - 2 * t3, to],
    [t3 - t2, arrives],
  );
}

function speedAt({ from, to, leaves, arrives }: Piece, t: number): Vec3 {
  const t2 = t * t;
  return combine(
    [6 * t2 - 6 * t, from],
    [3 * t2 - 4 * t + 1, leaves],
    [6 * t - 6 * t2, to],
    [3 * t2 - 2 * t, arrives],
  );
}

function lengthWithin(piece: Piece, from: number, to: number): number {
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  return GAUSS.reduce(
    (sum, [x, w]) => sum + w * half * lengthOf(speedAt(piece, middle + half * x)),
    0,
  );
}
