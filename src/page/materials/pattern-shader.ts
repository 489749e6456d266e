/**
 * Procedural patterns that repeat without a seam. Coordinates are 0..1 over one repetition; lattices
 * are hashed modulo their own period. Writes linear colour.
 *
 * Gradient noise: Perlin, "Improving Noise" (SIGGRAPH 2002). Marble: Perlin, "An Image Synthesizer"
 * (SIGGRAPH 1985). The lattice hash is PCG of Jarzynski and Olano, "Hash Functions for GPU Rendering"
 * (JCGT 2020): whole numbers only, so equal on every GL.
 */
export const PATTERN_FRAGMENT_SHADER = /* glsl */ `
precision highp float;
precision highp int;

in vec2 vUv;
out vec4 outColor;

uniform int kind; // 0 noise, 1 checks, 2 stripes, 3 gradient, 4 marble, 5 wood
uniform vec3 colors[4]; // linear RGB
uniform int colorCount;
uniform uint patternSeed;
uniform int octaves;
uniform int cells;
uniform float softness;
uniform float turbulence;

uint hash(uvec3 v) {
  v = v * 1664525u + 1013904223u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  v ^= v >> 16u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  return v.x;
}

float cornerSlope(ivec2 cell, vec2 toPoint, ivec2 period, uint salt) {
  ivec2 wrapped = ((cell % period) + period) % period;
  uint h = hash(uvec3(uint(wrapped.x), uint(wrapped.y), patternSeed ^ salt));
  float angle = float(h >> 8u) * (6.2831853 / 16777216.0);
  return dot(vec2(cos(angle), sin(angle)), toPoint);
}

// -1..1 over lattice cells, repeating after 'period' of them.
float gradientNoise(vec2 p, ivec2 period, uint salt) {
  ivec2 cell = ivec2(floor(p));
  vec2 f = p - floor(p);
  vec2 fade = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
  float low = mix(cornerSlope(cell, f, period, salt), cornerSlope(cell + ivec2(1, 0), f - vec2(1.0, 0.0), period, salt), fade.x);
  float high = mix(cornerSlope(cell + ivec2(0, 1), f - vec2(0.0, 1.0), period, salt), cornerSlope(cell + ivec2(1, 1), f - vec2(1.0, 1.0), period, salt), fade.x);
  return 1.4142 * mix(low, high, fade.y);
}

float fractalNoise(vec2 uv, uint salt) {
  float sum = 0.0;
  float weight = 0.5;
  int period = cells;
  for (int octave = 0; octave < 8; octave++) {
    if (octave >= octaves) break;
    sum += weight * gradientNoise(uv * float(period), ivec2(period), salt + uint(octave) * 7919u);
    weight *= 0.5;
    period *= 2;
  }
  return sum;
}

// t in 0..1 over the colours, first to last.
vec3 ramp(float t) {
  float at = clamp(t, 0.0, 1.0) * float(colorCount - 1);
  int first = min(int(floor(at)), colorCount - 2);
  return mix(colors[first], colors[first + 1], at - float(first));
}

vec3 stripes(float along) {
  float count = float(colorCount);
  float at = fract(along * float(cells)) * count;
  int current = int(floor(at));
  float into = at - float(current);
  float edge = max(softness, 2.0 * float(cells) * count / 512.0);
  int previous = (current + colorCount - 1) % colorCount;
  return mix(colors[previous], colors[current], smoothstep(0.0, edge, into));
}

vec3 checks(vec2 uv) {
  ivec2 square = ivec2(floor(uv * float(2 * cells)));
  int parity = (square.x + square.y) & 1;
  if (colorCount == 2) return colors[parity];
  uint h = hash(uvec3(uint(square.x), uint(square.y), patternSeed));
  return parity == 0 ? colors[0] : colors[1 + int(h % uint(colorCount - 1))];
}

// Clouds of the first colours, crossed by thin veins of the last.
vec3 marble(vec2 uv) {
  float bent = float(cells) * (uv.x + uv.y) + turbulence * (fractalNoise(uv, 1u) + 0.5 * fractalNoise(uv, 2u));
  float ridge = 1.0 - abs(2.0 * fract(bent) - 1.0);
  float strength = smoothstep(-0.35, 0.6, fractalNoise(uv, 3u));
  float vein = strength * (0.75 * pow(ridge, 24.0) + 0.25 * pow(ridge, 4.0));
  return ramp(0.3 * smoothstep(-0.5, 0.5, fractalNoise(uv, 4u)) + vein);
}

// Boards along u, each sawn from a trunk of its own: year rings are circles about the pith, cut a
// little askew, so that they run as lines near a board's rims and as flames along its middle.
vec3 wood(vec2 uv) {
  float board = floor(uv.y * float(cells));
  float across = uv.y * float(cells) - board - 0.5;
  uint h = hash(uvec3(uint(board), 17u, patternSeed));
  vec3 own = vec3(float(h & 1023u), float((h >> 10u) & 1023u), float(h >> 22u)) / 1023.0;
  float along = uv.x + own.x;
  float sway = turbulence * gradientNoise(vec2(along * 3.0, uv.y * float(2 * cells)), ivec2(3, 2 * cells), 5u);
  float askew = 0.35 * turbulence * sin(6.2831853 * (along + own.z));
  float radius = length(vec2(across + 0.9 * (own.y - 0.5), 0.25 + 0.4 * own.z + askew));
  float year = 17.0 * radius + 0.6 * sway + 0.15 * fractalNoise(vec2(along, uv.y), 6u);
  float inYear = fract(year);
  float late = smoothstep(0.25, 0.9, inYear) * (1.0 - smoothstep(0.93, 1.0, inYear));
  float fibre = gradientNoise(vec2(along * 6.0, uv.y * float(28 * cells)), ivec2(6, 28 * cells), 7u)
    + 0.7 * gradientNoise(vec2(along * 14.0, uv.y * float(64 * cells)), ivec2(14, 64 * cells), 8u);
  float tone = 0.25 + 0.36 * late + 0.24 * fibre + 0.34 * (own.x - 0.5);
  float joint = 1.0 - smoothstep(0.0, max(softness, 1e-4), 0.5 - abs(across));
  return ramp(tone) * (1.0 - (softness > 0.0 ? 0.65 * joint : 0.0));
}

vec3 patternColor(vec2 uv) {
  if (kind == 0) return ramp(0.5 + 0.75 * fractalNoise(uv, 0u));
  if (kind == 1) return checks(uv);
  if (kind == 2) return stripes(uv.x);
  if (kind == 3) return ramp(1.0 - abs(2.0 * uv.y - 1.0));
  if (kind == 4) return marble(uv);
  return wood(uv);
}

void main() {
  outColor = vec4(patternColor(vUv), 1.0);
}
`;
