import type { BatchedMesh, Material, Mesh, MeshStandardMaterial, Texture } from 'three';
import { RenderError } from '#shared/core/errors';

/** What the colour pass may do with a surface that the label pass does not. */
type Surface = Material &
  Partial<Pick<MeshStandardMaterial, 'wireframe'>> & {
    displacementMap?: Texture | null;
    isShaderMaterial?: boolean;
  };

type Feature = Readonly<{ name: string; isUsed: (surface: Surface, mesh: Mesh) => boolean }>;

/** Features that move, cut or reorder what colour shows, in ways that labels cannot match at pixel centres. */
const UNMATCHED: readonly Feature[] = [
  { name: 'a displacement map', isUsed: ({ displacementMap }) => Boolean(displacementMap) },
  { name: 'a custom shader material', isUsed: ({ isShaderMaterial }) => isShaderMaterial === true },
  {
    name: 'clipping planes',
    isUsed: ({ clippingPlanes }) => (clippingPlanes?.length ?? 0) > 0,
  },
  {
    name: 'a polygon offset',
    isUsed: (surface) =>
      surface.polygonOffset &&
      (surface.polygonOffsetFactor !== 0 || surface.polygonOffsetUnits !== 0),
  },
  { name: 'a wireframe', isUsed: ({ wireframe }) => wireframe === true },
  { name: 'hashed transparency', isUsed: ({ alphaHash }) => alphaHash },
  { name: 'alpha to coverage', isUsed: ({ alphaToCoverage }) => alphaToCoverage },
  { name: 'a switched-off depth test', isUsed: ({ depthTest }) => !depthTest },
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
];

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
