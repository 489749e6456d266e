import { Vector2, Vector3, type BufferGeometry } from 'three';
import { geometryFromArrays } from './mesh-arrays.ts';
import { weightedNormals } from './weighted-normals.ts';

/** Options shared by {@link loft} and {@link sweep}. */
export interface LoftOptions {
  /** Closes the first and last ring with a fan; true when absent. */
  caps?: boolean;
  /** Edges sharper than this many degrees stay crisp; 40 when absent. */
  creaseDegrees?: number;
}

/** Perimeter fractions of the longest ring, so that panels keep their share of the texture. */
function ringFractions(rings: readonly Vector3[][]): number[] {
  const perimeters = rings.map((ring) => {
    const lengths = [0];
    ring.forEach((point, i) => {
      const next = ring[(i + 1) % ring.length] as Vector3;
      lengths.push((lengths[i] as number) + point.distanceTo(next));
    });
    return lengths;
  });
  const last = (lengths: number[]): number => lengths.at(-1) ?? 0;
  const longest = perimeters.reduce((best, lengths) =>
    last(lengths) > last(best) ? lengths : best,
  );
  return longest.map((length) => length / last(longest));
}

function alongFractions(rings: readonly Vector3[][]): number[] {
  const centres = rings.map((ring) =>
    ring.reduce((sum, p) => sum.add(p), new Vector3()).divideScalar(ring.length),
  );
  const lengths = [0];
  for (let i = 1; i < rings.length; i++) {
    const first = (rings[i - 1] as Vector3[])[0] as Vector3;
    const step = Math.max((centres[i] as Vector3).distanceTo(centres[i - 1] as Vector3), 1e-6);
    const surface = (rings[i] as Vector3[])[0]?.distanceTo(first) ?? 0;
    lengths.push((lengths[i - 1] as number) + Math.max(step, surface));
  }
  const total = lengths.at(-1) ?? 1;
  return lengths.map((length) => length / total);
}

/**
 * Skins closed rings of equal point count. Each ring turns right-handed about the direction of
 * travel (for travel +Y: from the back over -X to the front); u runs around, v along, both by length.
 * @param rings - points in millimetres
 */
export function loft(rings: readonly Vector3[][], options: LoftOptions = {}): BufferGeometry {
  const count = rings[0]?.length ?? 0;
  const around = ringFractions(rings);
  const along = alongFractions(rings);
  const mesh = { positions: [] as number[], uvs: [] as number[], indices: [] as number[] };
  rings.forEach((ring, i) => {
    for (let j = 0; j <= count; j++) {
      mesh.positions.push(...(ring[j % count] as Vector3).toArray());
      mesh.uvs.push(around[j] as number, along[i] as number);
    }
  });
  for (let i = 0; i + 1 < rings.length; i++) {
    for (let j = 0; j < count; j++) {
      const a = i * (count + 1) + j;
      const c = a + count + 1;
      mesh.indices.push(a, a + 1, c + 1, a, c + 1, c);
    }
  }
  if (options.caps ?? true) {
    addCap(mesh, 0, { count, flipped: true, v: 0 });
    addCap(mesh, rings.length - 1, { count, flipped: false, v: 1 });
  }
  return weightedNormals(geometryFromArrays(mesh), options.creaseDegrees);
}

interface Cap {
  count: number;
  flipped: boolean;
  v: number;
}

function addCap(
  mesh: { positions: number[]; uvs: number[]; indices: number[] },
  ring: number,
  cap: Cap,
): void {
  const first = ring * (cap.count + 1);
  const centre = new Vector3();
  for (let j = 0; j < cap.count; j++)
    centre.add(new Vector3().fromArray(mesh.positions, (first + j) * 3));
  centre.divideScalar(cap.count);
  const middle = mesh.positions.length / 3;
  mesh.positions.push(...centre.toArray());
  mesh.uvs.push(0.5, cap.v);
  for (let j = 0; j < cap.count; j++) {
    if (cap.flipped) mesh.indices.push(middle, first + j + 1, first + j);
    else mesh.indices.push(middle, first + j, first + j + 1);
  }
}

/** A planar path with a cross-section that may change along it. */
export interface SweepSpec extends LoftOptions {
  /** Points in millimetres along the path, all in one plane. */
  path: readonly Vector3[];
  /** Unit normal of that plane. */
  planeNormal: Vector3;
  /** Closed loop in millimetres (x along the plane normal, y across), counter-clockwise, for t in 0–1. */
  section: (t: number) => Vector2[];
}

/** Sweeps a cross-section along a planar path; see {@link loft} for the UV layout. */
export function sweep(spec: SweepSpec): BufferGeometry {
  const { path, planeNormal } = spec;
  const rings = path.map((point, i) => {
    const tangent = new Vector3()
      .subVectors(
        path[Math.min(i + 1, path.length - 1)] as Vector3,
        path[Math.max(i - 1, 0)] as Vector3,
      )
      .normalize();
    const across = new Vector3().crossVectors(tangent, planeNormal);
    return spec
      .section(i / (path.length - 1))
      .map((p) => point.clone().addScaledVector(planeNormal, p.x).addScaledVector(across, p.y));
  });
  return loft(rings, spec);
}

/** Counter-clockwise ellipse for {@link sweep} sections; half axes in millimetres. */
export function ellipseSection(halfX: number, halfY: number, count = 16): Vector2[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = (i / count) * 2 * Math.PI;
    return new Vector2(halfX * Math.cos(angle), halfY * Math.sin(angle));
  });
}
