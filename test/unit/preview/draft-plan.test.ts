import { describe, expect, it } from 'vitest';
import { planDraft } from '#preview/frame/draft-plan';
import { projectPoint } from '#shared/core/pinhole';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene } from '#shared/sampling/sample-scene';
import { makeRunInputs } from '../../makers/make-run-inputs.ts';

describe('planDraft', () => {
  const inputs = makeRunInputs({ image: { width: 1280, height: 800 } });
  const sample = sampleScene(inputs, 0);
  const [whole, { plan, config }] = [planFrame(inputs, sample), planDraft(inputs, sample)];

  it('sees the same view with fewer pixels', () => {
    expect(plan.size).toMatchObject({ width: 320, height: 200 });
    expect(config.image).toEqual(plan.size);
    expect(plan.camera.worldFromCamera).toEqual(whole.camera.worldFromCamera);
    const point = [0.3, -0.2, 2] as const;
    const { x = NaN, y = NaN } = projectPoint(whole.camera.intrinsics, point) ?? {};
    const drafted = projectPoint(plan.camera.intrinsics, point);
    expect(drafted?.x).toBeCloseTo(x / 4, 9);
    expect(drafted?.y).toBeCloseTo(y / 4, 9);
  });

  it('draws the same things in the same light', () => {
    expect(plan.nodes).toEqual(whole.nodes);
    expect(plan.lights).toEqual(whole.lights);
    expect(plan.environment).toEqual(whole.environment);
    expect(plan.sensor.blurSigmaPixels).toBeCloseTo(whole.sensor.blurSigmaPixels / 4, 9);
  });

  it('never enlarges', () => {
    const small = makeRunInputs({ image: { width: 64, height: 48 } });
    expect(planDraft(small, sampleScene(small, 0)).plan.size).toMatchObject({
      width: 64,
      height: 48,
    });
  });
});
