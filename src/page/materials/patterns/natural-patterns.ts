/** Marble and wood. Marble: Perlin, "An Image Synthesizer" (SIGGRAPH 1985). */
export const MARBLE_PATTERN = /* glsl */ `
// Clouds of the first colours, crossed by thin veins of the last.
vec3 patternColor(vec2 uv, out float height) {
  float bent = float(cells) * (uv.x + uv.y) + turbulence * (fractalNoise(uv, 1u) + 0.5 * fractalNoise(uv, 2u));
  float ridge = 1.0 - abs(2.0 * fract(bent) - 1.0);
  float strength = smoothstep(-0.35, 0.6, fractalNoise(uv, 3u));
  float vein = strength * (0.75 * pow(ridge, 24.0) + 0.25 * pow(ridge, 4.0));
  height = 1.0 - vein;
  return ramp(0.3 * smoothstep(-0.5, 0.5, fractalNoise(uv, 4u)) + vein);
}
`;

export const WOOD_PATTERN = /* glsl */ `
// Boards along u, each sawn from a trunk of its own: year rings are circles about the pith, cut a
// little askew, so that they run as lines near a board's rims and as flames along its middle.
vec3 patternColor(vec2 uv, out float height) {
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
  height = (0.55 + 0.25 * late + 0.2 * fibre) * (softness > 0.0 ? 1.0 - joint : 1.0);
  return ramp(tone) * (1.0 - (softness > 0.0 ? 0.65 * joint : 0.0));
}
`;
