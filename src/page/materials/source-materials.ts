import type { Material, Mesh } from 'three';

/** By mesh, the materials that it had before any frame changed them. */
const SOURCES = new WeakMap<Mesh, Material | Material[]>();

/** The materials of a mesh as its asset or scene has them; call before they are changed for the first time. */
export function sourcesOf(mesh: Mesh): Material | Material[] {
  const sources = SOURCES.get(mesh) ?? mesh.material;
  SOURCES.set(mesh, sources);
  return sources;
}
