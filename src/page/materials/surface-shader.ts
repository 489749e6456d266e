import {
  ShaderChunk,
  type Texture,
  type Vector3,
  type WebGLProgramParametersWithUniforms,
} from 'three';
import type { LayerKind } from '#shared/config/layer-schema';
import { GROUND_DECLARATIONS, GROUND_FRAGMENT, type GroundUniforms } from './ground-shader.ts';
import {
  LAYER_VERTEX_BODY,
  LAYER_VERTEX_DECLARATIONS,
  layerBody,
  layerDeclarations,
} from './layer-shader.ts';
import type { LayerUniforms } from './surface-layers.ts';

/** Uniforms that every frame sets: the occlusion of the environment's light, by pixel, and the weather on surfaces. */
export type SharedUniforms = GroundUniforms &
  Readonly<{
    occlusionMap: { value: Texture | null };
  }>;

/** Uniforms of a surface whose texture is projected along the axes of its object. */
export type ProjectionUniforms = Readonly<{
  projectedColor: { value: Texture | null };
  projectedNormal: { value: Texture | null };
  projectedRoughness: { value: Texture | null };
  projectedMetalness: { value: Texture | null };
  projectedOcclusion: { value: Texture | null };
  projectedHeights: { value: Texture | null };
  /** Metres per unit of the object's axes. */
  objectScale: { value: Vector3 };
  /** 1 / side of a repetition, cos, sin of its turn. */
  projectionTurn: { value: Vector3 };
  projectionSharpness: { value: number };
  normalStrength: { value: number };
}>;

/** Which images a projection has. */
export type ProjectionFeatures = Readonly<{
  normal: boolean;
  roughness: boolean;
  metalness: boolean;
  occlusion: boolean;
  /** Heights of images, for what gathers in hollows. */
  height: boolean;
  /** Projections are mixed by another power than the usual one. */
  sharpness: boolean;
}>;

/** What a surface has of Diorama's own, and so what its program has. */
export type SurfaceFeatures = Readonly<{
  projection: ProjectionFeatures | null;
  /** Slopes of the projection's normal map have a factor. */
  normalStrength: boolean;
  /** Opacity of the projection's colour image is the height of its pattern. */
  heights: boolean;
  /** What lies over the surface, from below to above. */
  layers: readonly LayerKind[];
  /** Highlights are drawn out along the axes of the object, which needs no texture coordinates. */
  brushed: boolean;
}>;

const VERTEX_DECLARATIONS = /* glsl */ `
#include <common>
#ifdef IN_OBJECT
varying vec3 vProjectedPosition;
varying vec3 vProjectedNormal;
uniform vec3 objectScale;
#endif
`;

const VERTEX_BODY = /* glsl */ `
#include <begin_vertex>
#ifdef IN_OBJECT
vProjectedPosition = position * objectScale;
vProjectedNormal = normal / objectScale;
#endif
`;

/**
 * Triplanar projection in metres: each texture is looked up along the object's three axes and the
 * results are mixed by how squarely the surface faces each (weights n⁸, or another power), so that objects without
 * texture coordinates carry textures too, at true scale. Lookups of negligible weight are left out;
 * gradients are taken outside of the branches, where they are defined.
 */
const FRAGMENT_DECLARATIONS = /* glsl */ `
#include <common>
uniform sampler2D occlusionMap;
${GROUND_DECLARATIONS}
#if defined(PROJECTED_HEIGHT) || defined(PROJECTED_HEIGHT_IMAGE)
float projectedHeight;
#define LAYER_RELIEF projectedHeight
#else
#define LAYER_RELIEF 0.5
#endif
#ifdef IN_OBJECT
varying vec3 vProjectedPosition;
varying vec3 vProjectedNormal;
uniform vec3 objectScale;

// Models without normals are shaded flat: their faces are told apart by how positions change from pixel to pixel.
vec3 projectedFacing() {
#ifdef FLAT_SHADED
  return normalize(cross(dFdx(vProjectedPosition), dFdy(vProjectedPosition)));
#else
  return normalize(vProjectedNormal);
#endif
}

vec3 withoutTraces(vec3 w) {
  w = max(w / (w.x + w.y + w.z) - 0.02, 0.0);
  return w / (w.x + w.y + w.z);
}

vec3 projectionWeights(vec3 n) {
  vec3 w = n * n;
  w = w * w;
  w = w * w;
  return withoutTraces(w);
}

vec3 signsOf(vec3 n) {
  return vec3(n.x < 0.0 ? -1.0 : 1.0, n.y < 0.0 ? -1.0 : 1.0, n.z < 0.0 ? -1.0 : 1.0);
}
#endif
#ifdef BRUSHED
uniform mat4 modelViewMatrix;

// Along the first axis of textures and across it, in the camera's frame; in metres no axis is stretched.
mat3 brushedFrame(vec3 normal) {
  vec3 n = projectedFacing();
  vec3 weight = projectionWeights(n);
  vec3 along = vec3(weight.y + weight.z * signsOf(n).z, 0.0, -weight.x * signsOf(n).x);
  vec3 tangent = (modelViewMatrix * vec4(along / objectScale, 0.0)).xyz;
  tangent = normalize(tangent - dot(tangent, normal) * normal);
  return mat3(tangent, cross(normal, tangent), normal);
}
#endif
#ifdef PROJECTED
uniform sampler2D projectedColor;
uniform sampler2D projectedNormal;
uniform sampler2D projectedRoughness;
uniform sampler2D projectedMetalness;
uniform sampler2D projectedOcclusion;
uniform sampler2D projectedHeights;
uniform vec3 projectionTurn;
uniform float projectionSharpness;
#if defined(PROJECTED_NORMAL) && !defined(USE_NORMALMAP_OBJECTSPACE)
uniform mat3 normalMatrix;
#endif
#ifdef PROJECTED_NORMAL_STRENGTH
uniform float normalStrength;
#endif
vec2 projectedUv[3];
vec2 projectedDx[3];
vec2 projectedDy[3];
vec3 projectedWeight;
vec3 projectedSign;

vec2 turned(vec2 p) {
  return projectionTurn.x * vec2(p.x * projectionTurn.y - p.y * projectionTurn.z, p.x * projectionTurn.z + p.y * projectionTurn.y);
}

void prepareProjection() {
  vec3 n = projectedFacing();
#ifdef PROJECTED_SHARPNESS
  projectedWeight = withoutTraces(pow(abs(n), vec3(projectionSharpness)));
#else
  projectedWeight = projectionWeights(n);
#endif
  projectedSign = signsOf(n);
  vec3 p = vProjectedPosition;
  projectedUv[0] = turned(vec2(-p.z * projectedSign.x, p.y));
  projectedUv[1] = turned(vec2(p.x, -p.z * projectedSign.y));
  projectedUv[2] = turned(vec2(p.x * projectedSign.z, p.y));
  for (int i = 0; i < 3; i++) {
    projectedDx[i] = dFdx(projectedUv[i]);
    projectedDy[i] = dFdy(projectedUv[i]);
  }
}

vec4 projected(sampler2D image) {
  vec4 sum = vec4(0.0);
  if (projectedWeight.x > 0.0) sum += projectedWeight.x * textureGrad(image, projectedUv[0], projectedDx[0], projectedDy[0]);
  if (projectedWeight.y > 0.0) sum += projectedWeight.y * textureGrad(image, projectedUv[1], projectedDx[1], projectedDy[1]);
  if (projectedWeight.z > 0.0) sum += projectedWeight.z * textureGrad(image, projectedUv[2], projectedDx[2], projectedDy[2]);
  return sum;
}

vec2 slopeOf(vec4 texel) {
  vec3 mapped = texel.xyz * 2.0 - 1.0;
  // Nothing in a map is steeper than 84 degrees; what is has no height above it.
  vec2 slope = mapped.xy / max(mapped.z, 0.1);
#ifdef PROJECTED_NORMAL_STRENGTH
  slope *= normalStrength;
#endif
  return vec2(slope.x * projectionTurn.y + slope.y * projectionTurn.z, slope.y * projectionTurn.y - slope.x * projectionTurn.z);
}

// Slopes along each projection's two axes make one gradient in space, of which the part along the surface
// bends its normal: Mikkelsen, "Surface Gradient-Based Bump Mapping Framework" (JCGT 2020).
vec3 projectedNormalInObject() {
  vec3 n = projectedFacing();
  vec2 sx = slopeOf(textureGrad(projectedNormal, projectedUv[0], projectedDx[0], projectedDy[0])) * projectedWeight.x;
  vec2 sy = slopeOf(textureGrad(projectedNormal, projectedUv[1], projectedDx[1], projectedDy[1])) * projectedWeight.y;
  vec2 sz = slopeOf(textureGrad(projectedNormal, projectedUv[2], projectedDx[2], projectedDy[2])) * projectedWeight.z;
  vec3 bend = vec3(sy.x + sz.x * projectedSign.z, sx.y + sz.y, -sx.x * projectedSign.x - sy.y * projectedSign.y);
  return normalize(n + bend - dot(n, bend) * n);
}
#endif
`;

const MAP_FRAGMENT = /* glsl */ `
#ifdef PROJECTED
prepareProjection();
#ifdef PROJECTED_HEIGHT
vec4 projectedTexel = projected(projectedColor);
diffuseColor.rgb *= projectedTexel.rgb;
projectedHeight = projectedTexel.a;
#else
diffuseColor.rgb *= projected(projectedColor).rgb;
#ifdef PROJECTED_HEIGHT_IMAGE
projectedHeight = projected(projectedHeights).r;
#endif
#endif
#else
#include <map_fragment>
#endif
`;

const ROUGHNESS_FRAGMENT = /* glsl */ `
#include <roughnessmap_fragment>
#ifdef PROJECTED_ROUGHNESS
roughnessFactor = roughness * projected(projectedRoughness).g;
#endif
`;

const METALNESS_FRAGMENT = /* glsl */ `
#include <metalnessmap_fragment>
#ifdef PROJECTED_METALNESS
metalnessFactor = metalness * projected(projectedMetalness).b;
#endif
`;

const NORMAL_FRAGMENT = /* glsl */ `
#include <normal_fragment_maps>
#ifdef PROJECTED_NORMAL
// In metres it is already free of the object's scale, which the matrix takes out once more.
normal = normalize(normalMatrix * (objectScale * projectedNormalInObject()));
#ifdef DOUBLE_SIDED
normal *= faceDirection;
#endif
#endif
#ifdef LAYERED
normal = normalize(mix(normal, nonPerturbedNormal, layerCover));
#endif
${GROUND_FRAGMENT}
`;

const PHYSICAL_FRAGMENT = /* glsl */ `
#ifdef BRUSHED
tbn = brushedFrame(normal);
#endif
#include <lights_physical_fragment>
`;

/** Penumbra of a spot light that shines by the cosine law: of no other is the inner cone wider than the outer. */
export const LAMBERTIAN_PENUMBRA = -0.5;

/** three's cone of a spot light; the cosine law where the cosine of its inner cone is below that of the outer. */
const LIGHTS_PARS = ShaderChunk.lights_pars_begin.replace(
  'return smoothstep( coneCosine, penumbraCosine, angleCosine );',
  'return penumbraCosine < coneCosine - 0.5 ? max( angleCosine, 0.0 ) : smoothstep( coneCosine, penumbraCosine, angleCosine );',
);

/** Only light of the environment is occluded: shadows of lights are the shadow maps' business. */
const OCCLUSION_FRAGMENT = /* glsl */ `
#include <aomap_fragment>
// Where nothing is occluded, it is a single texel.
ivec2 occlusionTexel = min(ivec2(gl_FragCoord.xy), textureSize(occlusionMap, 0) - 1);
float screenOcclusion = texelFetch(occlusionMap, occlusionTexel, 0).r;
#ifdef PROJECTED_OCCLUSION
screenOcclusion *= projected(projectedOcclusion).r;
#endif
reflectedLight.indirectDiffuse *= screenOcclusion;
#ifdef STANDARD
// Lagarde and de Rousiers, "Moving Frostbite to PBR" (2014), listing 26.
float facingRatio = saturate(dot(normal, normalize(vViewPosition)));
reflectedLight.indirectSpecular *= saturate(pow(facingRatio + screenOcclusion, exp2(-16.0 * material.roughness - 1.0)) - 1.0 + screenOcclusion);
#endif
`;

function definesOf(features: SurfaceFeatures): readonly string[] {
  const { projection, normalStrength, heights, layers, brushed } = features;
  const used: Readonly<Record<string, boolean>> = {
    LAYERED: layers.length > 0,
    PROJECTED_HEIGHT: projection !== null && heights && layers.length > 0,
    IN_OBJECT: projection !== null || brushed,
    PROJECTED: projection !== null,
    PROJECTED_NORMAL: projection?.normal === true,
    PROJECTED_NORMAL_STRENGTH: projection?.normal === true && normalStrength,
    PROJECTED_ROUGHNESS: projection?.roughness === true,
    PROJECTED_METALNESS: projection?.metalness === true,
    PROJECTED_OCCLUSION: projection?.occlusion === true,
    PROJECTED_HEIGHT_IMAGE: projection?.height === true && layers.length > 0,
    PROJECTED_SHARPNESS: projection?.sharpness === true,
    BRUSHED: brushed,
  };
  return Object.keys(used).filter((name) => used[name]);
}

/** What a lit shader gets. */
export type SurfaceParts = Readonly<{
  shared: SharedUniforms;
  own: Readonly<{
    uniforms: ProjectionUniforms;
    layerUniforms: LayerUniforms;
    features: SurfaceFeatures;
  }> | null;
  /** Whether weather leaves anything on surfaces. */
  weathered: boolean;
}>;

/** Puts Diorama's parts into a lit three.js shader: environment occlusion, weather, and what else a surface has. */
export function patchSurfaceShader(
  shader: WebGLProgramParametersWithUniforms,
  { shared, own, weathered }: SurfaceParts,
): void {
  Object.assign(shader.uniforms, shared, own?.uniforms, own?.layerUniforms);
  const layers = own?.features.layers ?? [];
  const names = [...(weathered ? ['WEATHERED'] : []), ...(own ? definesOf(own.features) : [])];
  const defines = names.map((name) => [name, ''] as const);
  shader.defines = { ...shader.defines, ...Object.fromEntries(defines) };
  shader.vertexShader = shader.vertexShader
    .replace('#include <common>', VERTEX_DECLARATIONS + LAYER_VERTEX_DECLARATIONS)
    .replace('#include <begin_vertex>', VERTEX_BODY + LAYER_VERTEX_BODY);
  shader.fragmentShader = shader.fragmentShader
    .replace('#include <common>', FRAGMENT_DECLARATIONS + layerDeclarations(layers))
    .replace('#include <lights_pars_begin>', LIGHTS_PARS)
    .replace('#include <map_fragment>', MAP_FRAGMENT)
    .replace('#include <roughnessmap_fragment>', ROUGHNESS_FRAGMENT)
    .replace('#include <metalnessmap_fragment>', METALNESS_FRAGMENT)
    .replace(
      '#include <normal_fragment_begin>',
      `${layerBody(layers)}#include <normal_fragment_begin>`,
    )
    .replace('#include <normal_fragment_maps>', NORMAL_FRAGMENT)
    .replace('#include <lights_physical_fragment>', PHYSICAL_FRAGMENT)
    .replace('#include <aomap_fragment>', OCCLUSION_FRAGMENT);
}
