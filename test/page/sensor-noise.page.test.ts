import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import type { LinearRgb } from '#shared/core/geometry';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { PlanNoise } from '#shared/plan/plan-sensor';
import {
  covarianceOf,
  fitLine,
  makeFlatField,
  mean,
  valuesOf,
  varianceOf,
} from './support/flat-field.ts';
import {
  SHADING_BACKENDS,
  openTestPool,
  renderPlan,
  requireOpen,
} from './support/open-test-pool.ts';

const grey = (level: number): LinearRgb => [level, level, level];

describe.each(SHADING_BACKENDS)('noise of the sensor in EMVA 1288’s terms on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);
  const field = async (level: number, noise: PlanNoise, noiseKey = 1): Promise<Float64Array> =>
    valuesOf(await render(makeFlatField(grey(level), { noise, noiseKey })));

  it('photon transfer over ten exposures: gain and read noise within 2 %', async () => {
    // Standard error of a variance over 3 × 65,536 values: √(2 / 196,608) = 0.32 %.
    const noise = { fullWellElectrons: 800, readElectrons: 12 };
    const points: (readonly [number, number])[] = [];
    for (let step = 0; step < 10; step++) {
      const values = await field(0.07 + 0.06 * step, noise, step + 1);
      points.push([mean(values), varianceOf(values)]);
    }
    // var = mean / fullWell + (read / fullWell)², in units of white.
    const [offset, slope] = fitLine(points);
    const found = { fullWell: 1 / slope, read: Math.sqrt(offset) / slope };
    console.info(
      `${backend}: full well ${found.fullWell.toFixed(1)}, read ${found.read.toFixed(3)}`,
    );
    expect(Math.abs(found.fullWell / 800 - 1)).toBeLessThan(0.02);
    expect(Math.abs(found.read / 12 - 1)).toBeLessThan(0.02);
  });

  it('dark signal raises the mean, and the variance as photons do', async () => {
    const values = await field(0.2, {
      fullWellElectrons: 800,
      readElectrons: 0,
      darkElectrons: 80,
    });
    expect(Math.abs(mean(values) / 0.3 - 1)).toBeLessThan(0.01);
    expect(Math.abs(varianceOf(values) / (0.3 / 800) - 1)).toBeLessThan(0.02);
  });

  it('PRNU is a share of the signal, DSNU is not; both stay from frame to frame', async () => {
    const pattern = { key: 77, prnu: 0.05, dsnuElectrons: 0, hotShare: 0, hotElectrons: 0 };
    const noise = { fullWellElectrons: 1e5, readElectrons: 0 };
    // What two frames of other noise share is the fixed pattern.
    const sharedBy = async (level: number, fixedPattern: typeof pattern): Promise<number> =>
      Math.sqrt(
        covarianceOf(
          await field(level, { ...noise, fixedPattern }, 1),
          await field(level, { ...noise, fixedPattern }, 2),
        ),
      );
    for (const level of [0.2, 0.6]) {
      expect(Math.abs((await sharedBy(level, pattern)) / (0.05 * level) - 1)).toBeLessThan(0.02);
      const offsets = { ...pattern, prnu: 0, dsnuElectrons: 1000 };
      expect(Math.abs((await sharedBy(level, offsets)) / 0.01 - 1)).toBeLessThan(0.02);
    }
    const other = await field(0.6, { ...noise, fixedPattern: { ...pattern, key: 78 } });
    const first = await field(0.6, { ...noise, fixedPattern: pattern });
    const correlation = covarianceOf(first, other) / covarianceOf(first, first);
    expect(Math.abs(correlation)).toBeLessThan(0.02);
  });

  it('has as many hot pixels as are asked for, where they were before', async () => {
    const fixedPattern = { key: 5, prnu: 0, dsnuElectrons: 0, hotShare: 0.01, hotElectrons: 500 };
    const noise = { fullWellElectrons: 1000, readElectrons: 1, fixedPattern };
    const [first, second] = [await field(0.1, noise, 1), await field(0.1, noise, 2)];
    // An exponential of mean 0.5 stays below 0.1 in 1 − e^(−0.2) of cases.
    const hot = [...first.keys()].filter((i) => (first[i] ?? 0) > 0.2);
    const expected = first.length * 0.01 * Math.exp(-0.2);
    expect(Math.abs(hot.length / expected - 1)).toBeLessThan(0.1);
    const again = hot.filter((i) => (second[i] ?? 0) > 0.15).length;
    expect(again / hot.length).toBeGreaterThan(0.98);
  });

  it('repeats every byte for the same keys, and leaves labels alone', async () => {
    const noise: PlanNoise = {
      fullWellElectrons: 500,
      readElectrons: 10,
      darkElectrons: 5,
      fixedPattern: { key: 9, prnu: 0.03, dsnuElectrons: 4, hotShare: 0.01, hotElectrons: 90 },
    };
    const seen = (sensor: Partial<FramePlan['sensor']>): FramePlan => {
      const plan = makeFlatField(grey(0.3), sensor, 96);
      const nodes = plan.nodes.map((node) => ({
        ...node,
        worldFromNode: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, -0.5, 0, 0, 0, 1] as const,
      }));
      return { ...plan, nodes };
    };
    const all: Partial<FramePlan['sensor']> = {
      noise,
      meter: { grey: 0.3, metering: 'centre', least: 0.1, most: 10 },
      blurSigmaPixels: 1,
      vignetting: 1,
      chromaticAberration: { redScale: 1.01, blueScale: 0.99 },
      glare: { share: 0.2, sigmaPixels: 30 },
      mosaic: { pattern: 'gbrg', demosaic: 'malvar' },
      adc: { bits: 8, blackLevel: 8, fullScale: 1 },
      sharpening: { amount: 1, sigmaPixels: 1 },
    };
    const [first, again] = [await render(seen(all)), await render({ ...seen(all), frame: 3 })];
    const plain = await render(seen({}));
    expect(Buffer.compare(first.color, again.color)).toBe(0);
    expect(Buffer.compare(first.color, plain.color)).not.toBe(0);
    const bytes = (values: Uint16Array | Float32Array): Buffer =>
      Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    expect(plain.instanceId.filter((id) => id === 1).length).toBeGreaterThan(500);
    expect(Buffer.compare(bytes(first.instanceId), bytes(plain.instanceId))).toBe(0);
    expect(Buffer.compare(bytes(first.depth), bytes(plain.depth))).toBe(0);
  });
});
