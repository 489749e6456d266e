import { FloatType, Vector2, type Texture, type WebGLRenderer } from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import { FullScreen } from '../passes/full-screen.ts';
import { TargetShelf } from '../sensor/target-shelf.ts';
import type { BentView } from './bent-view.ts';
import { PIXEL_MEAN_CHUNK } from './pixel-mean.ts';

/**
 * Linear light of each pixel: the mean over its square, by samples that lie in the source where the lens has
 * them, between neighbours. GL rows, as in the source.
 */
const SHADER = /* glsl */ `
out vec4 outColor;
uniform sampler2D places; // rows from the top
uniform ivec2 size;
${PIXEL_MEAN_CHUNK}
vec2 placeOf(ivec2 pixel) {
  return texelFetch(places, clamp(pixel, ivec2(0), size - 1), 0).xy;
}
// Between the neighbours on both sides; at the edge of the image there is one.
vec2 stepOf(ivec2 pixel, ivec2 along) {
  vec2 both = placeOf(pixel + along) - placeOf(pixel - along);
  ivec2 last = size - 1;
  bool atEdge = any(lessThan(pixel - along, ivec2(0))) || any(greaterThan(pixel + along, last));
  return atEdge ? both : 0.5 * both;
}
void main() {
  ivec2 pixel = ivec2(int(gl_FragCoord.x), size.y - 1 - int(gl_FragCoord.y));
  vec2 place = placeOf(pixel);
  vec2 right = stepOf(pixel, ivec2(1, 0));
  vec2 down = stepOf(pixel, ivec2(0, 1));
  outColor = vec4(meanAround(place, right, down), 1.0);
}
`;

/** Bends linear radiance, before the sensor has it. */
export class ColorBend {
  readonly #renderer: WebGLRenderer;
  readonly #shelf = new TargetShelf();
  readonly #program = new FullScreen(SHADER, {
    radiance: { value: null as Texture | null },
    places: { value: null as Texture | null },
    size: { value: new Vector2() },
    sourceSize: { value: new Vector2() },
  });

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
  }

  /** Renders into its own target; the texture is valid until the next call. */
  render({ size }: FramePlan, { places, source }: BentView, radiance: Texture): Texture {
    const { uniforms } = this.#program;
    uniforms.radiance.value = radiance;
    uniforms.places.value = places;
    uniforms.size.value.set(size.width, size.height);
    uniforms.sourceSize.value.set(source.sourceSize.width, source.sourceSize.height);
    const target = this.#shelf.take('bent', { ...size, type: FloatType });
    this.#program.draw(this.#renderer, target);
    return target.texture;
  }
}
