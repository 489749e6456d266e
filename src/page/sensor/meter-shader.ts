/**
 * Samplers are of low precision unless it is said: Mesa then reads sums as half floats, which end at 65504.
 * First step of the meter: weighted sums of log₂ luminance over tiles of 8 × 8 pixels; Rec. 709 weights.
 * What is black counts as 1e-4, as in Reinhard et al., "Photographic tone reproduction" (2002), eq. 1.
 */
export const LUMINANCE_FRAGMENT_SHADER = /* glsl */ `
out vec4 outSum;
uniform sampler2D radiance;
uniform float sigma; // pixels, of the weight about the middle; 0: every pixel alike
void main() {
  ivec2 size = textureSize(radiance, 0);
  vec2 sum = vec2(0.0);
  for (int i = 0; i < 64; i++) {
    ivec2 pixel = 8 * ivec2(gl_FragCoord.xy) + ivec2(i & 7, i >> 3);
    if (pixel.x >= size.x || pixel.y >= size.y) continue;
    // A glint past what half floats hold is infinite, and would make the mean of all others nothing.
    vec3 light = clamp(texelFetch(radiance, pixel, 0).rgb, 0.0, 65504.0);
    vec2 away = vec2(pixel) + 0.5 - 0.5 * vec2(size);
    float weight = sigma > 0.0 ? exp(-0.5 * dot(away, away) / (sigma * sigma)) : 1.0;
    sum += weight * vec2(log2(dot(light, vec3(0.2126, 0.7152, 0.0722)) + 1e-4), 1.0);
  }
  outSum = vec4(sum, 0.0, 1.0);
}
`;

/** Sums over tiles of 8 × 8 texels. */
export const SUM_FRAGMENT_SHADER = /* glsl */ `
out vec4 outSum;
uniform sampler2D sums;
void main() {
  ivec2 size = textureSize(sums, 0);
  vec2 sum = vec2(0.0);
  for (int i = 0; i < 64; i++) {
    ivec2 texel = 8 * ivec2(gl_FragCoord.xy) + ivec2(i & 7, i >> 3);
    if (texel.x < size.x && texel.y < size.y) sum += texelFetch(sums, texel, 0).rg;
  }
  outSum = vec4(sum, 0.0, 1.0);
}
`;

/** The factor that brings the mean to the grey that is wanted, within what the camera can. */
export const FACTOR_FRAGMENT_SHADER = /* glsl */ `
out vec4 outFactor;
uniform sampler2D sums;
uniform vec3 wanted; // grey, least and greatest factor
void main() {
  vec2 sum = texelFetch(sums, ivec2(0), 0).rg;
  outFactor = vec4(clamp(wanted.x / exp2(sum.r / sum.g), wanted.y, wanted.z), 0.0, 0.0, 1.0);
}
`;
