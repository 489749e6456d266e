import { describe, expect, it } from 'vitest';
import { SENSOR_STAGES, withoutStage } from '#node/bench/sensor-stages';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { PlanSensor } from '#shared/plan/plan-sensor';
import { intrinsicsOf, makeFramePlan } from '../../../makers/make-frame-plan.ts';

const SIZE = { width: 64, height: 48 };

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

const planOf = (sensor: PlanSensor, changes: Partial<FramePlan> = {}): FramePlan => ({
  ...makeFramePlan({ size: SIZE, intrinsics: intrinsicsOf(SIZE, 40), shapes: [] }),
  ...changes,
  sensor,
});

describe('stages of the camera', () => {
  it('of the chain are left out one at a time, and nothing else changes', () => {
    const chain = SENSOR_STAGES.filter((stage) => stage !== 'subframes' && stage !== 'lens');
    const changed = chain.flatMap((stage) => {
      const without = withoutStage(planOf(FULL), stage);
      if (without === null) throw new Error(`${stage} is on`);
      return Object.keys(FULL).filter(
        (key) => without.sensor[key as keyof PlanSensor] !== FULL[key as keyof PlanSensor],
      );
    });
    const always = ['exposure', 'whiteBalance', 'noiseKey'];
    expect([...changed, ...always].sort()).toEqual(Object.keys(FULL).sort());
  });

  it('before it are the lens, and sub-frames with what they are there for', () => {
    const { camera, render } = planOf(PLAIN);
    const distortion = { model: 'kannala-brandt', coefficients: [0.1, 0, 0, 0] } as const;
    const bent = planOf(PLAIN, {
      camera: {
        ...camera,
        intrinsics: { ...camera.intrinsics, distortion },
        focus: { distanceMeters: 1, lensRadiusMeters: 0.01 },
      },
      render: { ...render, subframes: 16 },
    });
    expect(withoutStage(bent, 'lens')?.camera.intrinsics).toEqual(camera.intrinsics);
    const still = withoutStage(bent, 'subframes');
    expect(still?.render.subframes).toBe(1);
    expect(still?.camera.focus).toBeUndefined();
    expect(still?.camera.intrinsics.distortion).toBe(distortion);
  });

  it('that are off have no cost to tell', () => {
    for (const stage of SENSOR_STAGES) expect(withoutStage(planOf(PLAIN), stage)).toBeNull();
  });
});
