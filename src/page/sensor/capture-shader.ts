import { NOISE_CHUNK } from './noise-shader.ts';

/**
 * Light becomes electrons and these become numbers, in physical order: exposure, vignetting, colour filters,
 * photons (with dark signal and fixed pattern), reading, saturation and quantisation.
 * EMVA Standard 1288, release 4.0, §2: e ~ Poisson(signal · PRNU + dark) + N(0, σ_read²) + DSNU.
 * Vignetting: natural cos⁴ law. Reads GL rows, at a pixel counted from the top.
 */
export const CAPTURE_CHUNK = /* glsl */ `
uniform sampler2D radiance;
uniform ivec2 size;
uniform vec4 intrinsics;
uniform float exposure;
uniform float vignetting;
uniform float fullWell;      // electrons at white; 0: no noise
uniform float readElectrons;
uniform uint noiseKey;
${NOISE_CHUNK}

#ifdef METER
uniform sampler2D meter;     // one pixel: the factor that the frame's own light asks for
#endif
#ifdef BENT
uniform sampler2D places;    // rows from the top; z: cosine of the ray to the axis
#endif
#ifdef FILTERS
uniform mat3 filters;
#endif
#ifdef DARK
uniform float darkElectrons;
#endif
#ifdef FIXED_PATTERN
uniform uint patternKey;
uniform float prnu;
uniform float dsnuElectrons;
uniform vec2 hot;            // share of the pixels, mean electrons
#endif
#ifdef ADC
uniform vec3 adc;            // highest code, black level, light at the highest code
#endif

vec3 withNoise(vec3 signal, ivec2 pixel) {
  vec3 mean = max(signal, 0.0) * fullWell;
  vec3 fixedElectrons = vec3(0.0);
#ifdef FIXED_PATTERN
  vec3 gain = normals3(uniformsOf(pixel, patternKey, 0u), uniformsOf(pixel, patternKey, 1u));
  vec3 offset = normals3(uniformsOf(pixel, patternKey, 2u), uniformsOf(pixel, patternKey, 3u));
  mean *= max(1.0 + prnu * gain, 0.0);
  fixedElectrons = dsnuElectrons * offset;
  vec3 chosen = step(uniformsOf(pixel, patternKey, 4u), vec3(hot.x));
  mean -= chosen * hot.y * log(uniformsOf(pixel, patternKey, 5u));
#endif
#ifdef DARK
  mean += darkElectrons;
#endif
  vec3 photon = uniformsOf(pixel, noiseKey, 0u);
  vec3 shot = normals3(photon, uniformsOf(pixel, noiseKey, 1u));
  vec3 read = normals3(uniformsOf(pixel, noiseKey, 2u), uniformsOf(pixel, noiseKey, 3u));
  vec3 electrons = vec3(
    electronsFrom(mean.r, photon.r, shot.r),
    electronsFrom(mean.g, photon.g, shot.g),
    electronsFrom(mean.b, photon.b, shot.b));
  return (electrons + readElectrons * read + fixedElectrons) / fullWell;
}

vec3 captured(ivec2 pixel) {
  vec3 light = texelFetch(radiance, ivec2(pixel.x, size.y - 1 - pixel.y), 0).rgb;
  // A glint past what half floats hold is infinite, which a tone curve makes black.
  vec3 signal = min(light, 65504.0) * exposure;
#ifdef METER
  signal *= texelFetch(meter, ivec2(0), 0).r;
#endif
#ifdef BENT
  float cosine = texelFetch(places, pixel, 0).z;
#else
  vec2 ray = (vec2(pixel) + 0.5 - intrinsics.zw) / intrinsics.xy;
  float cosine = inversesqrt(1.0 + dot(ray, ray));
#endif
  signal *= mix(1.0, cosine * cosine * cosine * cosine, vignetting);
#ifdef FILTERS
  signal = filters * signal;
#endif
  if (fullWell > 0.0) signal = withNoise(signal, pixel);
#ifdef ADC
  vec3 code = adc.y + signal / adc.z * (adc.x - adc.y);
  code = clamp(floor(code + 0.5), 0.0, adc.x);
  signal = (code - adc.y) / (adc.x - adc.y) * adc.z;
#endif
  return signal;
}
`;

/** Captures into a target of floats; with a mosaic, the colour of each pixel's own filter alone. */
export const CAPTURE_FRAGMENT_SHADER = /* glsl */ `
out vec4 outSignal;
${CAPTURE_CHUNK}
uniform ivec4 pattern;       // filters of the first two pixels of the first two rows: 0 red, 1 green, 2 blue
void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  vec3 signal = captured(pixel);
  outSignal = vec4(signal[pattern[(pixel.y & 1) * 2 + (pixel.x & 1)]], 0.0, 0.0, 1.0);
}
`;

/** Captures every colour of each pixel, into a target of floats. */
export const CAPTURE_COLORS_FRAGMENT_SHADER = /* glsl */ `
out vec4 outSignal;
${CAPTURE_CHUNK}
void main() {
  outSignal = vec4(captured(ivec2(gl_FragCoord.xy)), 1.0);
}
`;
