import { Vector3, type BufferGeometry } from 'three';
import { geometryFromArrays } from './mesh-arrays.ts';
import { weightedNormals } from './weighted-normals.ts';

/** Millimetres that one repetition of a texture covers on a pillow. */
const TILE = 200;

/** A pillow: a superellipsoid, flatter and squarer the smaller its exponents. */
export interface PillowSpec {
  /** Width, height and depth, mm. */
  size: readonly [number, number, number];
  /** Which axis is thin; `y` lies flat, `z` stands. */
  thin: 'y' | 'z';
  /** Exponent around the outline: 1 is an ellipse, 0.25 nearly a rectangle. */
  square?: number;
  /** Exponent across the thickness: 1 is an ellipse, 0.4 a cushion with flat sides. */
  flat?: number;
  columns?: number;
  rows?: number;
}

const power = (value: number, exponent: number): number =>
  Math.sign(value) * Math.abs(value) ** exponent;

/** A pillow centred on the origin, mm. */
export function pillow(spec: PillowSpec): BufferGeometry {
  const { columns = 16, rows = 6, square = 0.3, flat = 0.5 } = spec;
  const [w, h, d] = spec.size;
  const mesh = { positions: [] as number[], uvs: [] as number[], indices: [] as number[] };
  for (let i = 0; i <= rows; i++) {
    const tilt = (i / rows - 0.5) * Math.PI;
    const pole = i === 0 || i === rows;
    const [ring, rise] = [pole ? 0 : power(Math.cos(tilt), flat), power(Math.sin(tilt), flat)];
    for (let j = 0; j <= columns; j++) {
      // Columns stand at the corners of the outline, so that few of them make it square.
      const turn = ((j % columns) / columns) * 2 * Math.PI;
      const [a, b] = [power(Math.cos(turn), square), power(Math.sin(turn), square)];
      const point =
        spec.thin === 'y'
          ? new Vector3((ring * b * w) / 2, (rise * h) / 2, (ring * a * d) / 2)
          : new Vector3((ring * a * w) / 2, (ring * b * h) / 2, (rise * d) / 2);
      mesh.positions.push(...point.toArray());
      const [u, v] = spec.thin === 'y' ? [point.x, point.z] : [point.x, point.y];
      mesh.uvs.push(u / TILE, v / TILE);
    }
  }
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const a = i * (columns + 1) + j;
      const c = a + columns + 1;
      mesh.indices.push(a, a + 1, c + 1, a, c + 1, c);
    }
  return weightedNormals(geometryFromArrays(mesh), 80);
}

/** A round leg or rod between two points, thinner or thicker at its end; radii in mm. */
export function rod(
  from: readonly [number, number, number],
  to: readonly [number, number, number],
  radii: readonly [number, number],
): BufferGeometry {
  const [a, b] = [new Vector3(...from), new Vector3(...to)];
  const along = b.clone().sub(a).normalize();
  const side =
    Math.abs(along.y) > 0.9 ? new Vector3(1, 0, 0) : new Vector3(0, 1, 0).cross(along).normalize();
  const across = new Vector3().crossVectors(along, side).normalize();
  const right = new Vector3().crossVectors(across, along).normalize();
  const count = 10;
  const mesh = { positions: [] as number[], uvs: [] as number[], indices: [] as number[] };
  const ring = (at: Vector3, radius: number): void => {
    for (let j = 0; j <= count; j++) {
      const turn = ((j % count) / count) * 2 * Math.PI;
      const point = at
        .clone()
        .addScaledVector(right, radius * Math.cos(turn))
        .addScaledVector(across, radius * Math.sin(turn));
      mesh.positions.push(...point.toArray());
      mesh.uvs.push(j / count, at === a ? 0 : 1);
    }
  };
  ring(a, radii[0]);
  ring(b, radii[1]);
  const first = 2 * (count + 1);
  mesh.positions.push(...a.toArray(), ...b.toArray());
  mesh.uvs.push(0.5, 0, 0.5, 1);
  for (let j = 0; j < count; j++) {
    const [p, q] = [j, j + count + 1];
    mesh.indices.push(p, p + 1, q + 1, p, q + 1, q);
    mesh.indices.push(first, p + 1, p, first + 1, q, q + 1);
  }
  return weightedNormals(geometryFromArrays(mesh), 50);
}
