import type { GBuffers, InstanceAnnotation } from '../annotate/annotations.ts';
import type { Intrinsics } from '../core/geometry.ts';
import { pixelRays } from '../core/pixel-rays.ts';

/** How far outside of its box a surface may lie, as `checkSurfaces` has it: metres, and share of its depth. */
const OUTSIDE_METERS = 1e-3;
const OUTSIDE_SHARE = 1e-3;
/** What float32 makes of depth and coordinates, as a share of depth and size. */
const ROUNDING_SHARE = 1e-6;

/** Numbers of one instance: 12 of cameraFromBox (row-major 3 × 4), 9 of the rotation, 3 sizes in metres. */
const STRIDE = 24;
const ROTATION = 12;
const SIZES = 21;

/** A frame's pixels as object coordinates are held against them. */
export type CoordinatePixels = Pick<GBuffers, 'width' | 'height' | 'instanceId'> &
  Readonly<{
    /** [H, W] metres; where it is 0 it is not known, and the point need only lie on the pixel's ray. */
    depth: Float32Array;
    /** What the depth was rounded to, metres. */
    depthStepMeters: number;
    /** What coordinates were rounded to: 1/65535 in 16 bits, 0 in float32. */
    coordinateStep: number;
    intrinsics: Intrinsics;
  }>;

/**
 * What contradicts between object coordinates, poses and depth: taken back out of its box through scale and
 * pose into the camera's frame, each coordinate is the point that its pixel shows. That is the other way than
 * the one that made it. A coordinate on a side of the box may have lain outside by 1 mm and 0.1 % of its depth.
 * Pixels without an instance, or whose instance has no bounds, are 0. Null where nothing contradicts.
 * @param coordinates [H, W, 3], 0..1.
 */
export function coordinateFault(
  coordinates: Float32Array,
  pixels: CoordinatePixels,
  instances: readonly InstanceAnnotation[],
): string | null {
  const { width, height, instanceId, depth, coordinateStep, depthStepMeters } = pixels;
  const rays = pixelRays(pixels.intrinsics, { width, height });
  const { table, known } = buildTable(instances);
  const point = new Float64Array(6);
  for (let v = 0, at = 0; v < height; v++) {
    for (let u = 0; u < width; u++, at++) {
      const id = instanceId[at] ?? 0;
      const [a, b, c] = [
        coordinates[at * 3] ?? NaN,
        coordinates[at * 3 + 1] ?? NaN,
        coordinates[at * 3 + 2] ?? NaN,
      ];
      if (known[id] !== 1) {
        if (a === 0 && b === 0 && c === 0) continue;
        return `${placeOf(at, width)}: expected (0, 0, 0), since there is no instance with bounds, found (${a}, ${b}, ${c})`;
      }
      point[0] = a;
      point[1] = b;
      point[2] = c;
      point[3] = rays.x(u, v);
      point[4] = rays.y(u, v);
      point[5] = depth[at] ?? NaN;
      const beyond = metresBeyond(table, id * STRIDE, { point, coordinateStep, depthStepMeters });
      if (beyond <= 0) continue;
      return `${placeOf(at, width)}: expected where it lies in the box of instance ${id}, found (${a}, ${b}, ${c}), which is ${beyond} m beside it`;
    }
  }
  return null;
}

const placeOf = (at: number, width: number): string =>
  `pixel (${at % width}, ${Math.floor(at / width)})`;

/** A coordinate, the ray of its pixel (x, y at depth 1) and the depth, in this order. */
type Coordinate = Readonly<{ point: Float64Array }> &
  Pick<CoordinatePixels, 'coordinateStep' | 'depthStepMeters'>;

/**
 * How far a coordinate is from its pixel's point along the axis of the object where it is furthest, less what
 * rounding explains; metres. Infinity outside of 0..1.
 */
function metresBeyond(
  table: Float64Array,
  base: number,
  { point, coordinateStep, depthStepMeters }: Coordinate,
): number {
  const at = (index: number): number => table[base + index] ?? NaN;
  const [a, b, c] = [point[0] ?? NaN, point[1] ?? NaN, point[2] ?? NaN];
  if (!(Math.min(a, b, c) >= 0 && Math.max(a, b, c) <= 1)) return Infinity;
  const x = at(0) * a + at(1) * b + at(2) * c + at(3);
  const y = at(4) * a + at(5) * b + at(6) * c + at(7);
  const z = at(8) * a + at(9) * b + at(10) * c + at(11);
  const [rayX, rayY, depth] = [point[3] ?? NaN, point[4] ?? NaN, point[5] ?? NaN];
  const rayLength = Math.sqrt(1 + rayX * rayX + rayY * rayY);
  const reached = depth === 0 ? z : depth;
  const off = [rayX * reached - x, rayY * reached - y, reached - z] as const;
  const rounding = depth === 0 ? 0 : (depthStepMeters / 2) * rayLength;
  const slide = depth === 0 ? 1 + rayLength : 0;
  let most = -Infinity;
  for (let axis = 0; axis < 3; axis++) {
    const beside =
      at(ROTATION + axis) * off[0] +
      at(ROTATION + 3 + axis) * off[1] +
      at(ROTATION + 6 + axis) * off[2];
    const share = OUTSIDE_METERS + OUTSIDE_SHARE * reached;
    const slack = slackOf({ table, base, axis, point }, { outside: share, coordinateStep, slide });
    const allowed = rounding + slack + ROUNDING_SHARE * (reached + at(SIZES + axis));
    most = Math.max(most, Math.abs(beside) - allowed);
  }
  return most;
}

/** What the coordinate's own rounding, and putting it on the side of its box, explain along an axis; metres. */
function slackOf(
  {
    table,
    base,
    axis,
    point,
  }: Readonly<{ table: Float64Array; base: number; axis: number; point: Float64Array }>,
  {
    outside,
    coordinateStep,
    slide,
  }: Readonly<{ outside: number; coordinateStep: number; slide: number }>,
): number {
  const along = (each: number): number => {
    const size = table[base + SIZES + each] ?? NaN;
    const onSide = size === 0 || isSide(point[each] ?? NaN);
    return (onSide ? outside : 0) + (coordinateStep / 2 + ROUNDING_SHARE) * size;
  };
  // Without a depth the point slides along its ray, so that each axis shows the rounding of all.
  return slide === 0 ? along(axis) : (along(0) + along(1) + along(2)) * slide;
}

const isSide = (value: number): boolean => value === 0 || value === 1;

/** Maps from each box, 0..1 along its axes, into the camera's frame, and which ids have one. */
function buildTable(
  instances: readonly InstanceAnnotation[],
): Readonly<{ table: Float64Array; known: Uint8Array }> {
  const highest = instances.reduce((most, { instanceId }) => Math.max(most, instanceId), 0);
  const table = new Float64Array((highest + 1) * STRIDE);
  const known = new Uint8Array(65536);
  for (const { instanceId, cameraFromObject: pose, scale, bounds } of instances) {
    if (bounds === null) continue;
    known[instanceId] = 1;
    const base = instanceId * STRIDE;
    for (let row = 0; row < 3; row++) {
      table[base + row * 4 + 3] = pose[row * 4 + 3] ?? NaN;
      for (const axis of [0, 1, 2] as const) {
        const turned = pose[row * 4 + axis] ?? NaN;
        const size = (bounds.max[axis] - bounds.min[axis]) * scale[axis];
        table[base + row * 4 + axis] = turned * size;
        table[base + row * 4 + 3] =
          (table[base + row * 4 + 3] ?? NaN) + turned * bounds.min[axis] * scale[axis];
        table[base + ROTATION + row * 3 + axis] = turned;
        table[base + SIZES + axis] = Math.abs(size);
      }
    }
  }
  return { table, known };
}
