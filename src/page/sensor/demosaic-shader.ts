/**
 * The two colours that each pixel of a Bayer mosaic lacks. `bilinear`: means of the nearest of that colour.
 * `MALVAR`: these, corrected by the Laplacian of the pixel's own colour; Malvar, He and Cutler, "High-quality
 * linear interpolation for demosaicing of Bayer-patterned color images", ICASSP 2004, figure 2. Beyond its
 * edges the mosaic is mirrored about its outermost pixels, which keeps the pattern.
 */
export const DEMOSAIC_FRAGMENT_SHADER = /* glsl */ `
out vec4 outSignal;
uniform sampler2D mosaic;
uniform ivec4 pattern;

ivec2 last;

float at(ivec2 pixel) {
  ivec2 inside = abs(pixel);
  inside = last - abs(last - inside);
  return texelFetch(mosaic, clamp(inside, ivec2(0), last), 0).r;
}

void main() {
  last = textureSize(mosaic, 0) - 1;
  ivec2 p = ivec2(gl_FragCoord.xy);
  int own = pattern[(p.y & 1) * 2 + (p.x & 1)];
  int beside = pattern[(p.y & 1) * 2 + (1 - (p.x & 1))];
  float centre = at(p);
  float across = at(p + ivec2(-1, 0)) + at(p + ivec2(1, 0));
  float along = at(p + ivec2(0, -1)) + at(p + ivec2(0, 1));
  float corners = at(p + ivec2(-1, -1)) + at(p + ivec2(1, -1)) + at(p + ivec2(-1, 1)) + at(p + ivec2(1, 1));
  vec3 color = vec3(centre);
#ifdef MALVAR
  float farAcross = at(p + ivec2(-2, 0)) + at(p + ivec2(2, 0));
  float farAlong = at(p + ivec2(0, -2)) + at(p + ivec2(0, 2));
  if (own == 1) {
    float inRow = (5.0 * centre + 4.0 * across - corners - farAcross + 0.5 * farAlong) / 8.0;
    float inColumn = (5.0 * centre + 4.0 * along - corners - farAlong + 0.5 * farAcross) / 8.0;
    color[beside] = inRow;
    color[2 - beside] = inColumn;
  } else {
    color[1] = (4.0 * centre + 2.0 * (across + along) - farAcross - farAlong) / 8.0;
    color[2 - own] = (6.0 * centre + 2.0 * corners - 1.5 * (farAcross + farAlong)) / 8.0;
  }
#else
  if (own == 1) {
    color[beside] = across / 2.0;
    color[2 - beside] = along / 2.0;
  } else {
    color[1] = (across + along) / 4.0;
    color[2 - own] = corners / 4.0;
  }
#endif
  outSignal = vec4(color, 1.0);
}
`;
