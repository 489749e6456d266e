import { describe, expect, it } from 'vitest';
import { findConfigIssues } from '#shared/config/check-config';
import { configSchema, type ConfigInput } from '#shared/config/config-schema';
import { whiteBalanceGains } from '#shared/core/color';
import { SamplingError } from '#shared/core/errors';
import { balanceFilters } from '#shared/plan/balance-filters';
import type { PlanSensor } from '#shared/plan/plan-sensor';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene } from '#shared/sampling/sample-scene';
import type { SensorSample } from '#shared/sampling/sensor-sample';
import { CATALOGUE, makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

type Sensor = NonNullable<ConfigInput['sensor']>;

const SCENE = makeScene();
const sampleOf = (sensor: Sensor, frame = 0): SensorSample =>
  sampleScene(makeRunInputs({ sensor }, SCENE), frame).sensor;
const planOf = (sensor: Sensor, frame = 0): PlanSensor => {
  const inputs = makeRunInputs({ sensor }, SCENE);
  return planFrame(inputs, sampleScene(inputs, frame)).sensor;
};

describe('the sensor of a frame', () => {
  it('holds the stages that the config names, and no others', () => {
    expect(Object.keys(sampleOf({})).sort()).toEqual([
      'blurSigmaPixels',
      'exposureStops',
      'noise',
      'toneMapping',
      'vignetting',
      'whiteBalanceKelvin',
    ]);
    expect(sampleOf({ mosaic: {}, adc: {} })).toMatchObject({
      mosaic: { pattern: 'rggb', demosaic: 'malvar' },
      adc: { bits: 12, blackLevel: 0, fullScale: 1 },
    });
  });

  it('exposes by aperture, time and ISO: sunny 16 makes 12 000 cd/m² a little more than white', () => {
    const exposure = { kind: 'manual' } as const;
    const sunny = planOf({ exposure, aperture: 16, shutterSeconds: 0.01, iso: 100 });
    // White is 1.2 · 16² / 0.01 = 30,720 cd/m².
    expect(1 / sunny.exposure).toBeCloseTo(30720, 6);
    const wider = planOf({
      exposure,
      aperture: 8,
      shutterSeconds: 0.01,
      iso: 200,
      exposureStops: 1,
    });
    expect(wider.exposure / sunny.exposure).toBeCloseTo(16, 9);
  });

  it('has fewer electrons at white at a higher ISO', () => {
    const noise = { fullWellElectrons: 10000 };
    expect(sampleOf({ noise, iso: 800 }).noise?.fullWellElectrons).toBe(10000);
    const exposure = { kind: 'manual' } as const;
    expect(sampleOf({ noise, iso: 800, exposure }).noise?.fullWellElectrons).toBe(1250);
  });

  it('gathers dark signal over the exposure, twice as much every 8 °C', () => {
    const dark = { electronsPerSecond: 30, temperatureCelsius: 46 };
    const { noise } = sampleOf({
      shutterSeconds: 0.5,
      noise: { fullWellElectrons: 10000, dark, fixedPattern: {} },
    });
    expect(noise?.darkElectrons).toBeCloseTo(60, 9);
    expect(noise?.fixedPattern).toEqual({ camera: 0, prnuPercent: 0, dsnuElectrons: 0 });
  });

  it('keeps the pattern of a camera from frame to frame, and not its noise', () => {
    const of = (camera: number): Sensor => ({
      noise: { fullWellElectrons: 1000, fixedPattern: { camera, prnuPercent: 1 } },
    });
    const key = (camera: number, frame: number): number | undefined =>
      planOf(of(camera), frame).noise?.fixedPattern?.key;
    expect(key(3, 0)).toBe(key(3, 1));
    expect(key(3, 0)).not.toBe(key(4, 0));
    expect(planOf(of(3), 0).noiseKey).not.toBe(planOf(of(3), 1).noiseKey);
  });

  it.each([
    [{ exposure: { kind: 'auto', minStops: 3, maxStops: 2 } }, 'sensor.exposure.minStops'],
    [
      { adc: { bits: 8, blackLevel: 200 } },
      'sensor.adc.blackLevel: expected at most half of the 256',
    ],
    [
      { glare: { share: { kind: 'normal', mean: 0.9, std: 0.001 }, sigmaPixels: 9 } },
      'sensor.glare.share',
    ],
  ] as const)('refuses what cannot be: %j', (sensor, text) => {
    expect(() => sampleOf(sensor as Sensor)).toThrow(SamplingError);
    expect(() => sampleOf(sensor as Sensor)).toThrow(text);
  });

  it('says before the first frame what no frame could have', () => {
    const { config } = makeRunInputs({ sensor: { adc: { bits: 20 }, iso: 1 } }, SCENE);
    const issues = findConfigIssues(config, { scene: SCENE, catalogue: CATALOGUE });
    expect(issues.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'sensor.iso: expected 10..1000000, found 1',
      'sensor.adc.bits: expected 6..16, found 20',
    ]);
    const flat = { filters: [1, 1, 1, 1, 1, 1, 1, 1, 1] };
    const parsed = configSchema.shape.sensor.safeParse(flat);
    expect(parsed.error?.issues[0]?.message).toMatch(/filters with a positive sum/);
  });
});

describe('balanced filters', () => {
  const filters = [0.5, 0.3, 0.05, 0.15, 0.7, 0.15, 0.02, 0.25, 0.4];
  const times = (matrix: readonly number[], v: readonly number[]): readonly number[] =>
    [0, 1, 2].map((r) =>
      [0, 1, 2].reduce((sum, c) => sum + (matrix[3 * r + c] ?? 0) * (v[c] ?? 0), 0),
    );
  const through = (light: readonly number[], kelvin: number): readonly number[] => {
    const { camera, gains, develop } = balanceFilters(filters, whiteBalanceGains(kelvin));
    return times(
      develop,
      times(camera, light).map((v, c) => v * (gains[c] ?? 0)),
    );
  };

  it('give every colour back under neutral light', () => {
    for (const color of [
      [0.2, 0.5, 0.9],
      [1, 0, 0],
    ])
      for (const [c, value] of through(color, 6500).entries())
        expect(value).toBeCloseTo(color[c] ?? 0, 12);
  });

  it('make the light that they are set to grey', () => {
    const warm = whiteBalanceGains(3000).map((gain) => 0.4 / gain);
    const [r = 0, g = 0, b = 0] = through(warm, 3000);
    expect(r).toBeCloseTo(g, 12);
    expect(b).toBeCloseTo(g, 12);
  });
});
