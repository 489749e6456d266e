/** One direction of a Gaussian blur. */
export const BLUR_FRAGMENT_SHADER = /* glsl */ `
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
  for (int i = -reach; i <= reach; i++) {
    float weight = exp(-0.5 * float(i * i) / (sigma * sigma));
    sum += weight * texelFetch(radiance, clamp(pixel + i * direction, ivec2(0), last), 0).rgb;
    total += weight;
  }
  outColor = vec4(sum / total, 1.0);
}
`;

/** A picture of `size`, at a texture's first texel, between its texels; written out, as filters of the GPU differ in their last bits. */
export const BILINEAR_CHUNK = /* glsl */ `
vec3 between(sampler2D source, ivec2 size, vec2 place) {
  ivec2 last = size - 1;
  vec2 corner = floor(place - 0.5);
  vec2 part = place - 0.5 - corner;
  ivec2 low = clamp(ivec2(corner), ivec2(0), last);
  ivec2 high = clamp(ivec2(corner) + 1, ivec2(0), last);
  vec3 below = mix(texelFetch(source, low, 0).rgb, texelFetch(source, ivec2(high.x, low.y), 0).rgb, part.x);
  vec3 above = mix(texelFetch(source, ivec2(low.x, high.y), 0).rgb, texelFetch(source, high, 0).rgb, part.x);
  return mix(below, above, part.y);
}
`;

/** Lateral chromatic aberration: red and blue images of other sizes about the principal point. GL rows. */
export const ABERRATION_FRAGMENT_SHADER = /* glsl */ `
out vec4 outColor;
uniform sampler2D radiance;
uniform vec2 centre;
uniform vec2 scales; // of red and of blue
${BILINEAR_CHUNK}
void main() {
  vec2 away = gl_FragCoord.xy - centre;
  ivec2 size = textureSize(radiance, 0);
  float green = texelFetch(radiance, ivec2(gl_FragCoord.xy), 0).g;
  outColor = vec4(
    between(radiance, size, centre + away / scales.x).r,
    green,
    between(radiance, size, centre + away / scales.y).b,
    1.0);
}
`;

/** Half the size: means of four. */
export const SHRINK_FRAGMENT_SHADER = /* glsl */ `
out vec4 outColor;
uniform sampler2D radiance;
void main() {
  ivec2 last = textureSize(radiance, 0) - 1;
  ivec2 from = 2 * ivec2(gl_FragCoord.xy);
  vec3 sum = vec3(0.0);
  for (int i = 0; i < 4; i++)
    sum += texelFetch(radiance, min(from + ivec2(i & 1, i >> 1), last), 0).rgb;
  outColor = vec4(0.25 * sum, 1.0);
}
`;

/** Part of the light goes where the wide blur has it; the rest stays. */
export const GLARE_FRAGMENT_SHADER = /* glsl */ `
out vec4 outColor;
uniform sampler2D radiance;
uniform sampler2D scattered;
uniform float shrunk; // pixels to a texel of the scattered light
uniform float share;
${BILINEAR_CHUNK}
void main() {
  vec3 sharp = texelFetch(radiance, ivec2(gl_FragCoord.xy), 0).rgb;
  vec3 around = between(scattered, textureSize(scattered, 0), gl_FragCoord.xy / shrunk);
  outColor = vec4(mix(sharp, around, share), 1.0);
}
`;
