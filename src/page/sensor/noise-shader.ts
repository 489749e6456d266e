/**
 * Hashes and distributions in GLSL. Noise is a hash of (key, pixel), so it repeats.
 * Hash: Jarzynski and Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020 (pcg3d).
 */
export const NOISE_CHUNK = /* glsl */ `
uvec3 hash(uvec3 v) {
  v = v * 1664525u + 1013904223u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  v ^= v >> 16u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  return v;
}

// 24 bits each, in (0, 1).
vec3 uniformsOf(ivec2 pixel, uint key, uint salt) {
  uvec3 h = hash(uvec3(uint(pixel.x), uint(pixel.y), key + salt * 0x9e3779b9u));
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
`;
