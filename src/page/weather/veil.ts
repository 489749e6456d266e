import { FogExp2, Vector3, Vector4, type Scene } from 'three';
import type { LinearRgb } from '#shared/core/geometry';
import type { PlanMedium } from '#shared/plan/weather-plan';
import { Backdrop } from '../scene/backdrop.ts';
import { installFogChunks, MEDIUM_FUNCTIONS, NO_TOP } from './fog-chunks.ts';

installFogChunks();

const UNIFORMS = /* glsl */ `
uniform vec3 extinction;
uniform float top;
uniform vec3 airlight;
uniform mat4 worldFromCamera;
${MEDIUM_FUNCTIONS}
vec3 through(vec3 direction) {
  return mediumTransmittanceFar(extinction, top, worldFromCamera[3].y, direction.y);
}
`;

/** A background that cannot be blended by channel at once is first dimmed, then lit. */
const DIM = /* glsl */ `
${UNIFORMS}
vec4 backdrop(vec3 direction, vec2 uv) { return vec4(through(direction), 1.0); }
`;
const LIGHT = /* glsl */ `
${UNIFORMS}
vec4 backdrop(vec3 direction, vec2 uv) { return vec4(airlight * (1.0 - through(direction)), 1.0); }
`;

/** What is even in the air, over everything that a frame shows: its surfaces and what is behind them. */
export class Veil {
  readonly #fog = new FogExp2(0);
  readonly #density = new Vector4();
  readonly #uniforms = {
    extinction: { value: new Vector3() },
    top: { value: 0 },
    airlight: { value: new Vector3() },
  };
  readonly #dim = new Backdrop(DIM, this.#uniforms, 'multiply');
  readonly #light = new Backdrop(LIGHT, this.#uniforms, 'add');

  /** Veils a frame's scene. `airlight`: what an endless depth of the medium shines with. */
  apply(scene: Scene, medium: PlanMedium, airlight: LinearRgb): void {
    const { extinctionPerMeter, topMeters } = medium;
    const top = topMeters ?? NO_TOP;
    this.#uniforms.extinction.value.set(...extinctionPerMeter);
    this.#uniforms.top.value = top;
    this.#uniforms.airlight.value.set(...airlight);
    this.#density.set(...extinctionPerMeter, top);
    this.#fog.color.setRGB(...airlight);
    // three hands the density on as it is; the shaders of fog-chunks.ts take a vector.
    (this.#fog as { density: unknown }).density = this.#density;
    scene.fog = this.#fog;
    scene.add(this.#dim, this.#light);
  }
}
