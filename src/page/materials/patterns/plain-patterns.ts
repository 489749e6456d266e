/** Checks, stripes and gradients. Coordinates are 0..1 over one repetition; heights are 0..1. */
export const CHECKS_PATTERN = /* glsl */ `
vec3 checks(vec2 uv) {
  ivec2 square = ivec2(floor(uv * float(2 * cells)));
  int parity = (square.x + square.y) & 1;
  if (colorCount == 2) return colors[parity];
  uint h = hash(uvec3(uint(square.x), uint(square.y), patternSeed));
  return parity == 0 ? colors[0] : colors[1 + int(h % uint(colorCount - 1))];
}

vec3 patternColor(vec2 uv, out float height) {
  vec2 within = fract(uv * float(2 * cells));
  vec2 inset = min(within, 1.0 - within);
  height = smoothstep(0.0, 0.12, min(inset.x, inset.y));
  return checks(uv);
}
`;

export const STRIPES_PATTERN = /* glsl */ `
vec3 stripes(float along) {
  float count = float(colorCount);
  float at = fract(along * float(cells)) * count;
  int current = int(floor(at));
  float into = at - float(current);
  float edge = max(softness, 2.0 * float(cells) * count / 512.0);
  int previous = (current + colorCount - 1) % colorCount;
  return mix(colors[previous], colors[current], smoothstep(0.0, edge, into));
}

vec3 patternColor(vec2 uv, out float height) {
  float at = fract(uv.x * float(cells)) * float(colorCount);
  // A round rib for each stripe.
  float across = 2.0 * fract(at) - 1.0;
  height = sqrt(max(1.0 - across * across, 0.0));
  return stripes(uv.x);
}
`;

export const GRADIENT_PATTERN = /* glsl */ `
vec3 patternColor(vec2 uv, out float height) {
  height = 1.0 - abs(2.0 * uv.y - 1.0);
  return ramp(1.0 - abs(2.0 * uv.y - 1.0));
}
`;
