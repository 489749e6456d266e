import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { SamplingError } from '#shared/core/errors';
import type { FramePlan } from '#shared/plan/frame-plan';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene } from '#shared/sampling/sample-scene';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { sampleFaults } from '#shared/verify/sample-faults';
import { makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

type Sensor = NonNullable<ConfigInput['camera']['depthSensor']>;

const POSE: ConfigInput['camera']['pose'] = {
  kind: 'at',
  position: [0, 1, 2],
  target: [0, 0, 0],
};
const inputsOf = (
  depthSensor?: Sensor,
  changes: Partial<ConfigInput> = {},
): ReturnType<typeof makeRunInputs> =>
  makeRunInputs(
    { camera: { pose: POSE, ...(depthSensor && { depthSensor }) }, ...changes },
    makeScene(),
  );
const sampleOf = (sensor?: Sensor, frame = 0): SceneSample => sampleScene(inputsOf(sensor), frame);
function planOf(sensor?: Sensor, frame = 0, changes: Partial<ConfigInput> = {}): FramePlan {
  const inputs = inputsOf(sensor, changes);
  return planFrame(inputs, sampleScene(inputs, frame));
}

const STEREO: Sensor = {
  kind: 'stereo',
  disparitySigmaPixels: { kind: 'uniform', min: 0.1, max: 0.3 },
  edges: { radiusPixels: { kind: 'integer', min: 2, max: 5 } },
};

describe('the depth sensor of a frame', () => {
  it('is drawn and recorded, and moves no other draw', () => {
    const sample = sampleOf(STEREO);
    const { depthSensor, draws } = sample;
    if (depthSensor?.kind !== 'stereo') throw new Error('expected a stereo sensor');
    expect(depthSensor.disparitySigmaPixels).toBeGreaterThanOrEqual(0.1);
    expect(depthSensor.disparitySigmaPixels).toBeLessThan(0.3);
    expect(draws['camera.depthSensor.disparitySigmaPixels']).toBe(depthSensor.disparitySigmaPixels);
    expect(draws['camera.depthSensor.edges.radiusPixels']).toBe(depthSensor.edges.radiusPixels);
    expect(sampleOf(STEREO, 1).depthSensor).not.toEqual(depthSensor);
    expect(sampleFaults(sample)).toEqual([]);
    const { depthSensor: _, draws: __, ...rest } = sample;
    const { draws: ___, ...plain } = sampleOf();
    expect(rest).toEqual(plain);
  });

  it('refuses ranges that hold nothing, by name', () => {
    const twisted: Sensor = { kind: 'stereo', nearMeters: 3, farMeters: 2 };
    expect(() => sampleOf(twisted)).toThrow(SamplingError);
    expect(() => sampleOf(twisted)).toThrow(
      'camera.depthSensor.nearMeters: expected at most farMeters (2), drew 3',
    );
    const bright: Sensor = { kind: 'time-of-flight', reflectance: { from: 0.9, to: 0.5 } };
    expect(() => sampleOf(bright)).toThrow('camera.depthSensor.reflectance.from');
    const open: Sensor = { kind: 'stereo', dropout: { kind: 'normal', mean: 0.9, std: 40 } };
    expect(() => Array.from({ length: 8 }, (_, k) => sampleOf(open, k))).toThrow(
      'camera.depthSensor.dropout: expected a value in 0..1',
    );
  });

  it('has the page read normals back, and noise of its own in each frame', () => {
    expect(planOf().labels.normals).toBe(false);
    expect(planOf().depthSensor).toBeUndefined();
    expect(planOf(STEREO).labels.normals).toBe(true);
    const [first, second] = [planOf(STEREO, 0).depthSensor, planOf(STEREO, 1).depthSensor];
    expect(first?.noiseKey).not.toBe(second?.noiseKey);
    expect(first?.noiseKey).not.toBe(planOf(STEREO, 0).sensor.noiseKey);
  });

  it('keeps the reflectances of a sequence, not its noise', () => {
    const sequence = { sequence: { frames: 4 } };
    const plans = [0, 3, 4].map((frame) => planOf(STEREO, frame, sequence).depthSensor);
    expect(plans[0]?.surfaceKey).toBe(plans[1]?.surfaceKey);
    expect(plans[0]?.noiseKey).not.toBe(plans[1]?.noiseKey);
    expect(plans[0]?.surfaceKey).not.toBe(plans[2]?.surfaceKey);
  });
});
