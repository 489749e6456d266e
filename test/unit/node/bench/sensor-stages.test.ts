import { describe, expect, it } from 'vitest';
import { SENSOR_STAGES, withoutStage } from '#node/bench/sensor-stages';
import type { PlanSensor } from '#shared/plan/plan-sensor';

const PLAIN: PlanSensor = {
  exposure: 1,
  blurSigmaPixels: 0,
  vignetting: 0,
  noise: null,
  whiteBalance: [1, 1, 1],
  toneMapping: 'none',
  noiseKey: 1,
};

const FULL: PlanSensor = {
  ...PLAIN,
  chromaticAberration: { redScale: 1.001, blueScale: 0.999 },
  blurSigmaPixels: 0.7,
  glare: { share: 0.05, sigmaPixels: 6 },
  meter: { grey: 0.18, metering: 'average', least: 0.1, most: 10 },
  vignetting: 0.4,
  filters: { camera: [1, 0, 0, 0, 1, 0, 0, 0, 1], develop: [1, 0, 0, 0, 1, 0, 0, 0, 1] },
  noise: { fullWellElectrons: 4000, readElectrons: 2 },
  adc: { bits: 10, blackLevel: 64, fullScale: 1 },
  mosaic: { pattern: 'rggb', demosaic: 'malvar' },
  toneMapping: 'agx',
  sharpening: { amount: 0.5, sigmaPixels: 1 },
};

describe('stages of the sensor', () => {
  it('are left out one at a time, and nothing else changes', () => {
    const changed = SENSOR_STAGES.flatMap((stage) => {
      const sensor = withoutStage(FULL, stage);
      if (sensor === null) throw new Error(`${stage} is on`);
      return Object.keys(FULL).filter(
        (key) => sensor[key as keyof PlanSensor] !== FULL[key as keyof PlanSensor],
      );
    });
    const always = ['exposure', 'whiteBalance', 'noiseKey'];
    expect([...changed, ...always].sort()).toEqual(Object.keys(FULL).sort());
  });

  it('that are off have no cost to tell', () => {
    for (const stage of SENSOR_STAGES) expect(withoutStage(PLAIN, stage)).toBeNull();
  });
});
