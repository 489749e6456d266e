/**
 * Noises that repeat without a seam: gradient, value and simplex noise summed over octaves, and cellular noise.
 *
 * Simplex noise on a lattice that repeats: Gustavson and McEwan, "Tiling Simplex Noise and Flow Noise in Two and
 * Three Dimensions" (JCGT 2022). Cellular noise: Worley, "A Cellular Texture Basis Function" (SIGGRAPH 1996).
 */
export const NOISE_PATTERN = /* glsl */ `
vec3 patternColor(vec2 uv, out float height) {
  height = 0.5 + 0.75 * fractalNoise(uv, 0u);
  return ramp(height);
}
`;

/** Sums octaves of `noiseAt`, which is within -1..1 and repeats after `period` cells. */
const FRACTAL = /* glsl */ `
vec3 patternColor(vec2 uv, out float height) {
  float sum = 0.0;
  float weight = 0.5;
  int period = cells;
  for (int octave = 0; octave < 8; octave++) {
    if (octave >= octaves) break;
    sum += weight * noiseAt(uv * float(period), ivec2(period), uint(octave) * 7919u);
    weight *= 0.5;
    period *= 2;
  }
  height = 0.5 + 0.6 * sum;
  return ramp(height);
}
`;

export const VALUE_PATTERN = /* glsl */ `
float cornerValue(ivec2 cell, ivec2 period, uint salt) {
  return float(cellHash(cell, period, salt) >> 8u) / 8388607.5 - 1.0;
}

float noiseAt(vec2 p, ivec2 period, uint salt) {
  ivec2 cell = ivec2(floor(p));
  vec2 f = p - floor(p);
  vec2 fade = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
  float low = mix(cornerValue(cell, period, salt), cornerValue(cell + ivec2(1, 0), period, salt), fade.x);
  float high = mix(cornerValue(cell + ivec2(0, 1), period, salt), cornerValue(cell + ivec2(1, 1), period, salt), fade.x);
  return mix(low, high, fade.y);
}
${FRACTAL}`;

export const SIMPLEX_PATTERN = /* glsl */ `
// Corners of the skewed lattice stand at (i - j / 2, j): rows are half a cell apart, so that both axes repeat
// after an even number of rows.
float cornerPart(ivec2 corner, vec2 p, int period, uint salt) {
  vec2 toPoint = p - vec2(float(corner.x) - 0.5 * float(corner.y), float(corner.y));
  float fall = max(0.8 - dot(toPoint, toPoint), 0.0);
  uint h = cellHash(ivec2(2 * corner.x - corner.y, corner.y), ivec2(2 * period, period), salt);
  float angle = float(h >> 8u) * (6.2831853 / 16777216.0);
  fall *= fall;
  return fall * fall * dot(vec2(cos(angle), sin(angle)), toPoint);
}

float noiseAt(vec2 uv, ivec2 cellPeriod, uint salt) {
  vec2 p = 2.0 * uv;
  int period = 2 * cellPeriod.x;
  vec2 skewed = vec2(p.x + 0.5 * p.y, p.y);
  ivec2 first = ivec2(floor(skewed));
  vec2 f = skewed - floor(skewed);
  ivec2 second = first + (f.x > f.y ? ivec2(1, 0) : ivec2(0, 1));
  return 10.9 * (cornerPart(first, p, period, salt) + cornerPart(second, p, period, salt)
    + cornerPart(first + ivec2(1, 1), p, period, salt));
}
${FRACTAL}`;

export const WORLEY_PATTERN = /* glsl */ `
vec3 patternColor(vec2 uv, out float height) {
  vec2 p = uv * float(cells);
  ivec2 cell = ivec2(floor(p));
  vec2 f = p - floor(p);
  float first = 9.0;
  vec2 toNearest = vec2(0.0);
  uint nearest = 0u;
  // Points lie within their cells: the nearest is at most two cells away.
  for (int y = -2; y <= 2; y++) {
    for (int x = -2; x <= 2; x++) {
      uint h = cellHash(cell + ivec2(x, y), ivec2(cells), 0u);
      vec2 toPoint = vec2(float(x), float(y)) + pairOf(h) - f;
      float d = dot(toPoint, toPoint);
      if (d < first) { first = d; toNearest = toPoint; nearest = h; }
    }
  }
  // Exact distance to the border between the nearest point and any other.
  float border = 9.0;
  for (int y = -2; y <= 2; y++) {
    for (int x = -2; x <= 2; x++) {
      uint h = cellHash(cell + ivec2(x, y), ivec2(cells), 0u);
      vec2 toPoint = vec2(float(x), float(y)) + pairOf(h) - f;
      vec2 apart = toPoint - toNearest;
      if (dot(apart, apart) > 1e-8) border = min(border, dot(0.5 * (toNearest + toPoint), normalize(apart)));
    }
  }
  float distance = sqrt(first);
  uint own = hash(uvec3(nearest, 3u, patternSeed));
  if (variant == 0) {
    height = clamp(1.0 - distance, 0.0, 1.0);
    return ramp(distance);
  }
  float within = smoothstep(0.0, max(softness, 1e-3), border);
  height = within * (0.75 + 0.25 * smoothstep(0.0, 0.35, border));
  float tone = float(own >> 8u) / 16777216.0;
  if (variant == 1) return mix(colors[0], colors[1 + int(own % uint(colorCount - 1))] * (0.82 + 0.36 * tone), within);
  return mix(0.55, 1.0, within) * ramp(tone);
}
`;
