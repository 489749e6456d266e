import { BufferAttribute, Mesh, type Material, type Object3D, type Texture } from 'three';
import { RenderError } from '#shared/core/errors';
import { displacementOf } from '#shared/core/read-displacement';

/**
 * Moves the vertices of meshes with displacement maps for good, and takes the maps off their materials, so
 * that colour and labels are of the same geometry. A vertex shader would read the map with the few bits of
 * its filter, and labels would have to read it alike.
 * @throws RenderError `unsupported`
 */
export function bakeDisplacement(root: Object3D): void {
  const materials = new Set<Material & { displacementMap?: Texture | null }>();
  root.traverse((object) => {
    if (!(object instanceof Mesh)) return;
    const mesh = object as Mesh;
    const displacement = displacementOf(mesh);
    if (displacement === null) return;
    if (displacement.positions === null) {
      throw new RenderError(
        'unsupported',
        `"${mesh.name}" uses ${displacement.refused}, which labels cannot match exactly. Remove it from the scene.`,
      );
    }
    mesh.geometry = mesh.geometry.clone();
    mesh.geometry.setAttribute('position', new BufferAttribute(displacement.positions, 3));
    mesh.geometry.boundingBox = null;
    mesh.geometry.boundingSphere = null;
    for (const material of [mesh.material].flat()) materials.add(material);
  });
  for (const material of materials) material.displacementMap = null;
}
