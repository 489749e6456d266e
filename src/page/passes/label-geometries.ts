import type { BufferGeometry, InstancedBufferGeometry, Mesh } from 'three';
import { createLabelGeometry, type DrawGroup } from './label-geometry.ts';

/** By the geometry that they were made of, the triangles of rigid meshes: they outlive frames, and go with it. */
const KEPT = new WeakMap<BufferGeometry, Map<string, InstancedBufferGeometry>>();

/** The triangles of a rigid mesh as labels draw them, made once and disposed of with the mesh's own geometry. */
export function keptLabelGeometry(
  mesh: Mesh,
  group: DrawGroup,
  uvChannel: number | null,
): InstancedBufferGeometry {
  const source = mesh.geometry;
  const kept = KEPT.get(source) ?? new Map<string, InstancedBufferGeometry>();
  KEPT.set(source, kept);
  const key = `${group.start}:${group.count}:${uvChannel ?? 'none'}`;
  const known = kept.get(key);
  if (known) return known;
  const geometry = createLabelGeometry(mesh, group, uvChannel);
  kept.set(key, geometry);
  source.addEventListener('dispose', () => geometry.dispose());
  return geometry;
}

/** All that {@link keptLabelGeometry} made of a geometry. */
export function labelGeometriesOf(source: BufferGeometry): Iterable<BufferGeometry> {
  return KEPT.get(source)?.values() ?? [];
}
