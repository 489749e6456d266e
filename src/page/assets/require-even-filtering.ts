import { Mesh, type Material, type Object3D, Texture } from 'three';

/**
 * Refuses textures that are filtered along the view (`anisotropy`): llvmpipe visits every texel under a pixel, which
 * for a surface seen edge-on may be a thousand repetitions, and a frame that never ends.
 * @throws Error
 */
export function requireEvenFiltering(root: Object3D): void {
  root.traverse((object) => {
    if (!(object instanceof Mesh)) return;
    const { material } = object as Mesh;
    for (const texture of (Array.isArray(material) ? material : [material]).flatMap(texturesOf)) {
      if (texture.anisotropy === 1) continue;
      throw new Error(
        `"${object.name}" has a texture "${texture.name}" of anisotropy ${texture.anisotropy}, expected 1: ` +
          'a software renderer may take minutes over it. Leave it out.',
      );
    }
  });
}

const texturesOf = (material: Material): readonly Texture[] =>
  Object.values(material).filter((value) => value instanceof Texture);
