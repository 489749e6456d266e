import { Vector3, type BufferGeometry } from 'three';
import { geometryFromArrays } from './mesh-arrays.ts';

interface Face {
  corners: [number, number, number];
  areaNormal: Vector3;
  unitNormal: Vector3;
}

const positionKey = (x: number, y: number, z: number): string =>
  `${Math.round(x * 2e3)},${Math.round(y * 2e3)},${Math.round(z * 2e3)}`;

function collectFaces(geometry: BufferGeometry): Face[] {
  const position = geometry.getAttribute('position');
  const index = geometry.getIndex();
  if (!index) throw new Error('weightedNormals needs an indexed geometry');
  const faces: Face[] = [];
  for (let i = 0; i < index.count; i += 3) {
    const corners: Face['corners'] = [index.getX(i), index.getX(i + 1), index.getX(i + 2)];
    const [a, b, c] = corners.map((v) => new Vector3().fromBufferAttribute(position, v)) as [
      Vector3,
      Vector3,
      Vector3,
    ];
    const areaNormal = b.sub(a).cross(c.sub(a));
    if (areaNormal.length() < 1e-7) continue;
    faces.push({ corners, areaNormal, unitNormal: areaNormal.clone().normalize() });
  }
  return faces;
}

/**
 * Area-weighted vertex normals, smooth across edges flatter than a crease angle and split elsewhere.
 * Weighting by area keeps large flat panels flat next to small bevels, and vertices that coincide
 * (UV seams, poles) are smoothed together. Faces without area are dropped.
 * @param geometry - indexed geometry in millimetres with position and uv
 * @param creaseDegrees - edges sharper than this angle stay crisp
 */
export function weightedNormals(geometry: BufferGeometry, creaseDegrees = 40): BufferGeometry {
  const position = geometry.getAttribute('position');
  const uv = geometry.getAttribute('uv');
  const faces = collectFaces(geometry);
  const keyOf = (vertex: number): string =>
    positionKey(position.getX(vertex), position.getY(vertex), position.getZ(vertex));
  const around = new Map<string, Face[]>();
  for (const face of faces) {
    for (const corner of face.corners) {
      const key = keyOf(corner);
      const list = around.get(key);
      if (list) list.push(face);
      else around.set(key, [face]);
    }
  }
  const limit = Math.cos((creaseDegrees * Math.PI) / 180);
  const out = { positions: [] as number[], normals: [] as number[], uvs: [] as number[] };
  const indices: number[] = [];
  const welded = new Map<string, number>();
  for (const face of faces) {
    for (const corner of face.corners) {
      const normal = new Vector3();
      for (const other of around.get(keyOf(corner)) ?? []) {
        if (other.unitNormal.dot(face.unitNormal) >= limit) normal.add(other.areaNormal);
      }
      normal.normalize();
      const key = `${corner}:${normal.x.toFixed(3)},${normal.y.toFixed(3)},${normal.z.toFixed(3)}`;
      let vertex = welded.get(key);
      if (vertex === undefined) {
        vertex = welded.size;
        welded.set(key, vertex);
        out.positions.push(position.getX(corner), position.getY(corner), position.getZ(corner));
        out.normals.push(normal.x, normal.y, normal.z);
        out.uvs.push(uv.getX(corner), uv.getY(corner));
      }
      indices.push(vertex);
    }
  }
  return geometryFromArrays({ ...out, indices });
}
