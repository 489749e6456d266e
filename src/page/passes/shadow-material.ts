import { Mesh, ShaderMaterial, type Material, type MeshStandardMaterial, type Scene } from 'three';

/** Where a surface is, by three's own chunks, so that its depth is that of three's own material. */
const PLACE_ALONE = /* glsl */ `
#include <common>
#include <batching_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
void main() {
  #include <batching_vertex>
  #include <skinbase_vertex>
  #include <morphinstance_vertex>
  #include <begin_vertex>
  #include <morphtarget_vertex>
  #include <skinning_vertex>
  #include <project_vertex>
}
`;

/**
 * Depth alone: nobody reads the colours of a shadow map, which three's own material writes and packs. Nothing is
 * handed on from corner to pixel, which llvmpipe would prepare for each triangle.
 */
const DEPTH_ALONE = new ShaderMaterial({
  vertexShader: PLACE_ALONE,
  fragmentShader: 'void main() {}',
  colorWrite: false,
});

/**
 * Lets plain surfaces cast their shadows without shading them: a software renderer spends more on the colours
 * of a shadow map, and on the textures that they are read from, than on its depth. What cuts or moves a surface
 * (alpha, displacement, clipping) keeps three's material, which knows of it. The depth is the same, bit for bit.
 */
export function castDepthAlone(scene: Scene): void {
  scene.traverse((object) => {
    if (!(object instanceof Mesh) || !object.castShadow) return;
    const mesh = object as Mesh;
    const materials = Array.isArray(mesh.material) ? mesh.material : [mesh.material];
    if (materials.every(isWhole)) mesh.customDepthMaterial = DEPTH_ALONE;
    else delete mesh.customDepthMaterial;
  });
}

function isWhole(material: Material): boolean {
  const { alphaTest, alphaToCoverage, clippingPlanes } = material;
  const { displacementMap } = material as Partial<MeshStandardMaterial>;
  return alphaTest === 0 && !alphaToCoverage && clippingPlanes === null && !displacementMap;
}
