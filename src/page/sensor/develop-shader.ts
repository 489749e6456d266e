import { ShaderChunk } from 'three';
import { CAPTURE_CHUNK } from './capture-shader.ts';

/** From what was captured to an image: white balance, colour matrix, tone curve, sRGB. Rows from the top. */
const DEVELOP_CHUNK = /* glsl */ `
#define saturate(a) clamp(a, 0.0, 1.0)
uniform vec3 whiteBalance;
uniform int toneCurve;       // 0 none, 1 agx, 2 aces, 3 neutral
#ifdef FILTERS
uniform mat3 develop;
#endif
${ShaderChunk.tonemapping_pars_fragment}

vec3 toned(vec3 c) {
  if (toneCurve == 1) return AgXToneMapping(c);
  if (toneCurve == 2) return ACESFilmicToneMapping(c);
  if (toneCurve == 3) return NeutralToneMapping(c);
  return c;
}

vec3 srgbFromLinear(vec3 c) {
  return mix(12.92 * c, 1.055 * pow(max(c, vec3(0.0031308)), vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}

vec3 developed(vec3 signal) {
  vec3 balanced = max(signal * whiteBalance, 0.0);
#ifdef FILTERS
#ifdef ADC
  // A channel that is full says no more than that: without this, bright white turns pink.
  balanced = min(balanced, adc.z);
#endif
  balanced = max(develop * balanced, 0.0);
#endif
  return srgbFromLinear(saturate(toned(balanced)));
}
`;

/** The whole sensor in one pass, where no stage looks at the pixels beside. */
export const SENSOR_FRAGMENT_SHADER = /* glsl */ `
out vec4 outColor;
${CAPTURE_CHUNK}
${DEVELOP_CHUNK}
void main() {
  outColor = vec4(developed(captured(ivec2(gl_FragCoord.xy))), 1.0);
}
`;

/** Development alone, of an image that was captured before. */
export const DEVELOP_FRAGMENT_SHADER = /* glsl */ `
out vec4 outColor;
uniform sampler2D signal;
#ifdef ADC
uniform vec3 adc;
#endif
${DEVELOP_CHUNK}
void main() {
  outColor = vec4(developed(texelFetch(signal, ivec2(gl_FragCoord.xy), 0).rgb), 1.0);
}
`;

/** Unsharp mask: adds what the image has over its blurred self. */
export const SHARPEN_FRAGMENT_SHADER = /* glsl */ `
out vec4 outColor;
uniform sampler2D image;
uniform sampler2D blurred;
uniform float amount;
void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  vec3 value = texelFetch(image, pixel, 0).rgb;
  vec3 sharp = value + amount * (value - texelFetch(blurred, pixel, 0).rgb);
  outColor = vec4(clamp(sharp, 0.0, 1.0), 1.0);
}
`;
