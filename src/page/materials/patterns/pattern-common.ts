/**
 * What every pattern has: its parameters, a hash of whole numbers, gradient noise and a ramp of colours.
 *
 * Gradient noise: Perlin, "Improving Noise" (SIGGRAPH 2002). The lattice hash is PCG of Jarzynski and Olano,
 * "Hash Functions for GPU Rendering" (JCGT 2020): whole numbers only, so equal on every GL.
 */
export const PATTERN_COMMON = /* glsl */ `

in vec2 vUv;
out vec4 outColor;

uniform vec3 colors[4]; // linear RGB
uniform int colorCount;
uniform uint patternSeed;
uniform int octaves;
uniform int cells;
uniform float softness;
uniform float turbulence;
uniform int variant; // which of the kind's forms, in the order of the schema

uint hash(uvec3 v) {
  v = v * 1664525u + 1013904223u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  v ^= v >> 16u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  return v.x;
}

// A cell within 0..period of a lattice that repeats. Whole numbers have no vector division on a processor, so the
// quotient is a float's, and set right where that was rounded to the next whole number.
ivec2 wrap(ivec2 cell, ivec2 period) {
  ivec2 rest = cell - period * ivec2(floor(vec2(cell) / vec2(period)));
  rest += period * ivec2(lessThan(rest, ivec2(0)));
  return rest - period * ivec2(greaterThanEqual(rest, period));
}

uint cellHash(ivec2 cell, ivec2 period, uint salt) {
  ivec2 wrapped = wrap(cell, period);
  return hash(uvec3(uint(wrapped.x), uint(wrapped.y), patternSeed ^ salt));
}

// Two numbers in 0..1 from a hash.
vec2 pairOf(uint h) {
  return vec2(float(h & 65535u), float(h >> 16u)) / 65535.0;
}

float cornerSlope(ivec2 cell, vec2 toPoint, ivec2 period, uint salt) {
  uint h = cellHash(cell, period, salt);
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
`;
