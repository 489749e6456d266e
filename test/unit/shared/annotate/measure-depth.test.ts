import { describe, expect, it } from 'vitest';
import { measureDepth } from '#shared/annotate/depth-sensor/measure-depth';
import type { DepthSensorSample } from '#shared/sampling/depth-sensor-sample';
import { makeDepthFrame, type MadeDepth, SENSORS } from '../../../makers/make-depth-frame.ts';

const { structuredLight, stereo, timeOfFlight } = SENSORS;

/** 20 000 pixels: a standard deviation comes out within 0.5 %, one time in two thirds. */
const SIZE = { width: 200, height: 100 };
const INTRINSICS = { fx: 580, fy: 580, cx: 100, cy: 50 };
const DISTANCES = [0.5, 1, 2, 3, 4];

const wallAt = (z: number): MadeDepth => ({ ...SIZE, intrinsics: INTRINSICS, depthOf: () => z });

function measured(made: MadeDepth, sensor: DepthSensorSample, noiseKey?: number): Float32Array {
  const { plan, buffers } = makeDepthFrame(made, sensor, noiseKey);
  return measureDepth(plan, buffers);
}

/** Mean and standard deviation. */
function momentsOf(values: readonly number[]): Readonly<{ mean: number; std: number }> {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, std: Math.sqrt(squares / (values.length - 1)) };
}

/** Within 3 % of the formula, without bias beyond 4 standard errors. */
function expectNoise(errors: readonly number[], sigma: number, bias = 0): void {
  const { mean, std } = momentsOf(errors);
  expect(std / sigma).toBeGreaterThan(0.97);
  expect(std / sigma).toBeLessThan(1.03);
  expect(Math.abs(mean - bias)).toBeLessThan((4 * sigma) / Math.sqrt(errors.length));
}

describe('structured light', () => {
  it.each(DISTANCES)('errs along z at %d m as Nguyen, Izadi and Lovell measured', (z) => {
    const depths = measured(wallAt(z), structuredLight);
    const errors = Array.from(depths, (found) => found - z);
    expectNoise(errors, 0.0012 + 0.0019 * (z - 0.4) ** 2);
  });

  it('errs more on slopes', () => {
    const [z, degrees] = [1, 65];
    const theta = (degrees * Math.PI) / 180;
    const wall = { ...wallAt(z), normal: [Math.sin(theta), 0, -Math.cos(theta)] as const };
    // A narrow column about the axis, where the ray is the axis.
    const far = { ...INTRINSICS, fx: 1e6, fy: 1e6 };
    const errors = Array.from(
      measured({ ...wall, intrinsics: far }, structuredLight),
      (d) => d - z,
    );
    const slope = theta / (Math.PI / 2 - theta);
    expectNoise(errors, 0.0012 + 0.0019 * 0.36 + (0.0001 / Math.sqrt(z)) * slope ** 2);
  });

  it('knows whole steps of disparity alone, whose variance adds to the noise', () => {
    const z = 4;
    const focalBaseline = 580 * 0.075;
    const depths = measured(wallAt(z), { ...structuredLight, disparityStepPixels: 0.125 });
    for (const depth of depths) {
      const steps = focalBaseline / depth / 0.125;
      expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-4);
    }
    const step = ((z * z) / focalBaseline) * 0.125;
    const sigma = Math.hypot(0.0012 + 0.0019 * 3.6 ** 2, step / Math.sqrt(12));
    const { std } = momentsOf(Array.from(depths, (depth) => depth - z));
    expect(std / sigma).toBeGreaterThan(0.95);
    expect(std / sigma).toBeLessThan(1.05);
  });

  it('with Khoshelham and Elberink’s numbers errs by 1.425 mm at 1 m, growing with z²', () => {
    const axial = { constantMeters: 0, quadraticPerMeter: 0.001425, fromMeters: 0, grazing: 0 };
    for (const z of DISTANCES) {
      const depths = measured(wallAt(z), { ...structuredLight, axial });
      const errors = Array.from(depths, (found) => found - z);
      expectNoise(errors, 0.001425 * z * z);
    }
  });
});

describe('stereo', () => {
  it.each(DISTANCES)('errs along z at %d m by z² / (f·b) · σ of disparity', (z) => {
    const errors = Array.from(measured(wallAt(z), stereo), (found) => found - z);
    const share = 0.1 / ((580 * 0.05) / z);
    // z·σ, and to second order the mean of 1/(1 + ε) is 1 + σ².
    expectNoise(errors, z * share, z * share ** 2);
  });
});

describe('time of flight', () => {
  it.each(DISTANCES)('errs along the ray at %d m by c / (4√2πf) · √(A + B) / (C·A)', (z) => {
    const errors: number[] = [];
    for (const [i, depth] of measured(wallAt(z), timeOfFlight).entries()) {
      const x = ((i % 200) + 0.5 - 100) / 580;
      const y = (Math.floor(i / 200) + 0.5 - 50) / 580;
      const length = Math.sqrt(1 + x * x + y * y);
      const range = z * length;
      // A wall that faces the camera: cos θ = 1 / length.
      const signal = (100_000 * 0.5) / length / range ** 2;
      const metres = 299_792_458 / (4 * Math.SQRT2 * Math.PI * 80e6);
      const sigma = (metres * Math.sqrt(signal + 10_000)) / (0.7 * signal);
      errors.push(((depth - z) * length) / sigma);
    }
    expectNoise(errors, 1);
  });

  it('has holes where too little light comes back', () => {
    const depths = measured(wallAt(4), { ...timeOfFlight, leastElectrons: 4000 });
    expect(depths.every((depth) => depth === 0)).toBe(true);
    const nearer = measured(wallAt(3), { ...timeOfFlight, leastElectrons: 4000 });
    expect(nearer.every((depth) => depth > 0)).toBe(true);
  });

  it('comes out too near by c / 2f where one frequency wraps', () => {
    const depths = measured(wallAt(3), { ...timeOfFlight, wraps: true, signalElectrons: 1e8 });
    const centre = depths[50 * 200 + 100] ?? NaN;
    expect(Math.abs(centre - (3 - 299_792_458 / 160e6))).toBeLessThan(0.003);
  });

  it('mixes near and far at an edge into ranges between, and nowhere else', () => {
    const edge = { ...wallAt(0), depthOf: (x: number) => (x < 100 ? 1 : 1.4) };
    const bright = { ...timeOfFlight, signalElectrons: 1e8 };
    const between = (sensor: DepthSensorSample): readonly number[] =>
      [...measured(edge, sensor).entries()]
        .filter(([, depth]) => depth > 1.05 && depth < 1.35)
        .map(([i]) => i % 200);
    expect(between(bright)).toEqual([]);
    expect(new Set(between({ ...bright, mixingSigmaPixels: 0.7 }))).toEqual(new Set([100]));
  });

  it('gives each instance a reflectance of its own, the same wherever it is', () => {
    const sensor = { ...timeOfFlight, reflectance: { from: 0.1, to: 0.9 }, leastElectrons: 20_000 };
    // A narrow view: every pixel faces the wall alike.
    const narrow = {
      ...wallAt(1),
      width: 3,
      height: 3,
      intrinsics: { ...INTRINSICS, cx: 1.5, cy: 1.5 },
    };
    const isDark = (id: number): boolean => {
      const { plan, buffers } = makeDepthFrame(narrow, sensor);
      const depths = measureDepth(plan, { ...buffers, instanceId: buffers.instanceId.fill(id) });
      const holes = depths.filter((depth) => depth === 0).length;
      expect([0, 9]).toContain(holes);
      return holes === 9;
    };
    const dark = Array.from({ length: 200 }, (_, id) => id).filter(isDark);
    // Reflectances below about 0.2 give too little: an eighth of 200 instances, 25 ± 4 · 4.7.
    expect(dark.length).toBeGreaterThan(6);
    expect(dark.length).toBeLessThan(44);
  });
});
