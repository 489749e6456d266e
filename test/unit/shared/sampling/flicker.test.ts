import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { planFrame } from '#shared/plan/plan-frame';
import { flickerFactor, noiseAt } from '#shared/sampling/flicker-factor';
import type { Flicker } from '#shared/sampling/flicker-sample';
import { type RunInputs, sampleScene } from '#shared/sampling/sample-scene';
import type { LightSample } from '#shared/sampling/scene-sample';
import { makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

const mains = (phase: number, depth = 0.4): Flicker => ({ kind: 'mains', hertz: 50, depth, phase });
const count = 4000;
const seeds = Array.from({ length: count }, (_, i) => i * 977 + 5);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('light on the mains', () => {
  it('pulses twice as often as the current, from 1 + depth to 1 − depth', () => {
    const at = (milliseconds: number): number => flickerFactor(mains(0), milliseconds / 1000);
    expect([0, 2.5, 5, 7.5, 10].map(at)).toEqual(
      [1.4, 1, 0.6, 1, 1.4].map((value) => expect.closeTo(value, 12) as number),
    );
    expect(flickerFactor(mains(0.25), 0)).toBeCloseTo(1, 12);
    // Sines that are reckoned from a whole number of turns do not tire.
    expect(flickerFactor(mains(0), 36_000)).toBeCloseTo(1.4, 9);
  });

  it('has over a while the mean that adding up gives, and none of its swing over a whole pulse', () => {
    const flicker = mains(0.3);
    for (const lasting of [0.0005, 0.003, 0.0125]) {
      const parts = Array.from({ length: 1000 }, (_, i) =>
        flickerFactor(flicker, 0.7 + ((i + 0.5) / 1000 - 0.5) * lasting),
      );
      expect(flickerFactor(flicker, 0.7, lasting)).toBeCloseTo(mean(parts), 5);
    }
    expect(flickerFactor(flicker, 0.7, 0.01)).toBeCloseTo(1, 12);
    expect(flickerFactor(flicker, 0.7, 0.02)).toBeCloseTo(1, 12);
  });
});

describe('unsteady light', () => {
  it('is noise of an even spectrum up to its fastest tone', () => {
    const now = seeds.map((seed) => noiseAt(seed, 3.2));
    // Five standard errors of a mean, and of a mean square.
    expect(Math.abs(mean(now))).toBeLessThan(5 / Math.sqrt(count));
    const bound = 5 * Math.sqrt(2 / count);
    expect(Math.abs(mean(now.map((value) => value * value)) - 1)).toBeLessThan(bound);
    for (const later of [0.2, 0.5, 0.75, 1.5]) {
      const then = seeds.map((seed) => noiseAt(seed, 3.2 + later));
      const expected = Math.sin(2 * Math.PI * later) / (2 * Math.PI * later);
      const found = mean(now.map((value, i) => value * (then[i] ?? NaN)));
      expect(Math.abs(found - expected), `after ${later}`).toBeLessThan(bound);
    }
  });

  it.each([0.15, 0.5])('has a mean of 1 and a standard deviation of %d', (depth) => {
    const factors = seeds.map((noiseSeed) =>
      flickerFactor({ kind: 'unsteady', hertz: 8, depth, noiseSeed }, 1.7),
    );
    expect(Math.min(...factors)).toBeGreaterThan(0);
    expect(Math.abs(mean(factors) - 1)).toBeLessThan((5 * depth) / Math.sqrt(count));
    const variance = mean(factors.map((value) => (value - 1) ** 2));
    expect(Math.sqrt(variance) / depth).toBeCloseTo(1, 1);
  });

  it('goes on by its own seconds: twice the hertz, half the time', () => {
    const at = (hertz: number, seconds: number): number =>
      flickerFactor({ kind: 'unsteady', hertz, depth: 0.3, noiseSeed: 7 }, seconds);
    expect(at(6, 0.4)).toBeCloseTo(at(3, 0.8), 12);
  });
});

describe('a light that flickers', () => {
  const SCENE = makeScene();
  const place = { kind: 'at' as const, position: [0, 2, 0] as [number, number, number] };
  const lights = {
    tube: { kind: 'point', place, intensity: 2, flicker: { kind: 'mains', hertz: 50, depth: 0.3 } },
    fire: {
      kind: 'point',
      place,
      intensity: { kind: 'uniform', min: 1, max: 3 },
      count: 2,
      flicker: { kind: 'unsteady', hertz: 5, depth: 0.3 },
    },
  } satisfies ConfigInput['lights'];
  const inputsOf = (changes: Partial<ConfigInput>): RunInputs =>
    makeRunInputs({ lights, frames: 200, ...changes }, SCENE);
  const namedLight = (inputs: RunInputs, frame: number, name: string): LightSample => {
    const light = sampleScene(inputs, frame).lights.find((each) => each.name === name);
    if (!light) throw new Error(`expected a light "${name}"`);
    return light;
  };

  it('goes on over a sequence, and nothing else of it changes', () => {
    const inputs = inputsOf({ sequence: { frames: 40, framesPerSecond: 30 } });
    for (const name of ['tube[0]', 'fire[0]', 'fire[1]']) {
      const { flicker: first, ...steady } = namedLight(inputs, 40, name);
      const factors = Array.from({ length: 40 }, (_, step) => {
        const { flicker, ...light } = namedLight(inputs, 40 + step, name);
        if (!flicker || !first) throw new Error('expected a flicker');
        const { factor, ...drawn } = flicker;
        expect({ ...drawn, factor: first.factor }).toEqual(first);
        expect(light).toEqual(steady);
        expect(factor).toBe(flickerFactor(drawn, step / 30));
        return factor;
      });
      expect(new Set(factors).size).toBeGreaterThan(2);
    }
    const [one, other] = ['fire[0]', 'fire[1]'].map((name) => namedLight(inputs, 3, name).flicker);
    expect(one?.factor).not.toEqual(other?.factor);
  });

  it('is at any time in frames that stand alone, and that strong in the plan', () => {
    const inputs = inputsOf({});
    const factors = Array.from({ length: 200 }, (_, frame) => {
      const sample = sampleScene(inputs, frame);
      const plan = planFrame(inputs, sample);
      for (const [i, { intensity, flicker }] of sample.lights.entries())
        expect(plan.lights[i]?.intensity).toBe(intensity * (flicker?.factor ?? 1));
      return sample.lights.find(({ name }) => name === 'tube[0]')?.flicker?.factor ?? NaN;
    });
    // A cosine at an even phase: mean 1, variance depth² / 2.
    expect(Math.abs(mean(factors) - 1)).toBeLessThan((5 * 0.3) / Math.sqrt(2 * 200));
    const variance = mean(factors.map((value) => (value - 1) ** 2));
    expect(variance / (0.3 * 0.3 * 0.5)).toBeCloseTo(1, 0);
  });

  it('has over an exposure the mean of its pulse, whatever the number of sub-frames', () => {
    const shutterSeconds = 0.004;
    const inputs = inputsOf({
      sensor: { shutterSeconds, shutter: { kind: 'global' } },
      render: { subframes: 16 },
    });
    const sample = sampleScene(inputs, 11);
    const { shutter } = planFrame(inputs, sample);
    expect(shutter?.nodes).toEqual([]);
    const index = sample.lights.findIndex(({ name }) => name === 'tube[0]');
    const tube = sample.lights[index];
    const intensities = shutter?.lights?.find((light) => light.index === index)?.intensities ?? [];
    expect(intensities).toHaveLength(16);
    if (!tube?.flicker) throw new Error('expected a flicker');
    // ∫ cos over the exposure, by the difference of its ends.
    const phase = tube.flicker.kind === 'mains' ? tube.flicker.phase : NaN;
    const sine = (seconds: number): number => Math.sin(2 * Math.PI * (100 * seconds + phase));
    const swing = sine(shutterSeconds / 2) - sine(-shutterSeconds / 2);
    const expected = 2 * (1 + (0.3 * swing) / (2 * Math.PI * 100 * shutterSeconds));
    expect(mean(intensities)).toBeCloseTo(expected, 9);
    // The flames change little within 4 ms, each in its own way.
    expect(shutter?.lights).toHaveLength(3);
  });
});
