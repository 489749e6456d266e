/** What the parts of the field are made with. */
import type { Color, Matrix4 } from 'three';
import {
  BufferGeometry,
  DoubleSide,
  Float32BufferAttribute,
  InstancedMesh,
  MeshStandardMaterial,
  Vector3,
  type Object3D,
} from 'three';

/** A rectangle of ground: x from left to right, z from back to front; m. */
export type Rect = Readonly<{ left: number; right: number; back: number; front: number }>;

/** Leaves that are coloured at their corners. */
export const foliage = new MeshStandardMaterial({
  roughness: 0.8,
  vertexColors: true,
  side: DoubleSide,
});

export function material(color: string, roughness: number): MeshStandardMaterial {
  return new MeshStandardMaterial({ color, roughness });
}

export function named<T extends Object3D>(
  object: T,
  name: string,
  data: Record<string, unknown> = {},
): T {
  object.name = name;
  Object.assign(object.userData, data);
  return object;
}

/** Repeatable numbers in [0, 1): the scene must be the same wherever it is built. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

export function surfaceOf(
  positions: readonly number[],
  indices: readonly number[],
): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute([...positions], 3));
  geometry.setIndex([...indices]);
  geometry.computeVertexNormals();
  return geometry;
}

/** A level rectangle that faces up. */
export function slab(
  rect: Readonly<{ left: number; right: number; back: number; front: number }>,
  y: number,
): BufferGeometry {
  const { left, right, back, front } = rect;
  return surfaceOf(
    [left, y, back, left, y, front, right, y, front, right, y, back],
    [0, 1, 2, 0, 2, 3],
  );
}

/** Geometry whose corners have the colours that `colorAt` gives them by their place. */
export function painted(
  geometry: BufferGeometry,
  colorAt: (point: Vector3) => Color,
): BufferGeometry {
  const place = geometry.getAttribute('position');
  const colors: number[] = [];
  const point = new Vector3();
  for (let i = 0; i < place.count; i++)
    colors.push(...colorAt(point.fromBufferAttribute(place, i)).toArray());
  geometry.setAttribute('color', new Float32BufferAttribute(colors, 3));
  return geometry;
}

/** A geometry in several places. */
export function instanced(
  geometry: BufferGeometry,
  look: MeshStandardMaterial,
  places: readonly Matrix4[],
): InstancedMesh {
  const mesh = new InstancedMesh(geometry, look, places.length);
  places.forEach((place, i) => mesh.setMatrixAt(i, place));
  return mesh;
}
