import { Matrix3, Vector2, type Texture } from 'three';
import type { Mat3 } from '#shared/core/geometry';
import { Backdrop } from './backdrop.ts';

/**
 * Between level 0 and the next, a trace of the next would come from the rasteriser's rounding: pictures that
 * are shown pixel by pixel stay what they are.
 */
const SHADER = /* glsl */ `
uniform sampler2D picture;
uniform vec2 pictureSize;
uniform mat3 pictureFrom;
uniform bool byDirection;
uniform float strength;
vec4 backdrop(vec3 direction, vec2 uv) {
  vec3 at = pictureFrom * (byDirection ? direction : vec3(uv, 1.0));
  vec2 place = at.xy / at.z;
  float texels = max(length(dFdx(place) * pictureSize), length(dFdy(place) * pictureSize));
  float level = texels < 1.01 ? 0.0 : log2(texels);
  return vec4(strength * textureLod(picture, place, level).rgb, 1.0);
}
`;

/** A photo or a pattern behind everything; its texture has mip levels, in linear light. */
export class PictureBackdrop extends Backdrop<ReturnType<typeof createUniforms>> {
  constructor() {
    super(SHADER, createUniforms());
  }

  /** `from` maps places of the image, or directions of the world, to places of the picture, both from the top left. */
  setPicture(
    picture: Texture,
    view: Readonly<{
      width: number;
      height: number;
      by: 'image' | 'world';
      from: Mat3;
      strength: number;
    }>,
  ): void {
    const { uniforms } = this;
    uniforms.picture.value = picture;
    uniforms.pictureSize.value.set(view.width, view.height);
    uniforms.pictureFrom.value.set(...(view.from as Parameters<Matrix3['set']>));
    uniforms.byDirection.value = view.by === 'world';
    uniforms.strength.value = view.strength;
  }
}

function createUniforms() {
  return {
    picture: { value: null as Texture | null },
    pictureSize: { value: new Vector2(1, 1) },
    pictureFrom: { value: new Matrix3() },
    byDirection: { value: false },
    strength: { value: 1 },
  };
}
