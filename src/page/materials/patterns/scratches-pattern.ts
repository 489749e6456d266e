/** Bare or painted surface in all colours but the last, with fine scratches that show the last. */
export const SCRATCHES_PATTERN = /* glsl */ `
// How deep scratches of one size are at p, 0..1; one or no scratch starts in each cell.
float scratchesAt(vec2 p, int period, float width, uint salt) {
  ivec2 cell = ivec2(floor(p));
  vec2 f = p - floor(p);
  float deepest = 0.0;
  for (int y = -1; y <= 1; y++) {
    for (int x = -1; x <= 1; x++) {
      uint h = cellHash(cell + ivec2(x, y), ivec2(period), salt);
      uint g = hash(uvec3(h, 7u, patternSeed));
      vec2 toMiddle = f - (vec2(float(x), float(y)) + pairOf(h));
      float angle = 3.14159265 * turbulence * (pairOf(g).x - 0.5);
      vec2 way = vec2(cos(angle), sin(angle));
      float halfLength = 0.25 + 0.7 * pairOf(g).y;
      float along = dot(toMiddle, way) / halfLength;
      // A slight bow, none at the ends.
      float across = abs(toMiddle.y * way.x - toMiddle.x * way.y + 0.1 * (pairOf(h).x - 0.5) * along * along);
      float fade = clamp(1.0 - along * along, 0.0, 1.0);
      float depth = 0.25 + 0.75 * float(g & 255u) / 255.0;
      deepest = max(deepest, depth * fade * (1.0 - smoothstep(0.0, width * (0.4 + depth), across)));
    }
  }
  return deepest;
}

vec3 patternColor(vec2 uv, out float height) {
  float deepest = 0.0;
  int period = cells;
  for (int layer = 0; layer < 8; layer++) {
    if (layer >= octaves) break;
    float width = max(softness, float(period) * 1.2 / 512.0);
    deepest = max(deepest, (1.0 - 0.08 * float(layer)) * scratchesAt(uv * float(period), period, width, 41u + uint(layer)));
    period += cells;
  }
  float stain = 0.5 + 0.6 * (gradientNoise(uv * 3.0, ivec2(3), 51u) + 0.5 * gradientNoise(uv * 7.0, ivec2(7), 52u));
  vec3 base = colorCount == 2 ? colors[0] * (0.94 + 0.12 * stain) : mix(colors[0], colors[colorCount - 2], clamp(stain, 0.0, 1.0));
  height = 1.0 - deepest;
  return mix(base, colors[colorCount - 1], deepest);
}
`;
