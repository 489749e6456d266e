import {
  CustomBlending,
  FrontSide,
  MeshStandardMaterial,
  ShaderChunk,
  SrcColorFactor,
  ZeroFactor,
} from 'three';
import { patchSurfaceShader, type SharedUniforms } from './surface-shader.ts';

/** In place of three's reflection: the light that arrives, over π, whatever a surface would make of it. */
const ARRIVING_LIGHT = /* glsl */ `
#include <lights_physical_pars_fragment>
#undef RE_Direct
#undef RE_IndirectDiffuse
#undef RE_IndirectSpecular
#define RE_Direct arriveDirectly
#define RE_IndirectDiffuse arriveEvenly
#define RE_IndirectSpecular arriveFromSky
void arriveDirectly(const in IncidentLight light, const in vec3 p, const in vec3 n, const in vec3 v, const in vec3 c, const in PhysicalMaterial m, inout ReflectedLight sum) {
  sum.directDiffuse += saturate(dot(n, light.direction)) * light.color * RECIPROCAL_PI;
}
void arriveEvenly(const in vec3 irradiance, const in vec3 p, const in vec3 n, const in vec3 v, const in vec3 c, const in PhysicalMaterial m, inout ReflectedLight sum) {
  sum.indirectDiffuse += irradiance * RECIPROCAL_PI;
}
void arriveFromSky(const in vec3 radiance, const in vec3 irradiance, const in vec3 coat, const in vec3 p, const in vec3 n, const in vec3 v, const in vec3 c, const in PhysicalMaterial m, inout ReflectedLight sum) {
  sum.indirectDiffuse += irradiance * RECIPROCAL_PI;
}
`;

/** Before a light's shadow is looked up, what it gives without one is added up beside. */
const LIGHTS_FRAGMENT = `
ReflectedLight unshadowed = ReflectedLight(vec3(0.0), vec3(0.0), vec3(0.0), vec3(0.0));
${ShaderChunk.lights_fragment_begin.replace(
  /get(?:Point|Spot|Directional)LightInfo\([^;]*;/g,
  '$&\nRE_Direct(directLight, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, unshadowed);',
)}`;

/** The share that shadows and occlusion leave; exactly 1 where there are neither. */
const RATIO_FRAGMENT = /* glsl */ `
vec3 arriving = reflectedLight.directDiffuse + reflectedLight.indirectDiffuse;
vec3 full = unshadowed.directDiffuse + openSky;
gl_FragColor = vec4(mix(min(arriving / max(full, vec3(1e-12)), vec3(1.0)), vec3(1.0), equal(arriving, full)), 1.0);
`;

/** Of a shadow as much is seen as of what it falls on. */
const VEILED_RATIO_FRAGMENT = /* glsl */ `
#ifdef USE_FOG
gl_FragColor.rgb = mix(vec3(1.0), gl_FragColor.rgb, fogTransmittance());
#endif
`;

/**
 * A matt surface that is not seen: what is behind it is multiplied, channel by channel, by the share of the
 * light on it that shadows and occlusion leave. It hides nothing, in colour as in labels.
 */
export function createCatcherMaterial(shared: SharedUniforms): MeshStandardMaterial {
  const material = new MeshStandardMaterial({ roughness: 1, metalness: 0 });
  material.side = FrontSide;
  // Blended, but in the queue of opaque surfaces: it comes right after the background, before all else.
  material.transparent = false;
  material.blending = CustomBlending;
  material.blendSrc = ZeroFactor;
  material.blendDst = SrcColorFactor;
  material.depthWrite = false;
  material.onBeforeCompile = (shader) => {
    patchSurfaceShader(shader, { shared, own: null, weathered: false });
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <lights_physical_pars_fragment>', ARRIVING_LIGHT)
      .replace('#include <lights_fragment_begin>', LIGHTS_FRAGMENT)
      .replace(
        'float screenOcclusion',
        'vec3 openSky = reflectedLight.indirectDiffuse;\nfloat screenOcclusion',
      )
      .replace('#include <opaque_fragment>', RATIO_FRAGMENT)
      .replace('#include <fog_fragment>', VEILED_RATIO_FRAGMENT);
  };
  material.customProgramCacheKey = () => 'shadow-catcher';
  return material;
}
