import {
  AlwaysStencilFunc,
  BackSide,
  DoubleSide,
  EqualStencilFunc,
  FrontSide,
  GLSL3,
  KeepStencilOp,
  Matrix3,
  NoBlending,
  RawShaderMaterial,
  ReplaceStencilOp,
  type IUniform,
  type Material,
  type Texture,
} from 'three';
import type { LabelPolicy } from '#shared/config/label-policy';
import { cutDefines, type LabelCuts } from './label-cuts.ts';
import { LABEL_FRAGMENT_SHADER, LABEL_VERTEX_SHADER } from './label-shader.ts';
import { PRECISE } from './precision.ts';

/**
 * What a material does to the stencil in a frame with see-through surfaces: solid ones leave 1 where the
 * nearest has an id and 0 where it has none, and see-through ones are drawn where they find 0.
 */
export type StencilUse = 'none' | 'labelled' | 'bare' | 'see-through';

/** What labels are drawn for: everything at once, or each instance alone, as 1 where it is. */
export type LabelPurpose = 'labels' | 'silhouette';

/** How a surface's opacity decides whether it is there (labels.md §4). */
export type AlphaRule = Readonly<{
  opacity: number;
  from: number;
  map: Texture | null;
  alphaMap: Texture | null;
}>;

/** The surface as the colour pass draws it; what the label pass must match. */
type Surface = Material & {
  map?: Texture | null;
  alphaMap?: Texture | null;
  transmission?: number;
};

/**
 * The rule of a material, or null where every texel of it is there. Without a policy, transmissive glass
 * is itself. What is masked and blended has to pass both.
 */
export function alphaRuleOf(
  material: Material,
  { opaqueFrom, policy }: Readonly<{ opaqueFrom: number; policy: LabelPolicy | null }>,
): AlphaRule | null {
  const surface = material as Surface;
  const transmissive = (surface.transmission ?? 0) > 0 && policy !== 'cutout';
  const blended = surface.transparent && !transmissive && policy !== 'see-through';
  const masked = surface.alphaTest > 0;
  if (policy === 'solid' || (!masked && !blended)) return null;
  const from = Math.max(masked ? surface.alphaTest : 0, blended ? opaqueFrom : 0);
  const [map, alphaMap] = [surface.map ?? null, surface.alphaMap ?? null];
  for (const texture of [map, alphaMap]) if (texture?.matrixAutoUpdate) texture.updateMatrix();
  return { opacity: surface.opacity, from, map, alphaMap };
}

/** +1: front faces, −1: back faces, 0: both. */
export function facingOf(material: Material): number {
  const facing = { [FrontSide]: 1, [BackSide]: -1, [DoubleSide]: 0 } as const;
  return facing[material.side];
}

/** Which textures decide: what of a rule is in the program. */
export function alphaFeatures(rule: AlphaRule | null): readonly string[] {
  if (rule === null) return [];
  return [
    'USE_ALPHA',
    ...(rule.map ? ['USE_MAP'] : []),
    ...(rule.alphaMap ? ['USE_ALPHAMAP'] : []),
  ];
}

export type LabelMaterialOptions = Readonly<{
  reversedDepth: boolean;
  /** The most copies of a geometry that one draw may have. */
  copiesAtOnce: number;
  stencil: StencilUse;
  cuts: LabelCuts;
  /** `straight`: rays go through the middles of pixels; else they come from a texture, by depth or as directions. */
  rays: 'straight' | 'depth' | 'range';
  /** Triangles may reach behind the eye. */
  acrossEye: boolean;
}>;

/** A material of the label pass; its uniforms are set just before each draw. */
export function createLabelMaterial(
  alpha: readonly string[],
  purpose: LabelPurpose,
  { reversedDepth, copiesAtOnce, stencil, cuts, rays, acrossEye }: LabelMaterialOptions,
): RawShaderMaterial {
  const silhouette = purpose === 'silhouette';
  const features = [
    ...alpha,
    ...(reversedDepth ? ['REVERSED_DEPTH'] : []),
    ...(silhouette ? ['SILHOUETTE'] : []),
    ...(rays === 'straight' ? [] : ['BENT']),
    ...(rays === 'range' ? ['RANGED'] : []),
    ...(acrossEye ? ['ACROSS_EYE'] : []),
  ];
  return new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: LABEL_VERTEX_SHADER,
    fragmentShader: PRECISE + LABEL_FRAGMENT_SHADER,
    defines: {
      ...Object.fromEntries(features.map((feature) => [feature, ''])),
      ...cutDefines(cuts),
      COPIES: copiesAtOnce,
    },
    side: DoubleSide,
    depthTest: !silhouette,
    depthWrite: !silhouette,
    blending: NoBlending,
    stencilWrite: stencil !== 'none',
    stencilFunc: stencil === 'see-through' ? EqualStencilFunc : AlwaysStencilFunc,
    stencilRef: stencil === 'labelled' ? 1 : 0,
    stencilZPass: stencil === 'see-through' ? KeepStencilOp : ReplaceStencilOp,
    uniforms: createUniforms(),
  });
}

function createUniforms(): Record<string, IUniform> {
  return {
    intrinsics: { value: [] },
    size: { value: [] },
    copies: { value: [] },
    depthRange: { value: [] },
    rays: { value: null },
    opacity: { value: 1 },
    alphaFrom: { value: 0 },
    map: { value: null },
    mapTransform: { value: new Matrix3() },
    clipPlanes: { value: [] },
    depthOffset: { value: [0, 0] },
    alphaMap: { value: null },
    alphaMapTransform: { value: new Matrix3() },
  };
}
