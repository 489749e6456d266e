import { Vector2, Vector3 } from 'three';
import type { PlanSky } from '#shared/plan/frame-plan';

/** `vec3 skyRadiance(vec3 direction)`: linear RGB of a sky without its sun's disc (shared/core/sky-model.ts). */
export const SKY_FUNCTIONS = /* glsl */ `
uniform vec3 skyGlow;
uniform float skyPerez[15]; // A..E of luminance, x, y
uniform float skyClear;
uniform vec2 skyChromaticity;
uniform float skyOvercast;
uniform float skyEven;
uniform vec3 skyGround;

float perez(int first, float cosTheta, float gamma) {
  float cosGamma = cos(gamma);
  return (1.0 + skyPerez[first] * exp(skyPerez[first + 1] / max(cosTheta, 1e-3)))
    * (1.0 + skyPerez[first + 2] * exp(skyPerez[first + 3] * gamma) + skyPerez[first + 4] * cosGamma * cosGamma);
}

vec3 skyRadiance(vec3 direction) {
  if (direction.y < 0.0) return skyGround;
  float gamma = acos(clamp(dot(direction, skyGlow), -1.0, 1.0));
  float luminance = skyClear * perez(0, direction.y, gamma);
  float x = skyChromaticity.x * perez(5, direction.y, gamma);
  float y = skyChromaticity.y * perez(10, direction.y, gamma);
  vec3 xyz = luminance * vec3(x, y, 1.0 - x - y) / y;
  // BT.709 primaries, D65 (IEC 61966-2-1). Colours outside of them lose their negative part.
  vec3 clear = max(vec3(
    dot(xyz, vec3(3.2404542, -1.5371385, -0.4985314)),
    dot(xyz, vec3(-0.9692660, 1.8760108, 0.0415560)),
    dot(xyz, vec3(0.0556434, -0.2040259, 1.0572252))
  ), 0.0);
  return clear + skyOvercast * (1.0 + 2.0 * direction.y) / 3.0 + skyEven;
}
`;

/** Paints a sky as an equirectangular map, three's way round. */
export const SKY_MAP_SHADER = /* glsl */ `
in vec2 vUv;
out vec4 outColor;
${SKY_FUNCTIONS}
void main() {
  float azimuth = (vUv.x - 0.5) * 6.283185307179586;
  float elevation = (vUv.y - 0.5) * 3.141592653589793;
  vec3 direction = vec3(cos(azimuth) * cos(elevation), sin(elevation), sin(azimuth) * cos(elevation));
  outColor = vec4(skyRadiance(direction), 1.0);
}
`;

/** Uniforms of {@link SKY_FUNCTIONS}. */
export function createSkyUniforms() {
  return {
    skyGlow: { value: new Vector3(0, 1, 0) },
    skyPerez: { value: new Array<number>(15).fill(0) },
    skyClear: { value: 0 },
    skyChromaticity: { value: new Vector2() },
    skyOvercast: { value: 0 },
    skyEven: { value: 0 },
    skyGround: { value: new Vector3() },
  };
}

/** Sets the uniforms of {@link SKY_FUNCTIONS} to a plan's sky. */
export function setSkyUniforms(uniforms: ReturnType<typeof createSkyUniforms>, sky: PlanSky): void {
  uniforms.skyGlow.value.set(...sky.glow);
  uniforms.skyPerez.value = [...sky.perez.luminance, ...sky.perez.x, ...sky.perez.y];
  uniforms.skyClear.value = sky.clear;
  uniforms.skyChromaticity.value.set(...sky.chromaticity);
  uniforms.skyOvercast.value = sky.overcast;
  uniforms.skyEven.value = sky.even;
  uniforms.skyGround.value.set(...sky.ground);
}
