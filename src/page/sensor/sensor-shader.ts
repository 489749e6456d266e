import { ShaderChunk } from 'three';

/** One direction of a Gaussian blur in linear light. */
export const BLUR_FRAGMENT_SHADER = /* glsl */ `
precision highp float;
out vec4 outColor;
uniform sampler2D radiance;
uniform ivec2 direction;
uniform float sigma; // pixels
void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  ivec2 last = textureSize(radiance, 0) - 1;
  int reach = int(ceil(3.0 * sigma));
  vec3 sum = vec3(0.0);
  float total = 0.0;
  for (int i = -24; i <= 24; i++) {
    if (abs(i) > reach) continue;
    float weight = exp(-0.5 * float(i * i) / (sigma * sigma));
    sum += weight * texelFetch(radiance, clamp(pixel + i * direction, ivec2(0), last), 0).rgb;
    total += weight;
  }
  outColor = vec4(sum / total, 1.0);
}
`;

/**
 * From linear radiance to an image, in physical order: exposure, vignetting, photon and read noise,
 * white balance, tone curve, sRGB. Noise is a hash of (key, pixel), so it repeats.
 *
 * Photon and read noise: EMVA Standard 1288, release 4.0, §2: e ~ Poisson(signal) + N(0, σ_read²).
 * Hash: Jarzynski and Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020 (pcg3d).
 * Vignetting: natural cos⁴ law. Reads GL rows, writes rows from the top.
 */
export const SENSOR_FRAGMENT_SHADER = /* glsl */ `
precision highp float;
precision highp int;
#define saturate(a) clamp(a, 0.0, 1.0)
out vec4 outColor;
uniform sampler2D radiance;
uniform ivec2 size;
uniform vec4 intrinsics;
uniform float exposure;
uniform float vignetting;
uniform float fullWell;      // electrons at white; 0: no noise
uniform float readElectrons;
uniform uint noiseKey;
uniform vec3 whiteBalance;
uniform int toneCurve;       // 0 none, 1 agx, 2 aces, 3 neutral
${ShaderChunk.tonemapping_pars_fragment}

uvec3 hash(uvec3 v) {
  v = v * 1664525u + 1013904223u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  v ^= v >> 16u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  return v;
}

// 24 bits each, in (0, 1).
vec3 uniforms3(ivec2 pixel, uint salt) {
  uvec3 h = hash(uvec3(uint(pixel.x), uint(pixel.y), noiseKey + salt * 0x9e3779b9u));
  return (vec3(h >> 8u) + 0.5) / 16777216.0;
}

vec3 normals3(vec3 u, vec3 v) {
  return sqrt(-2.0 * log(u)) * cos(6.2831853 * v);
}

// Poisson by inversion where it is skewed, by its normal limit where it is not.
float electronsFrom(float mean, float u, float normal) {
  if (mean > 40.0) return max(0.0, floor(mean + sqrt(mean) * normal + 0.5));
  float term = exp(-mean);
  float sum = term;
  float count = 0.0;
  for (int i = 0; i < 96; i++) {
    if (u <= sum) break;
    count += 1.0;
    term *= mean / count;
    sum += term;
  }
  return count;
}

vec3 withNoise(vec3 signal, ivec2 pixel) {
  vec3 mean = max(signal, 0.0) * fullWell;
  vec3 photon = uniforms3(pixel, 0u);
  vec3 shot = normals3(photon, uniforms3(pixel, 1u));
  vec3 read = normals3(uniforms3(pixel, 2u), uniforms3(pixel, 3u));
  vec3 electrons = vec3(
    electronsFrom(mean.r, photon.r, shot.r),
    electronsFrom(mean.g, photon.g, shot.g),
    electronsFrom(mean.b, photon.b, shot.b));
  return (electrons + readElectrons * read) / fullWell;
}

vec3 toned(vec3 c) {
  if (toneCurve == 1) return AgXToneMapping(c);
  if (toneCurve == 2) return ACESFilmicToneMapping(c);
  if (toneCurve == 3) return NeutralToneMapping(c);
  return c;
}

vec3 srgbFromLinear(vec3 c) {
  return mix(12.92 * c, 1.055 * pow(max(c, vec3(0.0031308)), vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}

void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  vec3 signal = texelFetch(radiance, ivec2(pixel.x, size.y - 1 - pixel.y), 0).rgb * exposure;
  vec2 ray = (gl_FragCoord.xy - intrinsics.zw) / intrinsics.xy;
  float cosine = inversesqrt(1.0 + dot(ray, ray));
  signal *= mix(1.0, cosine * cosine * cosine * cosine, vignetting);
  if (fullWell > 0.0) signal = withNoise(signal, pixel);
  vec3 balanced = max(signal * whiteBalance, 0.0);
  outColor = vec4(srgbFromLinear(saturate(toned(balanced))), 1.0);
}
`;
