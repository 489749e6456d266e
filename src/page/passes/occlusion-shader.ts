const SAMPLES = 12;
const TURNS = 7;

/** Places of the samples before they are turned: the spiral of the paper, its end at 1. */
const SPIRAL = Array.from({ length: SAMPLES }, (_, i) => {
  const t = (i + 0.5) / SAMPLES;
  const angle = t * TURNS * 2 * Math.PI;
  return `vec2(${(t * Math.cos(angle)).toFixed(9)}, ${(t * Math.sin(angle)).toFixed(9)})`;
});

/**
 * Ambient obscurance from the label pass's depth and normals: how much of the sky above a point is
 * hidden by what lies within `radius` (after McGuire et al., "The Alchemy Screen-Space Ambient
 * Obscurance Algorithm", HPG 2011). Reads rows from the top, writes GL rows.
 */
export const OCCLUSION_FRAGMENT_SHADER = /* glsl */ `

out vec4 outOcclusion;

uniform sampler2D depthMap;  // metres, 0 = nothing
uniform sampler2D normalMap;
uniform vec4 intrinsics;
uniform ivec2 size;
uniform float radius; // metres
uniform float strength;

const int SAMPLES = ${SAMPLES};
const vec2 SPIRAL[SAMPLES] = vec2[](${SPIRAL.join(', ')});
const float ANGLE_BIAS = 0.12;
const float REACH_LIMIT = 120.0; // pixels

vec3 pointAt(ivec2 pixel, float depth) {
  return vec3((vec2(pixel) + 0.5 - intrinsics.zw) / intrinsics.xy, 1.0) * depth;
}

void main() {
  ivec2 pixel = ivec2(int(gl_FragCoord.x), size.y - 1 - int(gl_FragCoord.y));
  float depth = texelFetch(depthMap, pixel, 0).r;
  if (depth <= 0.0) {
    outOcclusion = vec4(1.0);
    return;
  }
  vec3 point = pointAt(pixel, depth);
  vec3 normal = normalize(texelFetch(normalMap, pixel, 0).xyz * 2.0 - 1.0);
  float reach = min(radius * intrinsics.x / depth, REACH_LIMIT);
  // Interleaved gradient noise (Jimenez 2014): neighbours turn the spiral differently; the blur averages them.
  float turn = 6.2831853 * fract(52.9829189 * fract(dot(vec2(pixel), vec2(0.06711056, 0.00583715))));
  float cosine = cos(turn);
  float sine = sin(turn);
  mat2 turned = reach * mat2(cosine, sine, -sine, cosine);
  float hidden = 0.0;
  for (int i = 0; i < SAMPLES; i++) {
    ivec2 other = pixel + ivec2(round(turned * SPIRAL[i]));
    if (other.x < 0 || other.y < 0 || other.x >= size.x || other.y >= size.y) continue;
    float otherDepth = texelFetch(depthMap, other, 0).r;
    if (otherDepth <= 0.0) continue;
    vec3 toOther = pointAt(other, otherDepth) - point;
    float squared = dot(toOther, toOther);
    float near = max(0.0, 1.0 - squared / (radius * radius));
    hidden += near * max(0.0, dot(toOther, normal) * inversesqrt(squared + 1e-12) - ANGLE_BIAS);
  }
  outOcclusion = vec4(max(0.0, 1.0 - strength * 2.2 * hidden / float(SAMPLES)));
}
`;

/** Averages 4×4 pixels of like depth: as many as the spiral has turns to be averaged. */
export const OCCLUSION_BLUR_SHADER = /* glsl */ `

out vec4 outOcclusion;

uniform sampler2D occlusionMap; // GL rows
uniform sampler2D depthMap;     // rows from the top
uniform ivec2 size;

void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  float depth = texelFetch(depthMap, ivec2(pixel.x, size.y - 1 - pixel.y), 0).r;
  float sum = 0.0;
  float weight = 0.0;
  for (int y = -2; y < 2; y++) {
    for (int x = -2; x < 2; x++) {
      ivec2 other = clamp(pixel + ivec2(x, y), ivec2(0), size - 1);
      float otherDepth = texelFetch(depthMap, ivec2(other.x, size.y - 1 - other.y), 0).r;
      float alike = abs(otherDepth - depth) < 0.02 * depth + 1e-6 ? 1.0 : 0.0;
      sum += alike * texelFetch(occlusionMap, other, 0).r;
      weight += alike;
    }
  }
  outOcclusion = vec4(weight > 0.0 ? sum / weight : 1.0);
}
`;
