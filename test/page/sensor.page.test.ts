import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import type { LinearRgb } from '#shared/core/geometry';
import type { FramePlan } from '#shared/plan/frame-plan';
import { makeFramePlan } from '../makers/make-frame-plan.ts';
import { makePaint, withMaterials } from './support/made-plans.ts';
import {
  SHADING_BACKENDS,
  openTestPool,
  renderPlan,
  requireOpen,
} from './support/open-test-pool.ts';
import { byteFromLinear, greatestError, linearFromByte } from './support/read-color.ts';

const SIZE = { width: 128, height: 128 };

type Field = Readonly<{ level: number; fullWell: number; read: number; noiseKey?: number }>;

/** An even background and nothing in view: every pixel of every channel has the same mean. */
function makeField({ level, fullWell, read, noiseKey = 4711 }: Field): FramePlan {
  const plan = makeFramePlan({
    size: SIZE,
    intrinsics: { fx: 100, fy: 100, cx: 64, cy: 64 },
    shapes: [{ shape: { kind: 'sphere', radius: 0.1, segments: 8 }, position: [0, 0, 5] }],
  });
  const color: LinearRgb = [level, level, level];
  return {
    ...plan,
    environment: { ...plan.environment, background: { kind: 'color', color } },
    sensor: {
      ...plan.sensor,
      noise: { fullWellElectrons: fullWell, readElectrons: read },
      noiseKey,
    },
  };
}

/** Linear light of each pixel of one channel. */
function channelOf({ color }: GBuffers, channel: 0 | 1 | 2): readonly number[] {
  return Array.from({ length: color.length / 4 }, (_, i) =>
    linearFromByte(color[4 * i + channel] ?? 0),
  );
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function covariance(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  return meanOf(a.map((value, i) => (value - meanA) * ((b[i] ?? 0) - meanB)));
}

/** Least-squares line through points: [offset, slope]. */
function fitLine(points: readonly (readonly [number, number])[]): readonly [number, number] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const slope = covariance(xs, ys) / covariance(xs, xs);
  return [meanOf(ys) - slope * meanOf(xs), slope];
}

describe.each(SHADING_BACKENDS)('the sensor on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);

  it('has the variance of photons and of reading: gain within 3 %, read noise within 5 %', async () => {
    // Standard error of a variance over 3 × 16,384 values: √(2 / 49,152) = 0.64 %.
    const [fullWell, read] = [800, 12];
    const points: (readonly [number, number])[] = [];
    for (const level of [0.06, 0.12, 0.25, 0.4, 0.6]) {
      const buffers = await render(makeField({ level, fullWell, read }));
      const values = ([0, 1, 2] as const).flatMap((channel) => channelOf(buffers, channel));
      const mean = meanOf(values);
      expect(Math.abs(mean / level - 1)).toBeLessThan(0.01);
      points.push([mean, covariance(values, values)]);
    }
    // var = mean / fullWell + (read / fullWell)², in units of white (EMVA 1288).
    const [offset, slope] = fitLine(points);
    const found = { fullWell: 1 / slope, read: Math.sqrt(offset) / slope };
    console.info(
      `${backend}: full well ${found.fullWell.toFixed(1)} of ${fullWell} e⁻, read noise ${found.read.toFixed(2)} of ${read} e⁻`,
    );
    expect(Math.abs(found.fullWell / fullWell - 1)).toBeLessThan(0.03);
    expect(Math.abs(found.read / read - 1)).toBeLessThan(0.05);
  });

  it('counts few photons as Poisson has it', async () => {
    const [level, fullWell] = [0.05, 100];
    const buffers = await render(makeField({ level, fullWell, read: 0 }));
    const counts = ([0, 1, 2] as const)
      .flatMap((channel) => channelOf(buffers, channel))
      .map((value) => Math.round(value * fullWell));
    let share = Math.exp(-level * fullWell);
    let chiSquare = 0;
    for (let k = 0; k <= 12; k++) {
      const expected = share * counts.length;
      const found = counts.filter((count) => count === k).length;
      chiSquare += (found - expected) ** 2 / expected;
      share *= (level * fullWell) / (k + 1);
    }
    // 13 cells: a right sampler stays under this in 99.99 % of cases.
    expect(chiSquare).toBeLessThan(40);
  });

  it('draws each pixel and channel by itself', async () => {
    const buffers = await render(makeField({ level: 0.3, fullWell: 500, read: 5 }));
    const [red, green] = [channelOf(buffers, 0), channelOf(buffers, 1)];
    const variance = covariance(red, red);
    const shifted = (by: number): readonly number[] => [...red.slice(by), ...red.slice(0, by)];
    // Standard error of a correlation of 16,384 pairs: 0.8 %.
    for (const other of [green, shifted(1), shifted(SIZE.width)]) {
      expect(Math.abs(covariance(red, other) / variance)).toBeLessThan(0.04);
    }
  });

  it('repeats its noise for a key, and has another for another key', async () => {
    const field = { level: 0.3, fullWell: 500, read: 5 };
    const [first, again, other] = [
      await render(makeField(field)),
      await render({ ...makeField(field), frame: 99 }),
      await render(makeField({ ...field, noiseKey: 4712 })),
    ];
    expect(Buffer.compare(first.color, again.color)).toBe(0);
    const [before, after] = [channelOf(first, 0), channelOf(other, 0)];
    const same = before.filter((value, i) => value === after[i]).length;
    expect(same / before.length).toBeLessThan(0.1);
    const correlation = covariance(before, after) / covariance(before, before);
    expect(Math.abs(correlation)).toBeLessThan(0.04);
  });

  it.each([0.6, 1.5, 3])(
    'a lens blur of σ = %d px spreads one bright pixel as a Gaussian',
    async (sigma) => {
      const size = { width: 41, height: 41 };
      const plan = makeFramePlan({
        size,
        intrinsics: { fx: 100, fy: 100, cx: 20.5, cy: 20.5 },
        // 0.8 pixels wide: it covers the centre of the middle pixel and no other.
        shapes: [
          {
            shape: { kind: 'box', size: [0.008, 0.008, 0.001], bevelMeters: 0 },
            position: [0, 0, -1],
          },
        ],
      });
      // White in the even sky is as bright as the sky, 0.5; the exposure brings the peak to 0.45.
      const weight = (i: number): number =>
        Math.abs(i) > Math.ceil(3 * sigma) ? 0 : Math.exp(-(i * i) / (2 * sigma * sigma));
      const total = Array.from({ length: 41 }, (_, i) => weight(i - 20)).reduce((a, b) => a + b);
      const peak = 0.45;
      const buffers = await render({
        ...withMaterials(plan, [makePaint([1, 1, 1])]),
        environment: { ...plan.environment, background: { kind: 'color', color: [0, 0, 0] } },
        sensor: { ...plan.sensor, blurSigmaPixels: sigma, exposure: (peak / 0.5) * total * total },
      });
      const lightAt = (x: number, y: number): number => peak * weight(x - 20) * weight(y - 20);
      const error = greatestError(buffers, (x, y) => {
        const byte = byteFromLinear(lightAt(x, y));
        return [byte, byte, byte];
      });
      expect(error).toBeLessThanOrEqual(1.5);
      const values = channelOf(buffers, 1);
      const sum = values.reduce((a, b) => a + b);
      const spread = values.reduce((s, value, i) => s + value * ((i % 41) - 20) ** 2, 0) / sum;
      // Cut off at 3 σ, a Gaussian is a little narrower.
      expect(Math.sqrt(spread) / sigma).toBeGreaterThan(0.95);
      expect(Math.sqrt(spread) / sigma).toBeLessThan(1.03);
    },
  );
});
