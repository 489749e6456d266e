import type { FramePlan } from '#shared/plan/frame-plan';
import type { PlanSensor } from '#shared/plan/plan-sensor';

/**
 * Stages of the camera that a plan can do without, in the order in which light meets them (docs/sensors.md).
 * `subframes` are what depth of field, motion blur and soft shadows are made of.
 */
export const SENSOR_STAGES = [
  'subframes',
  'lens',
  'chromatic-aberration',
  'blur',
  'glare',
  'meter',
  'vignetting',
  'filters',
  'noise',
  'adc',
  'mosaic',
  'tone-mapping',
  'sharpening',
] as const;
export type SensorStage = (typeof SENSOR_STAGES)[number];

/** What a plan's sensor is without a stage of its chain. */
const OFF: Readonly<Record<Exclude<SensorStage, 'subframes' | 'lens'>, Partial<PlanSensor>>> = {
  'chromatic-aberration': { chromaticAberration: undefined },
  blur: { blurSigmaPixels: 0 },
  glare: { glare: undefined },
  meter: { meter: undefined },
  vignetting: { vignetting: 0 },
  filters: { filters: undefined },
  noise: { noise: null },
  adc: { adc: undefined },
  mosaic: { mosaic: undefined },
  'tone-mapping': { toneMapping: 'none' },
  sharpening: { sharpening: undefined },
};

/** The plan without a stage; null where the stage is off anyhow. */
export function withoutStage(plan: FramePlan, stage: SensorStage): FramePlan | null {
  const { camera, render, sensor } = plan;
  if (stage === 'subframes') {
    if (render.subframes === 1) return null;
    const still = { ...camera, focus: undefined };
    return { ...plan, camera: still, shutter: undefined, render: { ...render, subframes: 1 } };
  }
  if (stage === 'lens') {
    const { distortion, ...straight } = camera.intrinsics;
    return distortion ? { ...plan, camera: { ...camera, intrinsics: straight } } : null;
  }
  const off = OFF[stage];
  const isOff = (Object.keys(off) as (keyof PlanSensor)[]).every((key) => sensor[key] === off[key]);
  return isOff ? null : { ...plan, sensor: { ...sensor, ...off } };
}
