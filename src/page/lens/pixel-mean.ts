import { BILINEAR_CHUNK } from '../sensor/optics-shader.ts';

/**
 * Linear light of a pixel: the mean over its square, between neighbours of the source, with a sample for each pixel of
 * the source along both sides, two at least.
 */
export const PIXEL_MEAN_CHUNK = /* glsl */ `
uniform sampler2D radiance;
uniform ivec2 sourceSize; // of what there is of it
const float MOST_TAPS = 24.0;
${BILINEAR_CHUNK}
// place, right and down: the pixel's middle and sides in the source, whose rows are counted from the top.
vec3 meanAround(vec2 place, vec2 right, vec2 down) {
  ivec2 taps = ivec2(ceil(clamp(vec2(length(right), length(down)), 2.0, MOST_TAPS)));
  vec3 sum = vec3(0.0);
  for (int i = 0; i < taps.x; i++) {
    for (int j = 0; j < taps.y; j++) {
      vec2 part = (vec2(float(i), float(j)) + 0.5) / vec2(taps) - 0.5;
      vec2 at = place + part.x * right + part.y * down;
      sum += between(radiance, sourceSize, vec2(at.x, float(sourceSize.y) - at.y));
    }
  }
  return sum / float(taps.x * taps.y);
}
`;
