import { BufferGeometry, Float32BufferAttribute } from 'three';

/** Plain arrays of a mesh: positions in millimetres, unit normals, UVs with the origin bottom left. */
export interface MeshArrays {
  positions: number[];
  normals?: number[];
  uvs: number[];
  indices: number[];
}

/** Wraps plain arrays into an indexed BufferGeometry and drops vertices that no face uses. */
export function geometryFromArrays(arrays: MeshArrays): BufferGeometry {
  const target = new Map<number, number>();
  for (const vertex of arrays.indices) {
    if (!target.has(vertex)) target.set(vertex, target.size);
  }
  const kept = [...target.keys()];
  const pick = (source: number[], width: number): Float32BufferAttribute =>
    new Float32BufferAttribute(
      kept.flatMap((vertex) => source.slice(vertex * width, (vertex + 1) * width)),
      width,
    );
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', pick(arrays.positions, 3));
  if (arrays.normals) geometry.setAttribute('normal', pick(arrays.normals, 3));
  geometry.setAttribute('uv', pick(arrays.uvs, 2));
  geometry.setIndex(arrays.indices.map((vertex) => target.get(vertex) ?? 0));
  return geometry;
}
