import type { Mat4 } from '../core/geometry.ts';

/** A side of a cube around a camera: what its axes are in the camera's frame, as place and sign. */
export type Side = Readonly<Record<'x' | 'y' | 'z', Axis>>;
type Axis = Readonly<{ axis: 0 | 1 | 2; sign: 1 | -1 }>;

const axis = (place: 0 | 1 | 2, sign: 1 | -1): Axis => ({ axis: place, sign });

/** Two for each axis of the camera, on its positive side and on its negative one; turned about y where that does. */
export const SIDES: readonly Side[] = [
  { x: axis(2, -1), y: axis(1, 1), z: axis(0, 1) },
  { x: axis(2, 1), y: axis(1, 1), z: axis(0, -1) },
  { x: axis(0, 1), y: axis(2, -1), z: axis(1, 1) },
  { x: axis(0, 1), y: axis(2, 1), z: axis(1, -1) },
  { x: axis(0, 1), y: axis(1, 1), z: axis(2, 1) },
  { x: axis(0, -1), y: axis(1, 1), z: axis(2, -1) },
];

/** Numbers of the rays that look through each side. @param directions [N, 3]; NaN where there is no ray. */
export function raysBySide(directions: Float64Array): readonly Int32Array[] {
  const found: number[][] = SIDES.map(() => []);
  for (let ray = 0; ray * 3 < directions.length; ray++) {
    const [x = NaN, y = NaN, z = NaN] = directions.subarray(ray * 3, ray * 3 + 3);
    if (Number.isNaN(x + y + z)) continue;
    const [ax, ay, az] = [Math.abs(x), Math.abs(y), Math.abs(z)];
    const [place, value] = az >= Math.max(ax, ay) ? [2, z] : ax >= ay ? [0, x] : ([1, y] as const);
    found[place * 2 + (value > 0 ? 0 : 1)]?.push(ray);
  }
  return found.map((rays) => Int32Array.from(rays));
}

/** The direction of a ray in the frame of a side. */
export function directionIn(
  { x, y, z }: Side,
  directions: Float64Array,
  ray: number,
): readonly [number, number, number] {
  const along = ({ axis: place, sign }: Axis): number =>
    sign * (directions[ray * 3 + place] ?? NaN);
  return [along(x), along(y), along(z)];
}

/** Places of rays in the plane of a side at depth 1, [n, 2], and the rectangle that they lie in. */
export type Places = Readonly<{
  at: Float64Array;
  left: number;
  top: number;
  across: number;
  down: number;
}>;

export function placesIn(side: Side, directions: Float64Array, rays: Int32Array): Places {
  const at = new Float64Array(rays.length * 2);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [i, ray] of rays.entries()) {
    const [x, y, z] = directionIn(side, directions, ray);
    const [placeX, placeY] = [x / z, y / z];
    at[i * 2] = placeX;
    at[i * 2 + 1] = placeY;
    [left, right] = [Math.min(left, placeX), Math.max(right, placeX)];
    [top, bottom] = [Math.min(top, placeY), Math.max(bottom, placeY)];
  }
  return { at, left, top, across: right - left, down: bottom - top };
}

/** Turns the frame of a side into the camera's. */
export function cameraFromSide({ x, y, z }: Side): Mat4 {
  const matrix = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
  for (const [column, { axis: row, sign }] of [x, y, z].entries()) matrix[row * 4 + column] = sign;
  return matrix;
}
