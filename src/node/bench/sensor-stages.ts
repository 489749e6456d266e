import type { PlanSensor } from '#shared/plan/plan-sensor';

/** Stages of the sensor's chain that a plan can do without, in the order in which light meets them (docs/sensors.md). */
export const SENSOR_STAGES = [
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

/** What a plan's sensor is without a stage. */
const OFF: Readonly<Record<SensorStage, Partial<PlanSensor>>> = {
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

/** The sensor without a stage; null where the stage is off anyhow. */
export function withoutStage(sensor: PlanSensor, stage: SensorStage): PlanSensor | null {
  const off = OFF[stage];
  const isOff = (Object.keys(off) as (keyof PlanSensor)[]).every((key) => sensor[key] === off[key]);
  return isOff ? null : { ...sensor, ...off };
}
