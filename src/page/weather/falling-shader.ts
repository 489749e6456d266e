/**
 * A drop in the exposure is a disc (a flake an ellipse) that goes from its first place to its last, and a pixel is
 * covered for a share of the time: (1 − τ/T) of what is behind and τ/T of the drop's own light (K. Garg and S. Nayar,
 * "Vision and Rain", 2007). The mean over the pixel's square, laid along the streak, has a closed form: across, the
 * slice of the disc, and along, that slice's chord moved over the way. Over all pixels it adds up to the disc's own
 * area, however long its way and however thin the streak.
 */
export const FALLING_VERTEX_SHADER = /* glsl */ `
in vec2 corner; // −1..1 along and across
in vec3 place; // world, middle of the exposure
in vec3 way; // world, over the whole exposure
in vec2 form; // diameter, metres; narrowing
uniform mat4 viewMatrix;
uniform mat4 projectionMatrix;
uniform vec2 size;
uniform float nearest;
out vec2 vAt; // pixels from the middle, along and across
flat out vec3 vStreak; // length of the way, half axes along and across, pixels

void main() {
  vec3 middle = (viewMatrix * vec4(place, 1.0)).xyz;
  vec3 half_ = 0.5 * mat3(viewMatrix) * way;
  vec4 a = projectionMatrix * vec4(middle - half_, 1.0);
  vec4 b = projectionMatrix * vec4(middle + half_, 1.0);
  if (min(a.w, b.w) < nearest) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  vec2 from = a.xy / a.w * 0.5 * size;
  vec2 to = b.xy / b.w * 0.5 * size;
  float diameter = form.x * projectionMatrix[1][1] * 0.5 * size.y / -middle.z;
  float reach = length(to - from);
  vec2 along = reach > 1e-6 ? (to - from) / reach : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  vStreak = vec3(reach, 0.5 * diameter, 0.5 * diameter * form.y);
  // Half a pixel more on each side: what its square may reach.
  vAt = corner * (vec2(0.5 * reach + vStreak.y, vStreak.z) + 0.5);
  vec2 at = 0.5 * (from + to) + vAt.x * along + vAt.y * across;
  float depth = mix(a.z / a.w, b.z / b.w, 0.5 + 0.5 * corner.x);
  gl_Position = vec4(at / (0.5 * size), depth, 1.0);
}
`;

export const FALLING_FRAGMENT_SHADER = /* glsl */ `
in vec2 vAt;
flat in vec3 vStreak;
uniform vec3 radiance;
out vec4 outColor;

// Area of a disc of radius r on one side of a line at x.
float discArea(float x, float r) {
  return x * sqrt(max(r * r - x * x, 0.0)) + r * r * asin(clamp(x / r, -1.0, 1.0));
}

// A pixel's length against a chord: height and, from the middle, half lengths of its level and of all of it.
float ramp(float x, vec3 form) {
  return clamp(form.z - abs(x), 0.0, form.x);
}
float rampArea(float x, vec3 form) {
  float at = min(abs(x), form.z);
  float down = max(at - form.y, 0.0);
  return sign(x) * (form.x * at - 0.5 * down * down);
}

void main() {
  float reach = vStreak.x;
  float r = vStreak.z;
  float from = max(vAt.y - 0.5, -r);
  float to = min(vAt.y + 0.5, r);
  if (to <= from) discard;
  float chord = (discArea(to, r) - discArea(from, r)) / (to - from) * (vStreak.y / r);
  vec3 form = vec3(min(chord, 1.0), 0.5 * abs(chord - 1.0), 0.5 * (chord + 1.0));
  float along = reach < 0.05
    ? ramp(vAt.x, form)
    : (rampArea(vAt.x + 0.5 * reach, form) - rampArea(vAt.x - 0.5 * reach, form)) / reach;
  outColor = vec4(radiance, (to - from) * along);
}
`;
