import type { ProceduralKind } from '#shared/config/pattern-schema';
import { FABRIC_PATTERN } from './patterns/fabric-pattern.ts';
import { BRICKS_PATTERN, TILES_PATTERN } from './patterns/masonry-patterns.ts';
import { MARBLE_PATTERN, WOOD_PATTERN } from './patterns/natural-patterns.ts';
import {
  NOISE_PATTERN,
  SIMPLEX_PATTERN,
  VALUE_PATTERN,
  WORLEY_PATTERN,
} from './patterns/noise-patterns.ts';
import { PATTERN_COMMON } from './patterns/pattern-common.ts';
import { CHECKS_PATTERN, GRADIENT_PATTERN, STRIPES_PATTERN } from './patterns/plain-patterns.ts';
import { SCRATCHES_PATTERN } from './patterns/scratches-pattern.ts';

/** `vec3 patternColor(vec2 uv, out float height)` of each kind: linear colour, and height within 0..1. */
const PATTERNS: Readonly<Record<ProceduralKind, string>> = {
  noise: NOISE_PATTERN,
  value: VALUE_PATTERN,
  simplex: SIMPLEX_PATTERN,
  worley: WORLEY_PATTERN,
  checks: CHECKS_PATTERN,
  stripes: STRIPES_PATTERN,
  gradient: GRADIENT_PATTERN,
  marble: MARBLE_PATTERN,
  wood: WOOD_PATTERN,
  bricks: BRICKS_PATTERN,
  tiles: TILES_PATTERN,
  fabric: FABRIC_PATTERN,
  scratches: SCRATCHES_PATTERN,
};

/** Opacity is the height, for layers that gather in hollows. */
const COLOR_MAIN = /* glsl */ `
void main() {
  float height;
  vec3 color = patternColor(vUv, height);
  outColor = vec4(color, clamp(height, 0.0, 1.0));
}
`;

/** A height is written as 24 bits, the highest in red. */
const HEIGHT_MAIN = /* glsl */ `
void main() {
  float height;
  patternColor(vUv, height);
  uint bits = uint(clamp(height, 0.0, 1.0) * 16777215.0);
  outColor = vec4(float(bits >> 16u), float((bits >> 8u) & 255u), float(bits & 255u), 255.0) / 255.0;
}
`;

/**
 * A program that paints one kind of pattern, or its heights. Patterns repeat without a seam: coordinates are
 * 0..1 over one repetition, and lattices are hashed modulo their own period.
 */
export function patternShader(kind: ProceduralKind, paint: 'color' | 'height'): string {
  return PATTERN_COMMON + PATTERNS[kind] + (paint === 'color' ? COLOR_MAIN : HEIGHT_MAIN);
}

/**
 * From heights to a tangent-space normal map (+Y up) or a roughness map. `slope` is the height of the relief
 * over the side of a repetition, both in metres, so that normals are those of the surface in metres: central
 * differences over two texels, around the seam too.
 */
export const RELIEF_FRAGMENT_SHADER = /* glsl */ `

in vec2 vUv;
out vec4 outColor;

uniform sampler2D heights;
uniform float slope;
uniform vec2 roughness; // at the lowest, at the highest
uniform bool isRoughness;

float heightAt(ivec2 pixel) {
  ivec2 size = textureSize(heights, 0);
  vec3 bytes = texelFetch(heights, (pixel + size) % size, 0).rgb * 255.0;
  return dot(floor(bytes + 0.5), vec3(65536.0, 256.0, 1.0)) / 16777215.0;
}

void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  if (isRoughness) {
    float value = mix(roughness.x, roughness.y, heightAt(pixel));
    outColor = vec4(value, value, value, 1.0);
    return;
  }
  vec2 rise = vec2(
    heightAt(pixel + ivec2(1, 0)) - heightAt(pixel - ivec2(1, 0)),
    heightAt(pixel + ivec2(0, 1)) - heightAt(pixel - ivec2(0, 1))
  );
  vec2 gradient = 0.5 * slope * vec2(textureSize(heights, 0)) * rise;
  outColor = vec4(0.5 + 0.5 * normalize(vec3(-gradient, 1.0)), 1.0);
}
`;
