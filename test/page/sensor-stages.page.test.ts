import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import { rawCodes } from '#shared/annotate/raw-codes';
import type { LinearRgb } from '#shared/core/geometry';
import { balanceFilters } from '#shared/plan/balance-filters';
import type { FramePlan } from '#shared/plan/frame-plan';
import { makeFramePlan } from '../makers/make-frame-plan.ts';
import { makeFlatField, valuesOf, varianceOf } from './support/flat-field.ts';
import { makePaint, makePattern, withMaterials } from './support/made-plans.ts';
import {
  SHADING_BACKENDS,
  openTestPool,
  renderPlan,
  requireOpen,
} from './support/open-test-pool.ts';
import { byteFromLinear, linearFromByte, pixelAt } from './support/read-color.ts';
import { demosaicMalvar } from './support/demosaic-oracle.ts';

const SIZE = { width: 64, height: 48 };
const PATTERNS = ['rggb', 'bggr', 'grbg', 'gbrg'] as const;
/** Rows of a phone's colour filters, made up but of the usual kind: each sees some of its neighbours. */
const FILTERS = [0.5, 0.3, 0.05, 0.15, 0.7, 0.15, 0.02, 0.25, 0.4];

/** A wall whose picture fills the view, under an even sky. */
function makeWall(sensor: Partial<FramePlan['sensor']>, kind: 'gradient' | 'checks'): FramePlan {
  const plan = makeFramePlan({
    size: SIZE,
    intrinsics: { fx: 64, fy: 64, cx: 32, cy: 24 },
    shapes: [
      { shape: { kind: 'box', size: [3, 3, 0.1], bevelMeters: 0 }, position: [0, 0, -1.05] },
    ],
  });
  const pattern = makePattern({
    kind,
    colors: [
      [0.05, 0.6, 0.1],
      [0.9, 0.2, 0.4],
    ],
  });
  const texture = pattern.texture && { ...pattern.texture, scaleMeters: 4 };
  return {
    ...withMaterials(plan, [{ ...pattern, texture, roughness: 1, metalness: 0 }]),
    sensor: { ...plan.sensor, ...sensor },
  };
}

/** A small white square in black: [x, y] of its middle in pixels. */
function makeSpot(at: readonly [number, number], sensor: Partial<FramePlan['sensor']>): FramePlan {
  const plan = makeFramePlan({
    size: { width: 129, height: 129 },
    intrinsics: { fx: 100, fy: 100, cx: 64.5, cy: 64.5 },
    shapes: [
      {
        shape: { kind: 'box', size: [0.03, 0.03, 0.001], bevelMeters: 0 },
        position: [(at[0] - 64.5) / 100, -(at[1] - 64.5) / 100, -1],
      },
    ],
  });
  return {
    ...withMaterials(plan, [makePaint([1, 1, 1])]),
    environment: { ...plan.environment, background: { kind: 'color', color: [0, 0, 0] } },
    sensor: { ...plan.sensor, ...sensor },
  };
}

/** Centre of the light of one channel, and its variance along x. */
function spotOf(
  buffers: GBuffers,
  channel: 0 | 1 | 2,
): Readonly<{ x: number; y: number; sum: number; variance: number }> {
  let [sum, sx, sy, sxx] = [0, 0, 0, 0];
  for (let y = 0; y < buffers.height; y++)
    for (let x = 0; x < buffers.width; x++) {
      const light = linearFromByte(pixelAt(buffers, x, y)[channel]);
      sum += light;
      sx += light * (x + 0.5);
      sy += light * (y + 0.5);
      sxx += light * (x + 0.5) ** 2;
    }
  return { sum, x: sx / sum, y: sy / sum, variance: sxx / sum - (sx / sum) ** 2 };
}

describe.each(SHADING_BACKENDS)('stages of the sensor on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);

  it.each(['bilinear', 'malvar'] as const)(
    'gives a ramp back through each mosaic: %s',
    async (demosaic) => {
      const plain = await render(makeWall({}, 'gradient'));
      const reds = plain.color.filter((_, i) => i % 4 === 0);
      expect(Math.max(...reds) - Math.min(...reds)).toBeGreaterThan(30);
      for (const pattern of PATTERNS) {
        const found = await render(makeWall({ mosaic: { pattern, demosaic } }, 'gradient'));
        for (let y = 3; y < SIZE.height - 3; y++)
          for (let x = 3; x < SIZE.width - 3; x++)
            for (const channel of [0, 1, 2] as const) {
              const off = pixelAt(found, x, y)[channel] - pixelAt(plain, x, y)[channel];
              // The picture itself is stepped, as its texture has 8 bits.
              expect(Math.abs(off)).toBeLessThanOrEqual(3);
            }
      }
    },
  );

  it('demosaics edges as the kernels of the paper do', async () => {
    const plain = await render(makeWall({}, 'checks'));
    const mosaic = { pattern: 'grbg', demosaic: 'malvar' } as const;
    const found = await render(makeWall({ mosaic }, 'checks'));
    const wanted = demosaicMalvar(plain, mosaic.pattern);
    let changed = 0;
    for (let y = 2; y < SIZE.height - 2; y++)
      for (let x = 2; x < SIZE.width - 2; x++)
        for (const channel of [0, 1, 2] as const) {
          const byte = byteFromLinear(wanted(x, y, channel));
          const own = pixelAt(found, x, y)[channel];
          // The oracle starts from bytes: near black, half a byte of another colour weighs up to 6.
          const tolerance = byte < 40 ? 12 : 2.5;
          expect(Math.abs(own - byte)).toBeLessThan(tolerance);
          if (Math.abs(own - pixelAt(plain, x, y)[channel]) > 8) changed += 1;
        }
    expect(changed).toBeGreaterThan(50);
  });

  it('shows a grey card grey through colour filters, in the light it is set to', async () => {
    const light: LinearRgb = [0.4, 0.3, 0.15];
    const gains: LinearRgb = [0.3 / 0.4, 1, 0.3 / 0.15];
    const { gains: whiteBalance, camera, develop } = balanceFilters(FILTERS, gains);
    const found = await render(
      makeFlatField(light, { whiteBalance, filters: { camera, develop } }, 16),
    );
    const [red, green, blue] = pixelAt(found, 8, 8);
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThanOrEqual(1);
  });

  it('leads colours back through the filters, and noise grows by the matrix', async () => {
    const color: LinearRgb = [0.5, 0.2, 0.3];
    const balanced = balanceFilters(FILTERS, [1, 1, 1]);
    const filters = { camera: balanced.camera, develop: balanced.develop };
    const whiteBalance = balanced.gains;
    const quiet = await render(makeFlatField(color, { filters, whiteBalance }, 64));
    for (const [channel, byte] of pixelAt(quiet, 9, 9).entries())
      expect(Math.abs(byte - byteFromLinear(color[channel] ?? 0))).toBeLessThanOrEqual(1);
    const noise = { fullWellElectrons: 4000, readElectrons: 0 };
    const through = valuesOf(await render(makeFlatField(color, { filters, whiteBalance, noise })));
    const red = through.filter((_, i) => i % 3 === 0);
    const variance = varianceOf(red);
    // Var of the red that is developed: Σ (M · gain)² · electrons of each filter / fullWell.
    const expected = [0, 1, 2].reduce((sum, c) => {
      const answer = [0, 1, 2].reduce(
        (s, k) => s + (balanced.camera[3 * c + k] ?? 0) * (color[k] ?? 0),
        0,
      );
      const weight = (balanced.develop[c] ?? 0) * (balanced.gains[c] ?? 0);
      return sum + (weight * weight * answer) / noise.fullWellElectrons;
    }, 0);
    expect(Math.abs(variance / expected - 1)).toBeLessThan(0.03);
  });

  it('cuts and rounds in the converter, before the image is developed', async () => {
    const adc = { bits: 6, blackLevel: 3, fullScale: 0.5 };
    for (const level of [0.003, 0.111, 0.26, 0.7]) {
      const found = await render(makeFlatField([level, level, level], { adc }, 16));
      const code = Math.min(63, Math.round(3 + (level / 0.5) * 60));
      expect(pixelAt(found, 5, 5)[1]).toBe(Math.round(byteFromLinear(((code - 3) / 60) * 0.5)));
    }
  });

  it.each([
    ['a mosaic', { mosaic: { pattern: 'rggb', demosaic: 'malvar' } }],
    ['three colours a pixel', {}],
  ] as const)('hands out what it captured, of which the image is made: %s', async (_, more) => {
    const adc = { bits: 10, blackLevel: 64, fullScale: 1 };
    const noise = { fullWellElectrons: 3000, readElectrons: 3 };
    const plan = makeWall({ adc, noise, ...more }, 'gradient');
    const [found, without] = [await render({ ...plan, raw: true }), await render(plan)];
    expect(found.color).toEqual(without.color);
    expect(without).not.toHaveProperty('raw');
    const { raw } = found;
    const codes = rawCodes(raw ?? new Float32Array(), plan.sensor);
    const isMosaic = 'mosaic' in more;
    expect(codes.length).toBe(SIZE.width * SIZE.height * (isMosaic ? 1 : 3));
    expect(new Set(codes).size).toBeGreaterThan(100);
    // Without a tone curve the image has the light of each code, of a mosaic in the colour of its filter.
    for (const [i, code] of codes.entries()) {
      const pixel = isMosaic ? i : Math.floor(i / 3);
      const [x, y] = [pixel % SIZE.width, Math.floor(pixel / SIZE.width)];
      const channel = isMosaic ? (x % 2) + (y % 2) : i % 3;
      const light = (code - 64) / (1023 - 64);
      const byte = pixelAt(found, x, y)[channel] ?? NaN;
      expect(Math.abs(byte - byteFromLinear(light))).toBeLessThan(0.6);
    }
  });

  it('tells what its meter multiplied light by', async () => {
    const meter = { grey: 0.18, metering: 'average', least: 0.01, most: 100 } as const;
    // Of 320 × 320 pixels, the sums pass what half floats hold.
    for (const side of [48, 320]) {
      const { metered } = await render(makeFlatField([0.4, 0.4, 0.4], { meter }, side));
      expect(metered).toBeCloseTo(0.18 / 0.4, 3);
    }
    const cut = await render(
      makeFlatField([0.4, 0.4, 0.4], { meter: { ...meter, most: 0.2 } }, 48),
    );
    expect(cut.metered).toBeCloseTo(0.2, 6);
    expect(await render(makeFlatField([0.4, 0.4, 0.4], {}, 48))).not.toHaveProperty('metered');
  });

  it.each(['average', 'centre'] as const)(
    'exposes by the light of the frame: %s',
    async (metering) => {
      const meter = { grey: 0.25, metering, least: 0.01, most: 100 };
      for (const level of [0.02, 0.4, 2.5]) {
        const found = await render(makeFlatField([level, level, level], { meter }, 100));
        expect(Math.abs(pixelAt(found, 5, 5)[1] - byteFromLinear(0.25))).toBeLessThanOrEqual(0.6);
      }
      const short = { ...meter, most: 2 };
      const dark = await render(makeFlatField([0.02, 0.02, 0.02], { meter: short }, 100));
      expect(Math.abs(pixelAt(dark, 5, 5)[1] - byteFromLinear(0.04))).toBeLessThanOrEqual(0.6);
    },
  );

  it('exposes by the rest of the light where a glint is past what half floats hold', async () => {
    const meter = { grey: 0.25, metering: 'average', least: 0.01, most: 100 } as const;
    const field = makeFlatField([0.4, 0.4, 0.4], { meter }, 100);
    const glare: FramePlan['lights'][number] = {
      kind: 'directional',
      position: [0, 0, 5],
      target: [0, 0, -5],
      color: [1, 1, 1],
      intensity: 1e8,
      castShadow: false,
      sizeMeters: 0,
      coneRadians: 0,
      penumbra: 0,
    };
    const lightCapacity = { directional: 1, point: 0, spot: 0 };
    const shape = { kind: 'sphere', radius: 0.1, segments: 8 } as const;
    const { size, camera } = field;
    const shapes = [{ shape, position: [0, 0, -5] }] as const;
    const { nodes } = makeFramePlan({ size, intrinsics: camera.intrinsics, shapes });
    const found = await render({ ...field, nodes, lights: [glare], lightCapacity });
    expect(pixelAt(found, 50, 50)[1]).toBe(255);
    // A dozen of 10,000 pixels at 65504 move the mean logarithm by 2 %.
    expect(Math.abs(pixelAt(found, 5, 5)[1] - byteFromLinear(0.25))).toBeLessThanOrEqual(3);
  });

  it('magnifies red and blue about the principal point', async () => {
    const chromaticAberration = { redScale: 1.02, blueScale: 0.98 };
    const found = await render(makeSpot([104.5, 34.5], { chromaticAberration }));
    const [red, green, blue] = [spotOf(found, 0), spotOf(found, 1), spotOf(found, 2)];
    expect(red.x - green.x).toBeCloseTo(0.02 * 40, 1);
    expect(red.y - green.y).toBeCloseTo(0.02 * -30, 1);
    expect(blue.x - green.x).toBeCloseTo(-0.02 * 40, 1);
    expect(blue.y - green.y).toBeCloseTo(-0.02 * -30, 1);
  });

  it('scatters a share of the light as far as a Gaussian does, and loses none', async () => {
    const sigmaPixels = 12;
    const bright = { exposure: 1.5 };
    const sharp = spotOf(await render(makeSpot([64.5, 64.5], { exposure: 1.5 })), 1);
    const found = await render(
      makeSpot([64.5, 64.5], { ...bright, exposure: 3, glare: { share: 0.5, sigmaPixels } }),
    );
    const { sum, variance } = spotOf(found, 1);
    // The peak stays below white: half of the doubled light.
    expect(Math.abs(sum / (2 * sharp.sum) - 1)).toBeLessThan(0.06);
    const expected = 0.5 * sharp.variance + 0.5 * (sigmaPixels * sigmaPixels + sharp.variance);
    expect(Math.abs(Math.sqrt(variance / expected) - 1)).toBeLessThan(0.08);
  });

  it('sharpens edges by what they have over their blur, and leaves flats', async () => {
    const plain = await render(makeWall({}, 'checks'));
    const sharp = await render(makeWall({ sharpening: { amount: 1, sigmaPixels: 1 } }, 'checks'));
    const spread = ({ color }: GBuffers): number =>
      color.reduce((sum, v, i) => sum + (i % 4 === 1 ? (v - 128) ** 2 : 0), 0);
    expect(spread(sharp)).toBeGreaterThan(spread(plain) * 1.005);
    const flat = await render(
      makeFlatField([0.3, 0.3, 0.3], { sharpening: { amount: 3, sigmaPixels: 2 } }, 32),
    );
    expect(Math.abs(pixelAt(flat, 9, 9)[0] - byteFromLinear(0.3))).toBeLessThanOrEqual(1);
  });
});
