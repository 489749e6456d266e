import { materialSchema } from '#shared/config/material-schema';
import type { LinearRgb, Quat } from '#shared/core/geometry';
import type { FramePlan, PlanMaterial } from '#shared/plan/frame-plan';
import { planMaterial } from '#shared/plan/plan-material';
import { sampleMaterial } from '#shared/sampling/sample-material';
import { Sampler } from '#shared/sampling/sampler';
import { makeFramePlan, type MadeShape } from '../../makers/make-frame-plan.ts';
import { CATALOGUE } from '../../makers/make-run-inputs.ts';
import { withMaterials } from './made-plans.ts';

/** The surface of a config's `material`, as drawn in a frame. */
export function drawMaterial(material: object, frame = 0): PlanMaterial {
  const context = { sampler: new Sampler('textures', frame), catalogue: CATALOGUE };
  const planned = planMaterial(
    sampleMaterial(context, materialSchema.parse(material), 'm'),
    CATALOGUE,
  );
  if (planned === undefined) throw new Error('the material changes nothing');
  return planned;
}

/** A matt square of one metre, seen square on by `side` × `side` pixels, one for each texel or two. */
export function makeSquarePlan(
  material: PlanMaterial,
  { side = 256, orientation }: Readonly<{ side?: number; orientation?: Quat }> = {},
): FramePlan {
  const shape: MadeShape = {
    shape: { kind: 'box', size: [1, 1, 0.002], bevelMeters: 0 },
    position: [0, 0, -20.001],
    ...(orientation === undefined ? {} : { orientation }),
  };
  const plan = makeFramePlan({
    size: { width: side, height: side },
    intrinsics: { fx: 20 * side, fy: 20 * side, cx: side / 2, cy: side / 2 },
    shapes: [shape],
  });
  return withMaterials(plan, [{ roughness: 1, metalness: 0, ...material }]);
}

/** Adds a sun that shines along a direction, and dims the sky. */
export function withSun(plan: FramePlan, [x, y, z]: readonly [number, number, number]): FramePlan {
  return {
    ...plan,
    lightCapacity: { directional: 1, point: 0, spot: 0 },
    lights: [
      {
        kind: 'directional',
        position: [x, y, z - 20],
        target: [0, 0, -20],
        color: [1, 1, 1],
        intensity: 1,
        castShadow: false,
        sizeMeters: 0,
        coneRadians: 0.5,
        penumbra: 0,
      },
    ],
    environment: { ...plan.environment, strength: 0.1 },
  };
}

/** Squares of 64 × 64 pixels in rows of ten, one for each material. */
export function makeSwatchPlan(materials: readonly PlanMaterial[]): FramePlan {
  const rows = Math.ceil(materials.length / 10);
  const shapes = materials.map((_, i): MadeShape => ({
    shape: { kind: 'box', size: [0.5, 0.5, 0.002], bevelMeters: 0 },
    position: [((i % 10) - 4.5) / 2, ((rows - 1) / 2 - Math.floor(i / 10)) / 2, -20.001],
  }));
  const size = { width: 640, height: 64 * rows };
  const plan = makeFramePlan({
    size,
    intrinsics: { fx: 2560, fy: 2560, cx: size.width / 2, cy: size.height / 2 },
    shapes,
  });
  return withSun(withMaterials(plan, materials), [-1, 1.2, 1.5]);
}

export const BLACK_TO_WHITE: readonly LinearRgb[] = [
  [0, 0, 0],
  [1, 1, 1],
];
