import {
  DoubleSide,
  Group,
  LessEqualDepth,
  Matrix4,
  NoBlending,
  NormalBlending,
  type BatchedMesh,
  type InstancedBufferGeometry,
  type InstancedMesh,
  type Material,
  type Mesh,
  type MeshStandardMaterial,
  type Object3D,
  type Texture,
} from 'three';
import { RenderError } from '#shared/core/errors';

/** What the colour pass may do with a surface that the label pass does not. */
type Surface = Material &
  Partial<Pick<MeshStandardMaterial, 'wireframe'>> & {
    displacementMap?: Texture | null;
    map?: Texture | null;
    alphaMap?: Texture | null;
    isShaderMaterial?: boolean;
    isShadowMaterial?: boolean;
  };

type Feature = Readonly<{ name: string; isUsed: (surface: Surface, mesh: Mesh) => boolean }>;

/** Features that move, cut or reorder what colour shows, in ways that labels cannot match at pixel centres. */
const UNMATCHED: readonly Feature[] = [
  { name: 'a displacement map', isUsed: ({ displacementMap }) => Boolean(displacementMap) },
  { name: 'a custom shader material', isUsed: ({ isShaderMaterial }) => isShaderMaterial === true },
  { name: 'a wireframe', isUsed: ({ wireframe }) => wireframe === true },
  { name: 'hashed transparency', isUsed: ({ alphaHash }) => alphaHash },
  { name: 'alpha to coverage', isUsed: ({ alphaToCoverage }) => alphaToCoverage },
  { name: 'a switched-off depth test', isUsed: ({ depthTest }) => !depthTest },
  {
    name: 'a depth function of its own',
    isUsed: ({ depthFunc }) => depthFunc !== LessEqualDepth,
  },
  { name: 'a stencil', isUsed: ({ stencilWrite }) => stencilWrite },
  {
    name: 'a blending of its own',
    isUsed: ({ blending, transparent }) =>
      blending !== NormalBlending && (blending !== NoBlending || transparent),
  },
  {
    name: 'an order of drawing on a blended surface',
    isUsed: ({ transparent }, mesh) =>
      transparent && (mesh.renderOrder !== 0 || groupOrder(mesh) !== 0),
  },
  {
    name: 'a material of shadows alone',
    isUsed: ({ isShadowMaterial }) => isShadowMaterial === true,
  },
  {
    name: 'an alpha map on other texture coordinates than those of its map',
    isUsed: ({ map, alphaMap, transparent, alphaTest }) =>
      (transparent || alphaTest > 0) &&
      Boolean(map && alphaMap && map.channel !== alphaMap.channel),
  },
  { name: 'a switched-off colour', isUsed: ({ colorWrite }) => !colorWrite },
  {
    name: 'a switched-off depth buffer on an opaque surface',
    isUsed: ({ depthWrite, transparent }) => !depthWrite && !transparent,
  },
  {
    name: 'opacity by vertex',
    isUsed: ({ vertexColors, transparent, alphaTest }, { geometry }) =>
      vertexColors &&
      (transparent || alphaTest > 0) &&
      geometry.getAttribute('color')?.itemSize === 4,
  },
  {
    name: 'a batched mesh',
    isUsed: (_, mesh) => (mesh as Partial<BatchedMesh>).isBatchedMesh === true,
  },
  {
    name: 'an instanced geometry',
    isUsed: (_, { geometry }) =>
      (geometry as Partial<InstancedBufferGeometry>).isInstancedBufferGeometry === true,
  },
  {
    name: 'morph targets by copy',
    isUsed: (_, mesh) => Boolean((mesh as Partial<InstancedMesh>).morphTexture),
  },
  // three.js draws the inner sides of such copies.
  {
    name: 'mirrored copies of one side',
    isUsed: ({ side }, mesh) => side !== DoubleSide && hasMirroredCopy(mesh),
  },
];

/** The order that the nearest group above gives, as three.js has it. */
function groupOrder({ parent }: Object3D): number {
  for (let at = parent; at; at = at.parent) if (at instanceof Group) return at.renderOrder;
  return 0;
}

function hasMirroredCopy(mesh: Mesh): boolean {
  const { isInstancedMesh } = mesh as Partial<InstancedMesh>;
  if (isInstancedMesh !== true) return false;
  const instanced = mesh as InstancedMesh;
  const matrix = new Matrix4();
  for (let copy = 0; copy < instanced.count; copy++) {
    instanced.getMatrixAt(copy, matrix);
    if (matrix.determinant() < 0) return true;
  }
  return false;
}

/**
 * Refuses by name what the label pass cannot match (design.md §5).
 * @throws RenderError `unsupported`
 */
export function requireMatchable(mesh: Mesh, material: Material): void {
  const feature = UNMATCHED.find(({ isUsed }) => isUsed(material, mesh));
  if (feature === undefined) return;
  throw new RenderError(
    'unsupported',
    `"${mesh.name}" uses ${feature.name}, which labels cannot match exactly. Remove it from the asset or scene.`,
  );
}
