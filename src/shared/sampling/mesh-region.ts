import { SamplingError } from '../core/errors.ts';
import type { Bounds, Mat4, Triangles, Vec2, Vec3 } from '../core/geometry.ts';
import { cos, DEGREE } from '../core/portable-math.ts';
import { poseTriangles, triangleAt, TriangleTree } from '../core/triangle-tree.ts';
import { centroidOf, type GroundPolygon } from './ground-plan.ts';

/** What heights may be off by, metres. */
const ROUNDING = 1e-9;

/** A point of a mesh and the outside of its face there, a unit vector, world. */
export type MeshPoint = Readonly<{ point: Vec3; normal: Vec3 }>;

/** Where something is to stand: a point, its up, and the axes of its plan; unit vectors, world. */
export type SeatFrame = Readonly<{ origin: Vec3; up: Vec3; right: Vec3; front: Vec3 }>;

const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** The triangles of a mesh where a frame has it, and those among them that objects may stand on. */
export class MeshRegion {
  readonly #tree: TriangleTree;
  readonly #usable: readonly Readonly<{ triangle: number; normal: Vec3 }>[];
  /** Area of the usable triangles up to and with each, square metres. */
  readonly #areas: Float64Array;

  /** @throws SamplingError, at `path`, where no face is within `maxSlopeDegrees` of level. */
  constructor(
    triangles: Triangles,
    worldFromMesh: Mat4,
    {
      maxSlopeDegrees,
      name,
      path,
    }: Readonly<{ maxSlopeDegrees: number; name: string; path: string }>,
  ) {
    const corners = poseTriangles(triangles, worldFromMesh);
    this.#tree = new TriangleTree(corners);
    const level = cos(maxSlopeDegrees * DEGREE) - ROUNDING;
    const usable: Readonly<{ triangle: number; normal: Vec3 }>[] = [];
    const areas: number[] = [];
    let total = 0;
    for (let triangle = 0; triangle < corners.length / 9; triangle++) {
      const [a, b, c] = triangleAt(corners, triangle);
      const twice = crossOf(a, b, c);
      const length = Math.sqrt(dot(twice, twice));
      if (!(length > 0) || twice[1] / length < level) continue;
      const normal: Vec3 = [twice[0] / length, twice[1] / length, twice[2] / length];
      usable.push({ triangle, normal });
      total += length / 2;
      areas.push(total);
    }
    if (usable.length === 0)
      throw new SamplingError(
        `${path}: no face of "${name}" is within ${maxSlopeDegrees}° of level. Raise maxSlopeDegrees, or place the objects elsewhere.`,
      );
    this.#usable = usable;
    this.#areas = Float64Array.from(areas);
  }

  /** Area that objects may stand on, square metres. */
  get area(): number {
    return this.#areas.at(-1) ?? 0;
  }

  /** Uniform over the usable area for uniform numbers in [0, 1) (G. Turk, Graphics Gems, 1990). */
  pointAt(u: number, v: number, w: number): MeshPoint {
    const chosen = this.#usable[this.#firstAbove(u * this.area)];
    if (!chosen) throw new RangeError('expected a number in [0, 1)');
    const [a, b, c] = triangleAt(this.#tree.corners, chosen.triangle);
    const root = Math.sqrt(v);
    const [i, j, k] = [1 - root, root * (1 - w), root * w];
    const along = (axis: 0 | 1 | 2): number => i * a[axis] + j * b[axis] + k * c[axis];
    return { point: [along(0), along(1), along(2)], normal: chosen.normal };
  }

  /**
   * How high above a point of the mesh something stands whose base has this plan, so that it touches the
   * mesh and is nowhere in it: the height of the mesh's highest place within the plan. Null where the mesh
   * rises by more than `uneven` into its room of `height`, or is not within `uneven` under each corner.
   */
  seat(
    frame: SeatFrame,
    { plan, height, uneven }: Readonly<{ plan: GroundPolygon; height: number; uneven: number }>,
  ): number | null {
    const most = uneven + ROUNDING;
    const carried = plan.map(() => false);
    let lift = 0;
    let lowestAbove = Infinity;
    for (const local of this.#near(frame, { plan, height, most })) {
      plan.forEach((corner, i) => {
        if (carried[i] === true) return;
        const at = heightAt(local, corner);
        carried[i] = at !== null && Math.abs(at) <= most;
      });
      const within = heightsWithin(local, plan);
      if (within === null) continue;
      if (within.highest <= most) lift = Math.max(lift, within.highest);
      else lowestAbove = Math.min(lowestAbove, within.lowest);
    }
    return carried.every(Boolean) && lowestAbove >= height + lift ? lift : null;
  }

  /** The triangles about a frame's plan, in the frame: [right, up, front]. */
  #near(
    { origin, up, right, front }: SeatFrame,
    { plan, height, most }: Readonly<{ plan: GroundPolygon; height: number; most: number }>,
  ): readonly (readonly Vec3[])[] {
    const widest = Math.max(...plan.map(([x, z]) => x * x + z * z));
    const tall = height + most;
    const reach = Math.sqrt(widest + tall * tall) + ROUNDING;
    const [x, y, z] = origin;
    const about: Bounds = {
      min: [x - reach, y - reach, z - reach],
      max: [x + reach, y + reach, z + reach],
    };
    const near: (readonly Vec3[])[] = [];
    this.#tree.some(about, 0, (triangle) => {
      const corners = triangleAt(this.#tree.corners, triangle);
      near.push(
        corners.map((corner): Vec3 => {
          const away: Vec3 = [corner[0] - x, corner[1] - y, corner[2] - z];
          return [dot(away, right), dot(away, up), dot(away, front)];
        }),
      );
      return false;
    });
    return near;
  }

  #firstAbove(area: number): number {
    let [low, high] = [0, this.#areas.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#areas[middle] ?? NaN) > area) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** (b − a) × (c − a). */
function crossOf(a: Vec3, b: Vec3, c: Vec3): Vec3 {
  const [px, py, pz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const [qx, qy, qz] = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
  return [py * qz - pz * qy, pz * qx - px * qz, px * qy - py * qx];
}

/** Height of a triangle over a point of the plan; null beside it, and where it stands on edge. */
function heightAt([a, b, c]: readonly Vec3[], [x, z]: Vec2): number | null {
  if (!a || !b || !c) return null;
  const side = (p: Vec3, q: Vec3): number =>
    (q[0] - p[0]) * (z - p[2]) - (q[2] - p[2]) * (x - p[0]);
  const [ofC, ofA, ofB] = [side(a, b), side(b, c), side(c, a)];
  const whole = ofA + ofB + ofC;
  if (whole === 0 || ofA * whole < 0 || ofB * whole < 0 || ofC * whole < 0) return null;
  return (ofA * a[1] + ofB * b[1] + ofC * c[1]) / whole;
}

/** Lowest and highest place of a triangle within a convex plan, by clipping (Sutherland and Hodgman, CACM 17, 1974). */
function heightsWithin(
  triangle: readonly Vec3[],
  plan: GroundPolygon,
): Readonly<{ lowest: number; highest: number }> | null {
  const [cx, cz] = centroidOf(plan);
  let piece = triangle;
  for (const [i, [x0, z0]] of plan.entries()) {
    const [x1, z1] = plan[(i + 1) % plan.length] ?? [x0, z0];
    const side = (x: number, z: number): number => (x1 - x0) * (z - z0) - (z1 - z0) * (x - x0);
    const inward = side(cx, cz) >= 0 ? 1 : -1;
    piece = clipBy(piece, ([x, , z]) => inward * side(x, z));
    if (piece.length === 0) return null;
  }
  const heights = piece.map(([, y]) => y);
  return { lowest: Math.min(...heights), highest: Math.max(...heights) };
}

function clipBy(polygon: readonly Vec3[], insideBy: (point: Vec3) => number): readonly Vec3[] {
  return polygon.flatMap((point, i): readonly Vec3[] => {
    const next = polygon[(i + 1) % polygon.length] ?? point;
    const [here, there] = [insideBy(point), insideBy(next)];
    const kept = here >= 0 ? [point] : [];
    if (here >= 0 === there >= 0) return kept;
    const share = here / (here - there);
    const cut = ([0, 1, 2] as const).map(
      (axis) => point[axis] + share * (next[axis] - point[axis]),
    );
    return [...kept, cut as unknown as Vec3];
  });
}
