import { describe, expect, it } from 'vitest';
import { shareBelow } from '#shared/annotate/lidar/echo';
import { measureSweeps } from '#shared/annotate/lidar/measure-sweeps';
import { sparseDepth, sparseDepthTo16Bit } from '#shared/annotate/lidar/sparse-depth';
import type { LidarSweep } from '#shared/annotate/lidar/sweep';
import { AnnotationError } from '#shared/core/errors';
import { sweepFault } from '#shared/verify/check-lidar';
import { makeLabelledFrame, translation } from '../../../makers/make-labelled-frame.ts';
import { makePlanLidar, makeRays, measure, type Meeting } from '../../../makers/make-lidar.ts';

const HEIGHT = 1.73;
const ELEVATIONS = [-24.8, -15, -8.6, -3, -1.2, 2];

/** An endless floor below. */
const floor: Meeting = ([, , z]) => (z < 0 ? { range: HEIGHT / -z, facing: -z } : null);
/** A wall all around that faces the lidar everywhere, so that all rays are alike. */
const dome =
  (range: number): Meeting =>
  () => ({ range, facing: 1 });

const pointOf = ({ points: { points } }: LidarSweep, i: number): readonly number[] =>
  Array.from(points.subarray(i * 3, i * 3 + 3));

/** Mean and standard deviation. */
function momentsOf(values: readonly number[]): Readonly<{ mean: number; std: number }> {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, std: Math.sqrt(squares / (values.length - 1)) };
}

describe('a lidar without noise', () => {
  it('sees a floor as rings of radius h / tan of their elevation', () => {
    const one = makePlanLidar({ elevationsDegrees: ELEVATIONS, farMeters: 60 });
    const sweep = measure(one, floor);
    const { points, rings, count } = sweep.points;
    const radii = ELEVATIONS.map((degrees) => HEIGHT / Math.tan((-degrees * Math.PI) / 180));
    for (let i = 0; i < count; i++) {
      const [x = NaN, y = NaN, z = NaN] = pointOf(sweep, i);
      expect(z).toBeCloseTo(-HEIGHT, 5);
      expect(Math.hypot(x, y)).toBeCloseTo(radii[rings[i] ?? NaN] ?? NaN, 4);
    }
    expect(points).toBeInstanceOf(Float32Array);
    // The last two meet it beyond 60 m, or never.
    expect([...new Set(rings)]).toEqual([0, 1, 2, 3]);
    expect(sweep.record.lost).toEqual({ nothing: 720, near: 0, undetected: 0, dim: 0, random: 0 });
    expect(sweepFault(sweep.record, sweep.points, one.lidar)).toBeNull();
  });

  it('sees a wall at d / (cos e · cos a), and nothing of what is too near', () => {
    const wall: Meeting = ([x]) => (x > 0 ? { range: 5 / x, facing: x } : null);
    const one = makePlanLidar({ farMeters: 1000, nearMeters: 5.2 });
    const sweep = measure(one, wall);
    for (let i = 0; i < sweep.points.count; i++) {
      const azimuth = ((180 - ((sweep.points.columns[i] ?? NaN) + 0.5)) * Math.PI) / 180;
      const expected = 5 / (Math.cos(Math.PI / 18) * Math.cos(azimuth));
      expect((sweep.points.ranges[i] ?? NaN) / expected).toBeCloseTo(1, 6);
      expect(pointOf(sweep, i)[0]).toBeCloseTo(5, 3);
    }
    const near = Math.acos(5 / (5.2 * Math.cos(Math.PI / 18)));
    const expected = 2 * 2 * Math.round((near * 180) / Math.PI);
    expect(sweep.record.lost.near).toBe(expected);
    expect(sweep.record.lost.nothing).toBe(360);
  });

  it('gives intensity by reflectance, angle and air', () => {
    const one = makePlanLidar({ attenuationPerMeter: 0.01 });
    const slanted: Meeting = () => ({ range: 20, facing: 0.6 });
    const [intensity] = measure(one, slanted).points.intensities;
    expect(intensity).toBeCloseTo(0.5 * 0.6 * Math.exp(-2 * 0.01 * 20), 6);
    const fog = { weather: { extinctionPerMeter: 0.03, topMeters: null } };
    const [foggy] = measure({ ...one, ...fog }, slanted).points.intensities;
    expect(foggy).toBeCloseTo(0.5 * 0.6 * Math.exp(-2 * 0.04 * 20), 6);
  });

  it('has reflectances of categories, and of each instance its own', () => {
    const range = { from: 0.1, to: 0.8, categories: { crate: { from: 0.3, to: 0.3 } } };
    const one = makePlanLidar({ reflectance: range });
    expect(measure(one, dome(9)).points.intensities[0]).toBeCloseTo(0.3, 6);
    const other = { ...range, categories: { post: { from: 0.9, to: 0.9 } } };
    const found = [1, 2, 3].map(
      (surfaceKey) =>
        measure(makePlanLidar({ reflectance: other }, { surfaceKey }), dome(9)).points
          .intensities[0] ?? NaN,
    );
    expect(new Set(found).size).toBe(3);
    expect(found.every((light) => light > 0.1 && light < 0.8)).toBe(true);
  });

  it('has fog up to its top alone', () => {
    expect(shareBelow(null, 2, 9)).toBe(1);
    expect([
      shareBelow(3, 1, 5),
      shareBelow(3, 5, 1),
      shareBelow(3, 1, 2),
      shareBelow(3, 4, 5),
    ]).toEqual([0.5, 0.5, 1, 0]);
    expect([shareBelow(3, 3, 3), shareBelow(3, 4, 4)]).toEqual([1, 0]);
    const up = { elevationsDegrees: [90], turn: { fromDegrees: 0, toDegrees: 1, columns: 1 } };
    // Half of the way is in the fog. The world's height is y.
    const worldFromLidar = [0, -1, 0, 0, 0, 0, 1, 1, -1, 0, 0, 0, 0, 0, 0, 1];
    const weather = { extinctionPerMeter: 0.05, topMeters: 6 };
    const one = makePlanLidar(up, { worldFromLidar, weather });
    const [intensity] = measure(one, dome(10)).points.intensities;
    expect(intensity).toBeCloseTo(0.5 * Math.exp(-2 * 0.05 * 5), 6);
  });

  it('sees as far as its data sheet says, and brighter things farther', () => {
    const detection = { reflectance: 0.1, rangeMeters: 40 };
    const reached = (reflectance: number): number => {
      const one = makePlanLidar({
        detection,
        reflectance: { from: reflectance, to: reflectance, categories: {} },
        turn: { fromDegrees: 0, toDegrees: 1, columns: 1 },
        elevationsDegrees: [0],
      });
      const ranges = Array.from({ length: 180 }, (_, i) => 1.1 + i * 0.5);
      return Math.max(...ranges.filter((range) => measure(one, dome(range)).points.count > 0));
    };
    expect(reached(0.1)).toBeCloseTo(40, 0);
    expect(reached(0.4)).toBeCloseTo(80, 0);
    expect(measure(makePlanLidar({ detection }), dome(99)).record.lost.undetected).toBe(720);
  });
});

describe('the noise of a lidar', () => {
  const many = { turn: { fromDegrees: 180, toDegrees: -180, columns: 8192 } };

  it('is along the ray, of the stated width and without bias, and leaves the truth alone', () => {
    const rangeNoise = { sigmaMeters: 0.02, sigmaShare: 0.001, stepMeters: 0 };
    const noisy = measure(makePlanLidar({ ...many, rangeNoise }), dome(30));
    const errors = Array.from(noisy.points.ranges, (range) => range - 30);
    const { mean, std } = momentsOf(errors);
    const sigma = 0.02 + 0.001 * 30;
    expect(std / sigma).toBeGreaterThan(0.97);
    expect(std / sigma).toBeLessThan(1.03);
    expect(Math.abs(mean)).toBeLessThan((4 * sigma) / Math.sqrt(errors.length));
    const still = measure(makePlanLidar(many), dome(30));
    expect(noisy.points.trueRanges).toEqual(still.points.trueRanges);
    expect(noisy.points.instanceIds).toEqual(still.points.instanceIds);
    expect(noisy.points.intensities).toEqual(still.points.intensities);
    expect(sweepFault(noisy.record, noisy.points, makePlanLidar(many).lidar)).toBeNull();
    const again = measure(makePlanLidar({ ...many, rangeNoise }), dome(30));
    expect(again).toEqual(noisy);
    const other = measure(makePlanLidar({ ...many, rangeNoise }, { noiseKey: 1 }), dome(30));
    expect(other.points.ranges).not.toEqual(noisy.points.ranges);
  });

  it('leaves ranges and intensities in whole steps', () => {
    const rangeNoise = { sigmaMeters: 0.05, sigmaShare: 0, stepMeters: 0.004 };
    const intensity = { sigma: 0.01, bits: 8 };
    const { points } = measure(makePlanLidar({ ...many, rangeNoise, intensity }), dome(30));
    const isWhole = (value: number, step: number): boolean =>
      Math.abs(value / step - Math.round(value / step)) < 2e-3;
    expect(points.ranges.every((range) => isWhole(range, 0.004))).toBe(true);
    expect(points.intensities.every((value) => isWhole(value, 1 / 255))).toBe(true);
    const { mean, std } = momentsOf(Array.from(points.intensities));
    expect(mean).toBeCloseTo(0.5, 3);
    expect(std).toBeCloseTo(Math.sqrt(0.01 ** 2 + 1 / 255 ** 2 / 12), 3);
  });

  it('keeps measured ranges within those that it can measure', () => {
    const rangeNoise = { sigmaMeters: 1, sigmaShare: 0, stepMeters: 0 };
    const one = makePlanLidar({ ...many, rangeNoise, farMeters: 30 });
    const { record, points } = measure(one, dome(30));
    expect(Math.max(...points.ranges)).toBeLessThanOrEqual(30);
    expect(record.lost.nothing / 16384).toBeGreaterThan(0.48);
    expect(record.lost.nothing / 16384).toBeLessThan(0.52);
  });

  it('loses the shares that are asked for, each by its reason', () => {
    const count = 2 * 8192;
    const within = (share: number, expected: number): void =>
      expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt(expected / count));
    const random = { share: 0.45, shareOfDarkest: 0, belowIntensity: 0.8 };
    within(
      measure(makePlanLidar({ ...many, dropOff: random }), dome(9)).record.lost.random / count,
      0.45,
    );
    // At intensity 0.5, of 0.8 up to which any are lost.
    const dim = { share: 0, shareOfDarkest: 0.4, belowIntensity: 0.8 };
    const found = measure(makePlanLidar({ ...many, dropOff: dim }), dome(9)).record;
    within(found.lost.dim / count, 0.4 * (1 - 0.5 / 0.8));
    expect(found.points + found.lost.dim).toBe(count);
    const bright = { reflectance: { from: 0.8, to: 0.8, categories: {} } };
    expect(
      measure(makePlanLidar({ ...many, ...bright, dropOff: dim }), dome(9)).record.lost.dim,
    ).toBe(0);
  });
});

describe('the objects of a sweep', () => {
  it('are told with their pose for the lidar, whether the camera sees them or not', () => {
    const one = makePlanLidar({}, { worldFromLidar: translation(1, 0, 0) });
    const { plan, buffers } = makeLabelledFrame('0', 1, { lidars: [one] });
    const lidars = [makeRays(one.lidar, dome(5))];
    const [sweep] = measureSweeps(plan, { ...buffers, lidars });
    expect(sweep?.record.instances).toMatchObject([
      { instanceId: 1, categoryId: 1, points: 720, lidarFromObject: translation(-1, 0, 2) },
    ]);
    expect(sweep?.points.categoryIds.every((id) => id === 1)).toBe(true);
    expect(() => measureSweeps(plan, buffers)).toThrow(AnnotationError);
    expect(() => measureSweeps(plan, buffers)).toThrow(
      'lidar roof: expected what its 720 rays meet',
    );
  });

  it('lie on the image where the camera would have them, the nearest before', () => {
    const worldFromLidar = [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 1];
    const one = makePlanLidar({ elevationsDegrees: [0] }, { worldFromLidar });
    const sweeps = [measure(one, dome(4)), measure(one, dome(3))];
    const intrinsics = { fx: 10, fy: 10, cx: 10.5, cy: 2.5 };
    const depth = sparseDepth(sweeps, intrinsics, { width: 21, height: 5 });
    const row = depth.subarray(42, 63);
    expect(depth.reduce((sum, z) => sum + (z > 0 ? 1 : 0), 0)).toBe(21);
    expect(row[10]).toBeCloseTo(3, 2);
    // At 45° to the side.
    expect(row[20]).toBeCloseTo(3 * Math.SQRT1_2, 1);
    expect(sparseDepthTo16Bit(Float32Array.of(0, 0.001, 1, 300))).toEqual(
      Uint16Array.of(0, 1, 256, 0),
    );
  });
});
