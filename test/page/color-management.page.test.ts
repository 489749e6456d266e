import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import { whiteBalanceGains } from '#shared/core/color';
import type { LinearRgb } from '#shared/core/geometry';
import type { FramePlan } from '#shared/plan/frame-plan';
import { intrinsicsOf, makeFramePlan } from '../makers/make-frame-plan.ts';
import { makePaint, makeStripedPlan, tileGrey, withMaterials } from './support/made-plans.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';
import { byteFromLinear, greatestError, linearFromByte, pixelAt } from './support/read-color.ts';

/** Radiance of the even sky where a plan names no map (src/page/scene/environments.ts). */
const SKY = 0.5;

const SIZE = { width: 48, height: 32 };

const bytesOf = ([r, g, b]: LinearRgb): LinearRgb => [
  byteFromLinear(r),
  byteFromLinear(g),
  byteFromLinear(b),
];

/** A small ball behind the camera, so that nothing but the background is seen: the flattest of fields. */
function makeField(color: LinearRgb, sensor: Partial<FramePlan['sensor']> = {}): FramePlan {
  const plan = makeFramePlan({
    size: SIZE,
    intrinsics: intrinsicsOf(SIZE, 60),
    shapes: [{ shape: { kind: 'sphere', radius: 0.1, segments: 8 }, position: [0, 0, 5] }],
  });
  return {
    ...plan,
    environment: { ...plan.environment, background: { kind: 'color', color } },
    sensor: { ...plan.sensor, ...sensor },
  };
}

/** A ball that fills the middle of the image, in one colour, lit by the even sky alone. */
function makeBall(color: LinearRgb, strength = 1): FramePlan {
  const plan = makeFramePlan({
    size: SIZE,
    intrinsics: intrinsicsOf(SIZE, 40),
    shapes: [{ shape: { kind: 'sphere', radius: 0.5, segments: 64 }, position: [0, 0, -2] }],
  });
  return withMaterials({ ...plan, environment: { ...plan.environment, strength } }, [
    makePaint(color),
  ]);
}

/** Every pixel of the ball but those of its rim, which see it at a glancing angle. */
function facingPixels(buffers: GBuffers): readonly LinearRgb[] {
  const pixels: LinearRgb[] = [];
  for (let y = 0; y < SIZE.height; y++) {
    for (let x = 0; x < SIZE.width; x++) {
      const distance = Math.hypot(x + 0.5 - SIZE.width / 2, y + 0.5 - SIZE.height / 2);
      if (distance < 8) pixels.push(pixelAt(buffers, x, y));
    }
  }
  return pixels;
}

describe.each(BACKENDS)('colour on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);

  it.each<[string, LinearRgb]>([
    ['black', [0, 0, 0]],
    ['white', [1, 1, 1]],
    ['the straight part of the curve', [0.001, 0.002, 0.003]],
    ['a mixture', [0.2, 0.5, 0.8]],
    ['more than white', [2, 0.1, 1.5]],
  ])('a background of linear light has its sRGB bytes in every pixel: %s', async (_, color) => {
    const buffers = await render(makeField(color));
    expect(greatestError(buffers, () => bytesOf(color))).toBeLessThanOrEqual(1);
    expect(buffers.instanceId.every((id) => id === 0)).toBe(true);
  });

  it('the even sky, seen itself, has the radiance that it shines with', async () => {
    const plan = makeField([0, 0, 0]);
    const environment = {
      ...plan.environment,
      strength: 0.6,
      background: { kind: 'environment', blur: 0 },
    } as const;
    const buffers = await render({ ...plan, environment });
    const grey = SKY * 0.6;
    expect(greatestError(buffers, () => bytesOf([grey, grey, grey]))).toBeLessThanOrEqual(1);
  });

  it('a white ball in a white furnace cannot be told from it', async () => {
    for (const strength of [1, 0.25]) {
      const expected = byteFromLinear(SKY * strength);
      const pixels = facingPixels(await render(makeBall([1, 1, 1], strength)));
      expect(pixels.length).toBeGreaterThan(150);
      for (const byte of pixels.flat()) expect(Math.abs(byte - expected)).toBeLessThanOrEqual(1);
    }
  });

  it('a darker ball is darker by its albedo, but for what its surface reflects', async () => {
    // A dielectric reflects at least 4 % and, head on, hardly more.
    const albedo: LinearRgb = [0.6, 0.3, 0.1];
    for (const pixel of facingPixels(await render(makeBall(albedo)))) {
      for (const [channel, byte] of pixel.entries()) {
        const share = linearFromByte(byte) / SKY;
        expect(share).toBeGreaterThan((albedo[channel] ?? 0) * 0.94);
        expect(share).toBeLessThan((albedo[channel] ?? 0) + 0.06);
      }
    }
  });

  it('each of many patterns in one frame is its own, also beyond what the page keeps', async () => {
    const count = 66;
    const buffers = await render(makeStripedPlan(count));
    for (let i = 0; i < count; i++) {
      const [x, y] = [10 * (i % 10) + 5, 10 * Math.floor(i / 10) + 5];
      const share = linearFromByte(pixelAt(buffers, x, y)[1]) / SKY;
      const grey = tileGrey(i, count);
      expect(share, `tile ${i}`).toBeGreaterThan(grey * 0.94);
      expect(share, `tile ${i}`).toBeLessThan(grey + 0.06);
    }
  });

  it('a stop of exposure doubles linear light', async () => {
    const color: LinearRgb = [0.02, 0.1, 0.3];
    for (const exposure of [0.25, 0.5, 2]) {
      const buffers = await render(makeField(color, { exposure }));
      const expected = bytesOf([color[0] * exposure, color[1] * exposure, color[2] * exposure]);
      expect(greatestError(buffers, () => expected)).toBeLessThanOrEqual(1);
    }
  });

  it('white balance multiplies each channel by its gain', async () => {
    const color: LinearRgb = [0.2, 0.2, 0.2];
    for (const kelvin of [3000, 6500, 10000]) {
      const whiteBalance = whiteBalanceGains(kelvin);
      const buffers = await render(makeField(color, { whiteBalance }));
      const expected = bytesOf([
        0.2 * whiteBalance[0],
        0.2 * whiteBalance[1],
        0.2 * whiteBalance[2],
      ]);
      expect(greatestError(buffers, () => expected)).toBeLessThanOrEqual(1);
    }
  });

  it.each([1, 0.4])(
    'vignetting of strength %d follows cos⁴ of the ray, up to the corner',
    async (strength) => {
      const offCentre = { fx: 30, fy: 34, cx: 20, cy: 18.5 };
      const plan = makeField([0.9, 0.5, 0.2], { vignetting: strength });
      const buffers = await render({ ...plan, camera: { ...plan.camera, intrinsics: offCentre } });
      const lightAt = (x: number, y: number): number => {
        const [dx, dy] = [
          (x + 0.5 - offCentre.cx) / offCentre.fx,
          (y + 0.5 - offCentre.cy) / offCentre.fy,
        ];
        return 1 - strength + strength / (1 + dx * dx + dy * dy) ** 2;
      };
      const error = greatestError(buffers, (x, y) => {
        const light = lightAt(x, y);
        return bytesOf([0.9 * light, 0.5 * light, 0.2 * light]);
      });
      expect(error).toBeLessThanOrEqual(1);
      expect(lightAt(47, 0)).toBeLessThan(1 - 0.5 * strength);
    },
  );

  it('tone curves keep black black and order greys, and only "none" leaves them alone', async () => {
    const greys = [0, 0.02, 0.18, 0.5, 0.9];
    for (const toneMapping of ['none', 'agx', 'aces', 'neutral'] as const) {
      const bytes: number[] = [];
      for (const grey of greys) {
        const buffers = await render(makeField([grey, grey, grey], { toneMapping }));
        bytes.push(pixelAt(buffers, 5, 5)[1]);
      }
      expect(bytes[0]).toBeLessThanOrEqual(1);
      expect([...bytes].sort((a, b) => a - b)).toEqual(bytes);
      const moved = greys.some((grey, i) => Math.abs((bytes[i] ?? 0) - byteFromLinear(grey)) > 3);
      expect(moved).toBe(toneMapping !== 'none');
    }
  });
});
