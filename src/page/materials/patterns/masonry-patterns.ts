/** Bricks and tiles: joints in the first colour, pieces in the others, each piece with a tone of its own. */
const PIECE = /* glsl */ `
// A piece's own colour, by its hash, with grain and stains; 'uneven' is how far pieces differ.
vec3 pieceColor(uint h, vec2 uv, float uneven) {
  vec2 own = pairOf(h);
  vec3 color = colors[1 + int(hash(uvec3(h, 5u, 11u)) % uint(colorCount - 1))];
  float grain = gradientNoise(uv * 96.0, ivec2(96), h & 1023u) + 0.6 * gradientNoise(uv * 31.0, ivec2(31), 9u);
  return color * max(1.0 + uneven * (0.34 * (own.x - 0.5) + 0.14 * grain), 0.0);
}

vec3 jointColor(vec2 uv) {
  return colors[0] * (1.0 + 0.16 * gradientNoise(uv * 120.0, ivec2(120), 13u));
}
`;

export const BRICKS_PATTERN = /* glsl */ `
${PIECE}
vec3 patternColor(vec2 uv, out float height) {
  int courses = 2 * cells;
  float up = uv.y * float(courses);
  int course = int(floor(up));
  bool odd = (course & 1) == 1;
  // A stretcher is three courses long, joints included; headers of an English bond are half of that.
  int across = max(1, (courses + 1) / 3);
  bool header = variant == 2 && odd;
  if (header) across *= 2;
  float shift = odd && variant != 1 ? (header ? 0.25 : 0.5) : 0.0;
  // Edges are worn by noise.
  vec2 worn = 0.05 * turbulence * vec2(gradientNoise(uv * 64.0, ivec2(64), 2u), gradientNoise(uv * 64.0, ivec2(64), 3u));
  float along = uv.x * float(across) - shift;
  ivec2 brick = ivec2(int(floor(along)), course);
  float length = float(courses) / float(across);
  vec2 within = vec2((along - floor(along)) * length, up - floor(up));
  vec2 edge = min(within, vec2(length, 1.0) - within) + worn;
  float inset = min(edge.x, edge.y) - 0.5 * softness;
  uint h = cellHash(brick, ivec2(across, courses), 1u);
  float isBrick = smoothstep(-0.012, 0.012, inset);
  float rounded = smoothstep(0.0, 0.14, inset);
  float rough = 0.5 + 0.5 * fractalNoise(uv * 8.0, 4u);
  height = isBrick * (0.6 * rounded + 0.12 * float(h & 255u) / 255.0 + 0.18 * turbulence * rough) + 0.1 * rough;
  return mix(jointColor(uv), pieceColor(h, uv, turbulence), isBrick) * (0.72 + 0.28 * smoothstep(-0.06, 0.1, abs(inset)));
}
`;

export const TILES_PATTERN = /* glsl */ `
${PIECE}
// The nearest of a hexagonal lattice's centres, as (column in halves, row), and the way to it.
void hexagonAt(vec2 p, out ivec2 id, out vec2 way) {
  const float ROW = 0.8660254;
  ivec2 even = ivec2(floor(vec2(p.x, p.y / (2.0 * ROW)) + 0.5));
  ivec2 odd = ivec2(floor(vec2(p.x - 0.5, p.y / (2.0 * ROW) - 0.5) + 0.5));
  vec2 toEven = p - vec2(float(even.x), 2.0 * ROW * float(even.y));
  vec2 toOdd = p - vec2(float(odd.x) + 0.5, 2.0 * ROW * (float(odd.y) + 0.5));
  bool nearEven = dot(toEven, toEven) < dot(toOdd, toOdd);
  id = nearEven ? ivec2(2 * even.x, 2 * even.y) : ivec2(2 * odd.x + 1, 2 * odd.y + 1);
  way = nearEven ? toEven : toOdd;
}

vec3 patternColor(vec2 uv, out float height) {
  float inset;
  uint h;
  if (variant == 1) {
    // As many rows as make hexagons regular, or nearly.
    int rows = 2 * max(1, int(floor(float(cells) / 1.7320508 + 0.5)));
    ivec2 id;
    vec2 way;
    hexagonAt(vec2(uv.x * float(cells), uv.y * float(rows) * 0.8660254), id, way);
    way = abs(way);
    inset = 0.5 - max(way.x, 0.5 * way.x + 0.8660254 * way.y);
    h = cellHash(id, ivec2(2 * cells, rows), 1u);
  } else if (variant == 2) {
    vec2 p = vec2(uv.x + uv.y, uv.x - uv.y) * float(cells);
    ivec2 id = ivec2(floor(p));
    vec2 within = p - floor(p);
    inset = min(min(within.x, 1.0 - within.x), min(within.y, 1.0 - within.y));
    h = cellHash(ivec2(id.x + id.y, id.x - id.y), ivec2(2 * cells), 1u);
  } else {
    vec2 p = uv * float(cells);
    vec2 within = p - floor(p);
    inset = min(min(within.x, 1.0 - within.x), min(within.y, 1.0 - within.y));
    h = cellHash(ivec2(floor(p)), ivec2(cells), 1u);
  }
  inset -= 0.5 * softness;
  float isTile = smoothstep(-0.006, 0.006, inset);
  height = isTile * (0.25 + 0.75 * sqrt(smoothstep(0.0, 0.06, inset)));
  return mix(jointColor(uv), pieceColor(h, uv, turbulence), isTile) * (0.8 + 0.2 * smoothstep(0.0, 0.04, abs(inset)));
}
`;
