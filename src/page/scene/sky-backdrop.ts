import { Vector3 } from 'three';
import type { PlanSky } from '#shared/plan/frame-plan';
import { Backdrop } from './backdrop.ts';
import { createSkyUniforms, setSkyUniforms, SKY_FUNCTIONS } from './sky-shader.ts';

/** Cosine of the angle under which the sun's radius is seen (shared/core/daylight.ts: 0.2666°). */
const COS_SUN_RADIUS = Math.cos((0.2666 * Math.PI) / 180);
/** The most that a half float holds, a little less: brighter suns are white all the same. */
const BRIGHTEST = 60000;

const SHADER = /* glsl */ `
${SKY_FUNCTIONS}
uniform vec3 sunDirection;
uniform vec3 sunDisc;
vec4 backdrop(vec3 direction, vec2 uv) {
  vec3 radiance = skyRadiance(direction);
  if (direction.y >= 0.0 && dot(direction, sunDirection) > ${COS_SUN_RADIUS.toFixed(9)}) radiance += sunDisc;
  return vec4(min(radiance, vec3(${BRIGHTEST.toFixed(1)})), 1.0);
}
`;

/** The sky behind everything, each pixel computed by itself, the sun's disc with it. */
export class SkyBackdrop extends Backdrop<ReturnType<typeof createUniforms>> {
  constructor() {
    super(SHADER, createUniforms());
  }

  /** Takes the sky of a frame. */
  setSky(sky: PlanSky): void {
    setSkyUniforms(this.uniforms, sky);
    this.uniforms.sunDirection.value.set(...sky.sun);
    this.uniforms.sunDisc.value.set(...sky.disc);
  }
}

function createUniforms() {
  return {
    ...createSkyUniforms(),
    sunDirection: { value: new Vector3(0, 1, 0) },
    sunDisc: { value: new Vector3() },
  };
}
