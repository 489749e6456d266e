import type { LayerKind } from '#shared/config/layer-schema';

/** Vertex shader: where a vertex is in the object's own frame, metres, and which way it faces there. */
export const LAYER_VERTEX_DECLARATIONS = /* glsl */ `
#ifdef LAYERED
varying vec3 vLayerPosition;
varying vec3 vLayerNormal;
uniform mat4 layerFromMesh;
uniform mat3 layerNormalFromMesh;
#endif
`;

export const LAYER_VERTEX_BODY = /* glsl */ `
#ifdef LAYERED
vLayerPosition = (layerFromMesh * vec4(position, 1.0)).xyz;
vLayerNormal = layerNormalFromMesh * normal;
#endif
`;

/**
 * What layers share: how much of a surface each covers is a function of the point on the object alone, so
 * that it stays where it is while the object and the camera move.
 *
 * Gradient noise in space: Perlin, "Improving Noise" (SIGGRAPH 2002), on the hash of Jarzynski and Olano,
 * "Hash Functions for GPU Rendering" (JCGT 2020): whole numbers only.
 */
const SHARED = /* glsl */ `
varying vec3 vLayerPosition;
varying vec3 vLayerNormal;
uniform vec2 layerHeight; // of the bottom, and 1 / height of the object
vec3 layerFacing;
float layerCover = 0.0; // of what is flat and covers the relief

vec3 layerSlope(ivec3 cell, uint seed) {
  uvec3 v = uvec3(cell + 32768) + uvec3(seed, seed >> 8u, seed >> 16u);
  v = v * 1664525u + 1013904223u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  v ^= v >> 16u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  return vec3(v >> 8u) * (2.0 / 16777216.0) - 1.0;
}

float layerNoise(vec3 p, uint seed) {
  ivec3 cell = ivec3(floor(p));
  vec3 f = p - floor(p);
  vec3 fade = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
  float corner[8];
  for (int i = 0; i < 8; i++) {
    ivec3 step = ivec3(i & 1, (i >> 1) & 1, i >> 2);
    corner[i] = dot(layerSlope(cell + step, seed), f - vec3(step));
  }
  vec4 alongX = mix(vec4(corner[0], corner[2], corner[4], corner[6]), vec4(corner[1], corner[3], corner[5], corner[7]), fade.x);
  vec2 alongY = mix(alongX.xz, alongX.yw, fade.y);
  return mix(alongY.x, alongY.y, fade.z);
}

// Octaves finer than a pixel are left out. The sum is 0..1, mostly.
float layerPatches(vec3 p, uint seed) {
  float pixel = length(fwidth(p));
  float sum = 0.0;
  float weight = 0.5;
  float cells = 1.0;
  for (int octave = 0; octave < 5; octave++) {
    sum += weight * (1.0 - smoothstep(0.4, 1.0, pixel * cells)) * layerNoise(p * cells, seed + uint(octave));
    weight *= 0.55;
    cells *= 2.1;
  }
  return clamp(0.5 + 0.8 * sum, 0.0, 1.0);
}

float coatCover(vec4 shape, vec4 gather, float height) {
  float low = 1.0 - 2.0 * clamp((vLayerPosition.y - layerHeight.x) * layerHeight.y, 0.0, 1.0);
  float reach = 0.5 * dot(abs(gather.xyz), vec3(1.0));
  float level = layerPatches(vLayerPosition * shape.y, uint(gather.w)) + 0.5 * dot(gather.xyz, vec3(layerFacing.y, low, 1.0 - 2.0 * height));
  // With amount 0 nothing reaches the threshold, with 1 all does; between, it is about the share that does.
  float more = 2.0 * shape.x - 1.0;
  float far = more * more * more;
  float threshold = 0.5 - 0.25 * more - (0.25 + shape.z + reach) * far * far * far;
  return smoothstep(threshold - shape.z, threshold + shape.z, level);
}

// The share that a decal covers of a pixel, and where on it that is.
float decalCover(mat4 decalFromObject, vec3 outward, out vec2 uv) {
  vec3 p = (decalFromObject * vec4(vLayerPosition, 1.0)).xyz;
  uv = p.xy;
  vec2 rim = max(fwidth(uv), 1e-6);
  vec2 within = smoothstep(vec2(0.0), rim, uv) * smoothstep(vec2(0.0), rim, 1.0 - uv);
  float depth = p.z <= 1.0 ? 1.0 : 0.0;
  return within.x * within.y * depth * smoothstep(0.2, 0.35, dot(layerFacing, outward));
}

`;

/** What each kind of layer declares and does; `N` stands for its place. */
const DECLARED: Readonly<Record<LayerKind, string>> = {
  dirt: 'uniform vec4 coatColorN; uniform vec4 coatShapeN; uniform vec4 coatGatherN; uniform float coatMetalnessN;',
  wear: 'uniform vec4 coatColorN; uniform vec4 coatShapeN; uniform vec4 coatGatherN; uniform float coatMetalnessN;',
  scratches:
    'uniform vec4 scratchColorN; uniform vec2 scratchShapeN; uniform vec3 scratchTurnN; uniform sampler2D scratchesN;',
  decal:
    'uniform mat4 decalFromObjectN; uniform vec3 decalOutwardN; uniform float decalRoughnessN; uniform sampler2D decalN;',
};

const COAT = /* glsl */ `
{
  float cover = coatCover(coatShapeN, coatGatherN, LAYER_RELIEF);
  diffuseColor.rgb = mix(diffuseColor.rgb, coatColorN.rgb, cover);
#ifdef STANDARD
  roughnessFactor = mix(roughnessFactor, coatColorN.a, cover);
  metalnessFactor = mix(metalnessFactor, coatMetalnessN, cover);
#endif
}
`;

const DONE: Readonly<Record<LayerKind, string>> = {
  dirt: COAT,
  wear: COAT,
  scratches: /* glsl */ `
{
  float cover = scratchShapeN.x * layerScratches(scratchesN, scratchTurnN);
  diffuseColor.rgb = mix(diffuseColor.rgb, scratchColorN.rgb, cover);
#ifdef STANDARD
  roughnessFactor = mix(roughnessFactor, scratchColorN.a, cover);
  metalnessFactor = mix(metalnessFactor, scratchShapeN.y, cover);
#endif
}
`,
  decal: /* glsl */ `
{
  vec2 uv;
  float cover = decalCover(decalFromObjectN, decalOutwardN, uv);
  vec4 texel = textureGrad(decalN, uv, dFdx(uv), dFdy(uv));
  cover *= texel.a;
  diffuseColor.rgb = mix(diffuseColor.rgb, texel.rgb, cover);
#ifdef STANDARD
  roughnessFactor = mix(roughnessFactor, decalRoughnessN, cover);
  metalnessFactor = mix(metalnessFactor, 0.0, cover);
#endif
  layerCover = max(layerCover, cover);
}
`,
};

/** The depth of scratches, 0..1, from the heights of their pattern, along the object's three axes. */
const SCRATCHES = /* glsl */ `
float layerScratches(sampler2D image, vec3 turn) {
  vec3 n = abs(layerFacing);
  vec3 weight = n * n;
  weight *= weight;
  weight *= weight;
  weight /= weight.x + weight.y + weight.z;
  float sum = 0.0;
  vec2 sides[3] = vec2[3](vLayerPosition.zy, vLayerPosition.xz, vLayerPosition.xy);
  for (int i = 0; i < 3; i++) {
    vec2 p = sides[i] * turn.x;
    vec2 uv = vec2(p.x * turn.y - p.y * turn.z, p.x * turn.z + p.y * turn.y);
    sum += weight[i] * (1.0 - textureGrad(image, uv, dFdx(uv), dFdy(uv)).a);
  }
  return sum;
}
`;

/** Models without normals are shaded flat. */
const FACING = /* glsl */ `
#ifdef FLAT_SHADED
layerFacing = normalize(cross(dFdx(vLayerPosition), dFdy(vLayerPosition)));
#else
layerFacing = normalize(vLayerNormal);
#endif
`;

/** Declarations of a surface's layers, in the fragment shader. */
export function layerDeclarations(kinds: readonly LayerKind[]): string {
  if (kinds.length === 0) return '';
  const own = kinds.map((kind, index) => DECLARED[kind].replaceAll('N;', `${index};`));
  return [SHARED, ...(kinds.includes('scratches') ? [SCRATCHES] : []), ...own].join('\n');
}

/** What layers do to colour, roughness and metalness, from below to above; before normals are made. */
export function layerBody(kinds: readonly LayerKind[]): string {
  if (kinds.length === 0) return '';
  const own = kinds.map((kind, index) =>
    DONE[kind].replace(/\b(coat\w+|scratch\w+|decal\w*)N\b/g, `$1${index}`),
  );
  return FACING + own.join('');
}
