/**
 * Woven cloth. Threads are round and pass over and under each other as the weave says; what lies higher is seen.
 * Warp runs along v and has the first colour, weft along u and has the second; a third and a fourth colour make
 * stripes of warp and of weft, which together are a tartan.
 */
export const FABRIC_PATTERN = /* glsl */ `
// Whether the warp is on top where warp thread i and weft thread j cross.
float warpOver(ivec2 at) {
  ivec2 m = (at + 20) % 20;
  if (variant == 1) return ((m.x + m.y) % 4) < 2 ? 1.0 : -1.0;
  if (variant == 2) return m.y % 5 == (2 * m.x) % 5 ? -1.0 : 1.0;
  if (variant == 3) return ((m.x / 2 + m.y / 2) & 1) == 0 ? 1.0 : -1.0;
  return ((m.x + m.y) & 1) == 0 ? 1.0 : -1.0;
}

// A thread's middle at t between two crossings, where it is at 'from' and 'to'.
float swing(float from, float to, float t) {
  return mix(from, to, 0.5 - 0.5 * cos(3.14159265 * t));
}

vec3 threadColor(int index, int count, vec2 along, vec3 plain, vec3 striped, uint salt) {
  uint h = cellHash(ivec2(index, 0), ivec2(count, 1), salt);
  int band = max(count / 6, 1);
  vec3 color = ((index + count) % count / band) % 3 == 2 ? striped : plain;
  float twist = sin(6.2831853 * (along.x * 2.0 + along.y));
  return color * (1.0 + turbulence * 0.3 * (float(h & 255u) / 255.0 - 0.5) + 0.07 * twist);
}

vec3 patternColor(vec2 uv, out float height) {
  int repeat = variant == 0 ? 2 : (variant == 2 ? 5 : 4);
  int count = cells * repeat;
  vec2 stray = 0.12 * turbulence * vec2(gradientNoise(uv * 5.0, ivec2(5), 21u), gradientNoise(uv * 5.0, ivec2(5), 22u));
  vec2 p = uv * float(count) + stray;
  ivec2 at = ivec2(floor(p));
  vec2 f = p - floor(p) - 0.5;
  ivec2 side = ivec2(f.x < 0.0 ? -1 : 1, f.y < 0.0 ? -1 : 1);
  float here = warpOver(at);
  float warpMiddle = swing(here, warpOver(at + ivec2(0, side.y)), abs(f.y));
  float weftMiddle = -swing(here, warpOver(at + ivec2(side.x, 0)), abs(f.x));
  // Round threads, a little thinner than their places.
  vec2 round = 1.0 - pow(abs(f) / 0.48, vec2(2.0));
  float warp = 0.5 * warpMiddle + round.x;
  float weft = 0.5 * weftMiddle + round.y;
  bool isWarp = warp > weft;
  height = clamp((max(warp, weft) + 0.3) / 1.8, 0.0, 1.0);
  vec3 warpStripe = colors[min(2, colorCount - 1)];
  vec3 color = isWarp
    ? threadColor(at.x, count, f, colors[0], colorCount > 2 ? warpStripe : colors[0], 31u)
    : threadColor(at.y, count, f.yx, colors[1], colorCount > 3 ? colors[3] : colors[1], 32u);
  return color * (0.45 + 0.6 * height);
}
`;
