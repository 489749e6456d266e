import { CatmullRomCurve3, Vector3, type BufferGeometry } from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { weightedNormals } from './weighted-normals.ts';

/** Joins geometries that share a material. */
export function merged(geometries: readonly BufferGeometry[]): BufferGeometry {
  const geometry = mergeGeometries([...geometries]);
  if (!geometry) throw new Error('geometries have different attributes');
  return geometry;
}

/**
 * Moves every vertex through a function and recomputes smooth normals.
 * @param place - changes the point (millimetres) in place
 */
export function deformed(
  geometry: BufferGeometry,
  place: (point: Vector3) => void,
  creaseDegrees = 60,
): BufferGeometry {
  const position = geometry.getAttribute('position');
  const point = new Vector3();
  for (let i = 0; i < position.count; i++) {
    point.fromBufferAttribute(position, i);
    place(point);
    position.setXYZ(i, point.x, point.y, point.z);
  }
  return weightedNormals(geometry, creaseDegrees);
}

/** Evenly spaced points of a smooth curve through the given ones (millimetres). */
export function smoothPath(
  points: readonly (readonly [number, number, number])[],
  count: number,
): Vector3[] {
  const curve = new CatmullRomCurve3(points.map((p) => new Vector3(...p)));
  curve.arcLengthDivisions = 300;
  return curve.getSpacedPoints(count);
}
