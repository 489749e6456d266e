import { FloatType, Matrix3, Vector2, Vector4, type Texture, type WebGLRenderer } from 'three';
import { rotationOf } from '#shared/core/matrix';
import type { FramePlan } from '#shared/plan/frame-plan';
import { ColorPass } from '../passes/color-pass.ts';
import { FullScreen } from '../passes/full-screen.ts';
import { shadowsMove } from '../passes/shadows-move.ts';
import type { PinholeCamera } from '../scene/pinhole-camera.ts';
import type { BuiltScene } from '../scene/scene-builder.ts';
import { TargetShelf } from '../sensor/target-shelf.ts';
import { fromNearer, planOfFace } from './face-view.ts';
import { PIXEL_MEAN_CHUNK } from './pixel-mean.ts';
import type { WideView } from './wide-view.ts';

/**
 * Linear light of the pixels whose middle looks through a face: the mean over their squares, between neighbours. A
 * pixel at the edge of a face has all of its samples in the face's margin. GL rows.
 */
const SHADER = /* glsl */ `
out vec4 outColor;
uniform sampler2D directions; // rows from the top
uniform mat3 cameraFromFace;
uniform vec4 intrinsics;      // of the face: fx, fy, cx, cy
uniform ivec2 size;
const float LEAST_COSINE = 0.2; // far beyond the margin of a face
${PIXEL_MEAN_CHUNK}
vec4 placeOf(ivec2 pixel) {
  vec4 direction = texelFetch(directions, clamp(pixel, ivec2(0), size - 1), 0);
  vec3 ray = direction.xyz * cameraFromFace; // its inverse, as it is a rotation
  return direction.w == 0.0 || ray.z < LEAST_COSINE
    ? vec4(0.0)
    : vec4(intrinsics.xy * ray.xy / ray.z + intrinsics.zw, ray.z, 1.0);
}
// Between the neighbours on both sides, or to the one that is there.
vec2 stepOf(ivec2 pixel, ivec2 along, vec2 own) {
  bool hasBefore = all(greaterThanEqual(pixel - along, ivec2(0)));
  bool hasAfter = all(lessThan(pixel + along, size));
  vec4 before = hasBefore ? placeOf(pixel - along) : vec4(0.0);
  vec4 after = hasAfter ? placeOf(pixel + along) : vec4(0.0);
  if (before.w > 0.0 && after.w > 0.0) return 0.5 * (after.xy - before.xy);
  return after.w > 0.0 ? after.xy - own : before.w > 0.0 ? own - before.xy : vec2(0.0);
}
void main() {
  ivec2 pixel = ivec2(int(gl_FragCoord.x), size.y - 1 - int(gl_FragCoord.y));
  vec3 direction = abs(texelFetch(directions, pixel, 0).xyz);
  vec4 place = placeOf(pixel);
  // The side of a cube that the ray leaves by, axes of the camera being compared in one order for all faces.
  float most = max(direction.x, max(direction.y, direction.z));
  vec3 axis = direction.z == most ? vec3(0, 0, 1) : direction.x == most ? vec3(1, 0, 0) : vec3(0, 1, 0);
  if (place.w == 0.0 || abs(dot(cameraFromFace[2], axis)) < 0.5) discard;
  vec2 right = stepOf(pixel, ivec2(1, 0), place.xy);
  vec2 down = stepOf(pixel, ivec2(0, 1), place.xy);
  outColor = vec4(meanAround(place.xy, right, down), 1.0);
}
`;

/** Linear radiance of a wide image out of the faces of a cube; black where the lens shows nothing. */
export class FaceColors {
  readonly #renderer: WebGLRenderer;
  readonly #shelf = new TargetShelf();
  readonly #pass: ColorPass;
  readonly #program = new FullScreen(SHADER, {
    radiance: { value: null as Texture | null },
    directions: { value: null as Texture | null },
    cameraFromFace: { value: new Matrix3() },
    intrinsics: { value: new Vector4() },
    size: { value: new Vector2() },
    sourceSize: { value: new Vector2() },
  });

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
    this.#pass = new ColorPass(renderer, 'roomy');
  }

  /** Renders into its own target; the texture is valid until the next call. The camera is left in a face. */
  render(
    plan: FramePlan,
    { colors, directions }: WideView,
    { built, camera }: Readonly<{ built: BuiltScene; camera: PinholeCamera }>,
  ): Texture {
    const { uniforms } = this.#program;
    const target = this.#shelf.take('wide', { ...plan.size, type: FloatType });
    this.#renderer.setRenderTarget(target);
    this.#renderer.setClearColor(0, 1);
    this.#renderer.clear(true, false, false);
    uniforms.directions.value = directions;
    uniforms.size.value.set(plan.size.width, plan.size.height);
    for (const [number, face] of colors.entries()) {
      // From face to face nothing moves but the camera.
      const eye = { camera, hasShadows: number > 0 && !shadowsMove(plan) };
      const seen = fromNearer(planOfFace(plan, face));
      camera.setPlan(seen);
      uniforms.radiance.value = this.#pass.render(seen, built, eye);
      const { fx, fy, cx, cy } = face.sourceIntrinsics;
      uniforms.cameraFromFace.value.set(...rotationOf(face.cameraFromFace));
      uniforms.intrinsics.value.set(fx, fy, cx, cy);
      uniforms.sourceSize.value.set(face.sourceSize.width, face.sourceSize.height);
      this.#program.draw(this.#renderer, target);
    }
    return target.texture;
  }
}
