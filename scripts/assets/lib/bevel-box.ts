import type { BufferGeometry } from 'three';
import { geometryFromArrays } from './mesh-arrays.ts';

type Triple = readonly [number, number, number];

/** Millimetres that one repetition of a texture covers on the boxes of {@link bevelBox}. */
export const BEVEL_BOX_TILE = 200;

const SIGNS = [-1, 1] as const;
const NEXT: Record<number, readonly [number, number]> = { 0: [1, 2], 1: [0, 2], 2: [0, 1] };

/** Corner `bits` (bit k is the + side of axis k) of the face across `axis`. */
const vertexOf = (bits: number, axis: number): number => bits * 3 + axis;
const bitsOf = (sides: Partial<Record<number, number>>): number =>
  [0, 1, 2].reduce((bits, k) => bits | ((sides[k] ?? -1) > 0 ? 1 << k : 0), 0);

/** Faces, chamfered edges and cut corners, as loops of vertices in any turn. */
function loops(): number[][] {
  const out: number[][] = [];
  for (const axis of [0, 1, 2]) {
    const [u, v] = NEXT[axis] as readonly [number, number];
    for (const side of SIGNS) {
      const at = (a: number, b: number): number =>
        vertexOf(bitsOf({ [axis]: side, [u]: a, [v]: b }), axis);
      out.push([at(-1, -1), at(1, -1), at(1, 1), at(-1, 1)]);
    }
    for (const a of SIGNS)
      for (const b of SIGNS) {
        const at = (along: number, face: number): number =>
          vertexOf(bitsOf({ [axis]: along, [u]: a, [v]: b }), face);
        out.push([at(-1, u), at(1, u), at(1, v), at(-1, v)]);
      }
  }
  for (let bits = 0; bits < 8; bits++) out.push([0, 1, 2].map((axis) => vertexOf(bits, axis)));
  return out;
}

/** Whether the loop's first corner turns outwards, seen from the middle of the box. */
function turnsOutwards(points: readonly Triple[]): boolean {
  const [a, b, c] = points as readonly [Triple, Triple, Triple];
  const [ux, uy, uz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const [vx, vy, vz] = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
  const normal = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx] as const;
  const middle = [0, 1, 2].map((k) => points.reduce((sum, p) => sum + (p[k] ?? 0), 0));
  return normal.reduce((sum, value, k) => sum + value * (middle[k] ?? 0), 0) > 0;
}

/**
 * A box of 24 vertices with chamfered edges, centred on the origin. Normals are those of the faces, so that
 * light rolls over the chamfers as over rounded edges; textures repeat every {@link BEVEL_BOX_TILE} mm.
 * @param size - width, height and depth, mm
 * @param bevel - width of the chamfers, mm
 */
export function bevelBox(size: Triple, bevel: number): BufferGeometry {
  const positions: Triple[] = [];
  const mesh = { positions: [] as number[], normals: [] as number[], uvs: [] as number[] };
  const room = 0.49 * Math.min(...size);
  const cut = Math.min(bevel, room);
  for (let bits = 0; bits < 8; bits++)
    for (const axis of [0, 1, 2] as const) {
      const point = ([0, 1, 2] as const).map(
        (k) => (bits & (1 << k) ? 1 : -1) * (size[k] / 2 - (k === axis ? 0 : cut)),
      ) as unknown as Triple;
      positions.push(point);
      const [u, v] = NEXT[axis] as readonly [0 | 1 | 2, 0 | 1 | 2];
      mesh.positions.push(...point);
      mesh.normals.push(...[0, 1, 2].map((k) => (k === axis ? (bits & (1 << k) ? 1 : -1) : 0)));
      mesh.uvs.push(point[u] / BEVEL_BOX_TILE, point[v] / BEVEL_BOX_TILE);
    }
  const indices = loops().flatMap((loop) => {
    const turned = turnsOutwards(loop.map((i) => positions[i] as Triple))
      ? loop
      : [...loop].reverse();
    const [first = 0] = turned;
    return turned.slice(2).flatMap((to, i) => [first, turned[i + 1] ?? 0, to]);
  });
  return geometryFromArrays({ ...mesh, indices });
}
