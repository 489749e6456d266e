/** Radiance as it is, finite: a glint past what half floats hold would spread over every mip level. */
export const COPY_FRAGMENT_SHADER = /* glsl */ `
out vec4 outColor;
uniform sampler2D radiance;
void main() {
  outColor = vec4(min(texelFetch(radiance, ivec2(gl_FragCoord.xy), 0).rgb, 65504.0), 1.0);
}
`;

/** A square about what the pupil sees of a disc on the glass. */
export const DISC_VERTEX_SHADER = /* glsl */ `
in vec2 corner;
in vec4 disc;    // place, radius, bend; tangents
flat out vec4 vDisc;
uniform vec2 size;
uniform vec2 focal;
uniform vec2 centre;
uniform float pupil;
void main() {
  vDisc = disc;
  vec2 tangent = disc.xy + corner * (disc.z + pupil);
  gl_Position = vec4((centre + focal * tangent) / size * 2.0 - 1.0, 0.0, 1.0);
}
`;

/**
 * What a disc on the glass makes of a pixel, to be added up. The rays of a pixel are parallel, and cross the
 * glass in a disc as large as the pupil: the share of it that lies on a drop or speck, its middle and its size
 * have closed forms. Both discs' parts beyond their common chord have moments about their own middles that
 * cancel, so that the middle of the share lies at d · S₂ / (S₁ + S₂) from that of the pupil.
 */
export const DISC_FRAGMENT_SHADER = /* glsl */ `
out vec4 outLight; // share of the pixel times its light, and the share
flat in vec4 vDisc;
uniform sampler2D scene;
uniform vec2 size;
uniform vec2 focal;
uniform vec2 centre;
uniform float pupil;
uniform vec4 speck; // colour and opacity; no opacity: a drop
const float PI = 3.14159265358979;

// Area that two discs share (radii a and b, middles d apart), and how far its middle is from that of the first.
vec2 sharedPart(float a, float b, float d) {
  if (d <= abs(a - b)) return a <= b ? vec2(PI * a * a, 0.0) : vec2(PI * b * b, d);
  float x = (d * d + a * a - b * b) / (2.0 * d);
  float h = sqrt(max(a * a - x * x, 0.0));
  float first = a * a * acos(clamp(x / a, -1.0, 1.0)) - x * h;
  float second = b * b * acos(clamp((d - x) / b, -1.0, 1.0)) - (d - x) * h;
  float area = max(first + second, 1e-30);
  return vec2(area, d * second / area);
}

void main() {
  vec2 away = (gl_FragCoord.xy - centre) / focal - vDisc.xy;
  float d = length(away);
  if (d >= vDisc.z + pupil) discard;
  vec2 part = sharedPart(pupil, vDisc.z, d);
  float share = part.x / (PI * pupil * pupil);
  float levels = floor(log2(max(size.x, size.y)));
  if (speck.a > 0.0) {
    vec3 mean = textureLod(scene, vec2(0.5), levels).rgb;
    outLight = share * speck.a * vec4(mean * speck.rgb, 1.0);
    return;
  }
  // From the drop's middle to that of the share: rays turn by so much of it, and part by its size.
  vec2 offset = d > 0.0 ? away * ((d - part.y) / d) : vec2(0.0);
  vec2 place = gl_FragCoord.xy - focal * vDisc.w * offset;
  float parting = 0.5 * focal.x * vDisc.w * sqrt(part.x / PI);
  float shrunk = 0.29 * max(1.0, abs(1.0 - vDisc.w));
  // Between texels of level n, light is spread by a deviation of 0.41 · 2ⁿ.
  float level = log2(max(length(vec2(parting, shrunk)) / 0.41, 1.0));
  outLight = share * vec4(textureLod(scene, place / size, min(level, levels)).rgb, 1.0);
}
`;

/** What is left of the light, and what came from the discs. */
export const THROUGH_FRAGMENT_SHADER = /* glsl */ `
out vec4 outColor;
uniform sampler2D radiance;
uniform sampler2D taken;
void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  vec4 discs = texelFetch(taken, pixel, 0);
  outColor = vec4(discs.rgb + max(1.0 - discs.a, 0.0) * texelFetch(radiance, pixel, 0).rgb, 1.0);
}
`;
