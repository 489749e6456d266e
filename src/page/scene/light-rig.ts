import { DirectionalLight, MathUtils, PointLight, SpotLight, Vector3, type Scene } from 'three';
import type { FramePlan, PlanLight } from '#shared/plan/frame-plan';
import { LAMBERTIAN_PENUMBRA } from '../materials/surface-shader.ts';

type RigLight = DirectionalLight | PointLight | SpotLight;

/** Illuminance 1 means as much as an even sky of radiance 1 gives: π (light-schema.ts). */
const SKY_ILLUMINANCE = Math.PI;
/** Bias against shadow acne, in world units along the normal. */
const NORMAL_BIAS = 0.0015;
/** Height at which shadows of lights without sub-frames have their nominal blur, metres. */
const TYPICAL_CASTER_HEIGHT = 0.05;

/**
 * The lights of a frame. Their number and kinds are those of the plan's capacity, whatever the frame
 * uses, since every other number would compile every shader anew; unused ones have intensity 0.
 */
export class LightRig {
  readonly #lights: RigLight[] = [];
  #signature = '';

  /**
   * Sets the lights up for a frame, or one of its sub-frames, and adds them to the scene. `disc` is the
   * point of the unit disc from which each light shines: area lights are sampled over sub-frames.
   */
  apply(plan: FramePlan, scene: Scene, disc: readonly [number, number] = [0, 0]): void {
    this.#resize(plan);
    const used = { directional: 0, point: 0, spot: 0 };
    for (const light of this.#lights) light.intensity = 0;
    for (const drawn of plan.lights) {
      const light = this.#ofKind(drawn.kind)[used[drawn.kind]++];
      if (light === undefined)
        throw new RangeError(`the plan has more ${drawn.kind} lights than its capacity`);
      aim(light, { plan, drawn, position: emitterPosition(drawn, disc) });
    }
    for (const light of this.#lights) {
      light.castShadow = light.castShadow && light.intensity > 0;
      scene.add(light);
      if ('target' in light) scene.add(light.target);
    }
  }

  #ofKind(kind: PlanLight['kind']): readonly RigLight[] {
    const type = { directional: DirectionalLight, point: PointLight, spot: SpotLight }[kind];
    return this.#lights.filter((light) => light instanceof type);
  }

  #resize({ lightCapacity, render }: FramePlan): void {
    const signature = JSON.stringify([lightCapacity, render.shadowMapPixels]);
    if (signature === this.#signature) return;
    this.#signature = signature;
    for (const light of this.#lights.splice(0)) light.dispose();
    const make = {
      directional: () => new DirectionalLight(),
      point: () => new PointLight(),
      spot: () => new SpotLight(),
    };
    for (const kind of ['directional', 'point', 'spot'] as const) {
      for (let i = 0; i < lightCapacity[kind]; i++) {
        const light = make[kind]();
        light.shadow.mapSize.set(render.shadowMapPixels, render.shadowMapPixels);
        this.#lights.push(light);
      }
    }
  }
}

type Aim = Readonly<{ plan: FramePlan; drawn: PlanLight; position: Vector3 }>;

/** A point of the light's disc or rectangle, which faces its target; `point` is of the unit disc. */
function emitterPosition(
  { position, target, sizeMeters, rectangleMeters }: PlanLight,
  point: readonly [number, number],
): Vector3 {
  const centre = new Vector3(...position);
  if (sizeMeters === 0 && !rectangleMeters) return centre;
  const [width, height] = rectangleMeters ?? [sizeMeters, sizeMeters];
  const at = rectangleMeters ? squareFromDisc(point) : point;
  const sight = new Vector3(...target).sub(centre).normalize();
  const across = new Vector3(0, 1, 0).cross(sight);
  if (across.lengthSq() < 1e-12) across.set(1, 0, 0);
  across.normalize();
  const up = new Vector3().crossVectors(sight, across);
  return centre.addScaledVector(across, at[0] * width).addScaledVector(up, at[1] * height);
}

/** Uniform points of the unit disc as uniform points of the square −½..½: the inverse of the polar map. */
function squareFromDisc([x, y]: readonly [number, number]): readonly [number, number] {
  const turn = Math.atan2(y, x) / (2 * Math.PI);
  return [x * x + y * y - 0.5, turn < 0 ? turn + 0.5 : turn - 0.5];
}

function aim(light: RigLight, { plan, drawn, position }: Aim): void {
  light.position.copy(position);
  light.color.setRGB(...drawn.color);
  light.intensity = drawn.intensity * SKY_ILLUMINANCE;
  light.castShadow = drawn.castShadow;
  light.shadow.normalBias = NORMAL_BIAS;
  const { center, radius } = plan.shadowBounds;
  const reach = position.distanceTo(new Vector3(...center));
  if (light instanceof DirectionalLight) return fitDirectional(light, { plan, drawn, position });
  setDepthRange(light, Math.max(0.01, reach - radius), reach + radius * 4);
  light.shadow.radius = 2;
  if (light instanceof PointLight) return;
  light.target.position.set(...drawn.target);
  if (drawn.rectangleMeters) return setArea(light, { plan, drawn, reach });
  light.shadow.focus = 1;
  light.angle = MathUtils.clamp(drawn.coneRadians, 1e-3, Math.PI / 2 - 1e-3);
  light.penumbra = drawn.penumbra;
  light.shadow.radius = blurTexels(plan, drawn, 2 * reach * Math.tan(light.angle));
}

/** Widest shadow frustum of an area light; what it lights beyond is without shadow. */
const WIDEST_SHADOW_RADIANS = (150 * Math.PI) / 180;

/**
 * A light that shines into the half space before it by the cosine law, which surface-shader.ts knows by a
 * penumbra below 0. Its shadow map covers what casts shadow.
 */
function setArea(
  light: SpotLight,
  { plan, drawn, reach }: Pick<Aim, 'plan' | 'drawn'> & Readonly<{ reach: number }>,
): void {
  light.angle = Math.PI / 2;
  light.penumbra = LAMBERTIAN_PENUMBRA;
  const { center, radius } = plan.shadowBounds;
  const axis = new Vector3(...drawn.target).sub(light.position).normalize();
  const towards = new Vector3(...center).sub(light.position).normalize();
  const half = reach > radius ? Math.asin(radius / reach) : Math.PI / 2;
  const cone = Math.min(WIDEST_SHADOW_RADIANS, 2 * (axis.angleTo(towards) + half));
  light.shadow.focus = cone / Math.PI;
  const side = (drawn.rectangleMeters?.[0] ?? 0) / 2;
  light.shadow.radius = blurTexels(
    plan,
    { ...drawn, sizeMeters: side },
    2 * reach * Math.tan(cone / 2),
  );
}

/** An orthographic shadow frustum around all casters, deep enough for what they throw shadow on. */
function fitDirectional(light: DirectionalLight, { plan, drawn, position }: Aim): void {
  const { center, radius } = plan.shadowBounds;
  const sight = new Vector3(...drawn.target).sub(position).normalize();
  light.position.set(...center).addScaledVector(sight, -radius * 2);
  light.target.position.set(...center);
  const { camera } = light.shadow;
  camera.left = camera.bottom = -radius;
  camera.right = camera.top = radius;
  if (drawn.biasTexels !== undefined)
    light.shadow.normalBias = (drawn.biasTexels * 2 * radius) / plan.render.shadowMapPixels;
  setDepthRange(light, radius * 0.5, radius * 8);
  light.shadow.radius = blurTexels(plan, drawn, 2 * radius);
}

function setDepthRange(light: RigLight, near: number, far: number): void {
  const { camera } = light.shadow;
  camera.near = near;
  camera.far = far;
  camera.updateProjectionMatrix();
}

/**
 * Radius of the shadow filter that looks like the penumbra of an object of typical height. Sub-frames
 * sample the light's disc itself and need no such stand-in.
 */
function blurTexels(
  { render, shadowBounds }: FramePlan,
  light: PlanLight,
  mapMeters: number,
): number {
  if (render.subframes > 1) return 1;
  const distance = new Vector3(...light.position).distanceTo(new Vector3(...shadowBounds.center));
  const penumbra = (light.sizeMeters / Math.max(distance, 1e-3)) * TYPICAL_CASTER_HEIGHT;
  return MathUtils.clamp((penumbra * render.shadowMapPixels) / mapMeters, 1, 12);
}
