import {
  BufferAttribute,
  CustomBlending,
  GLSL3,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  OneFactor,
  OneMinusSrcAlphaFactor,
  RawShaderMaterial,
  SrcAlphaFactor,
  Vector2,
  Vector3,
  ZeroFactor,
  type Scene,
} from 'three';
import type { LinearRgb } from '#shared/core/geometry';
import { fallingIn, type Falling } from '#shared/plan/falling-field';
import type { FramePlan } from '#shared/plan/frame-plan';
import { seenBounds } from '#shared/plan/seen-bounds';
import type { PlanPrecipitation } from '#shared/plan/weather-plan';
import { PRECISE } from '../passes/precision.ts';
import { FALLING_FRAGMENT_SHADER, FALLING_VERTEX_SHADER } from './falling-shader.ts';

/** After everything else that is blended: none of it writes depth that would hide a streak. */
const LAST = 1e9;
/** What is nearer is not drawn, metres: a drop before the lens itself is no longer a streak. */
export const NEAREST_METERS = 0.25;

/** Drops or flakes of a frame, one by one as far as its plan says: in colour alone, hidden by what is before them. */
export class Precipitation {
  readonly #uniforms = {
    size: { value: new Vector2() },
    nearest: { value: NEAREST_METERS },
    radiance: { value: new Vector3() },
  };
  readonly #mesh: Mesh<InstancedBufferGeometry, RawShaderMaterial>;

  constructor() {
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: FALLING_VERTEX_SHADER,
      fragmentShader: PRECISE + FALLING_FRAGMENT_SHADER,
      uniforms: this.#uniforms,
      transparent: true,
      depthWrite: false,
      blending: CustomBlending,
      blendSrc: SrcAlphaFactor,
      blendDst: OneMinusSrcAlphaFactor,
      blendSrcAlpha: ZeroFactor,
      blendDstAlpha: OneFactor,
    });
    this.#mesh = new Mesh(new InstancedBufferGeometry(), material);
    this.#mesh.frustumCulled = false;
    this.#mesh.renderOrder = LAST;
  }

  /** Adds what falls to a frame's scene; `radiance` is what a drop shines with. */
  apply(
    scene: Scene,
    plan: FramePlan,
    { falls, radiance }: Readonly<{ falls: PlanPrecipitation; radiance: LinearRgb }>,
  ): void {
    const falling = fallingIn(falls, seenBounds(plan, falls.rangeMeters));
    this.#mesh.geometry.dispose();
    this.#mesh.geometry = geometryOf(falling, falls.exposureSeconds);
    this.#uniforms.size.value.set(plan.size.width, plan.size.height);
    this.#uniforms.radiance.value.set(...radiance);
    scene.add(this.#mesh);
  }
}

function geometryOf(falling: readonly Falling[], seconds: number): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  const corners = new Float32Array([-1, -1, 1, -1, 1, 1, -1, -1, 1, 1, -1, 1]);
  geometry.setAttribute('corner', new BufferAttribute(corners, 2));
  const place = new Float32Array(falling.length * 3);
  const way = new Float32Array(falling.length * 3);
  const form = new Float32Array(falling.length * 2);
  falling.forEach(({ position, velocity, diameterMeters, narrowing }, i) => {
    place.set(position, i * 3);
    way.set([velocity[0] * seconds, velocity[1] * seconds, velocity[2] * seconds], i * 3);
    form.set([diameterMeters, narrowing], i * 2);
  });
  geometry.setAttribute('place', new InstancedBufferAttribute(place, 3));
  geometry.setAttribute('way', new InstancedBufferAttribute(way, 3));
  geometry.setAttribute('form', new InstancedBufferAttribute(form, 2));
  geometry.setDrawRange(0, 6);
  geometry.instanceCount = falling.length;
  return geometry;
}
