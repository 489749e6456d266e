import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import { linearFromSrgb } from '#shared/core/color';
import { luminanceOf } from '#shared/core/daylight';
import type { LinearRgb, Mat4, Quat, Vec3 } from '#shared/core/geometry';
import { transformPoint } from '#shared/core/matrix';
import { distribution } from '#shared/core/sky-model';
import type { FramePlan, PlanLight, PlanSky } from '#shared/plan/frame-plan';
import { daylightOf, whiteLuminance } from '#shared/plan/photometry';
import { worldFromLookAt } from '#shared/core/look-at';
import { planSky, skyLights } from '#shared/plan/plan-sky';
import type { SkySample } from '#shared/sampling/scene-sample';
import { CAMERA_AT_ORIGIN, intrinsicsOf, makeFramePlan } from '../makers/make-frame-plan.ts';
import { makePaint, withMaterials } from './support/made-plans.ts';
import {
  SHADING_BACKENDS,
  openTestPool,
  renderPlan,
  requireOpen,
} from './support/open-test-pool.ts';
import { byteFromLinear, pixelAt } from './support/read-color.ts';

const SIZE = { width: 64, height: 48 };
const WHITE: LinearRgb = [1, 1, 1];

const clearSky = (elevationDegrees: number, more: Partial<SkySample> = {}): SkySample => ({
  sun: { azimuthDegrees: 130, elevationDegrees },
  turbidity: 3,
  overcast: 0,
  ground: [0.2, 0.2, 0.2],
  castShadow: true,
  ...more,
});

/** Sky and lights of a plan in which a white card on the ground has `card` as its radiance. */
function underSky(plan: FramePlan, sample: SkySample, card = 0.5): FramePlan & { sky: PlanSky } {
  const daylight = daylightOf(sample);
  const photometry = { kind: 'metered', compensationStops: Math.log2(card) } as const;
  const scale = { white: whiteLuminance(photometry, daylight), strength: 1 };
  const sky = planSky(sample, daylight, scale);
  const background = { kind: 'environment', blur: 0 } as const;
  return {
    ...plan,
    sky,
    environment: { ...plan.environment, sky, background },
    lights: skyLights(sample, daylight, scale),
    lightCapacity: { directional: 1, point: 0, spot: 0 },
  };
}

/** A card of 2 m on the ground, seen from above, and nothing else. */
function makeCard(): FramePlan {
  const above: Mat4 = [1, 0, 0, 0, 0, 0, -1, 1, 0, 1, 0, 0, 0, 0, 0, 1];
  const plan = makeFramePlan({
    size: SIZE,
    intrinsics: intrinsicsOf(SIZE, 50),
    shapes: [{ shape: { kind: 'plane', size: [4, 4] } }],
    worldFromCamera: above,
  });
  return withMaterials(plan, [makePaint(WHITE)]);
}

/** A ball behind the camera, so that only the sky is seen; the camera looks at the horizon, towards −Z. */
function makeView(orientation: Mat4 = CAMERA_AT_ORIGIN): FramePlan {
  return makeFramePlan({
    size: SIZE,
    intrinsics: intrinsicsOf(SIZE, 70),
    shapes: [{ shape: { kind: 'sphere', radius: 0.1, segments: 8 }, position: [0, 0, 5] }],
    worldFromCamera: orientation,
  });
}

/** The ray of a pixel of {@link makeView}, world. */
function rayOf(x: number, y: number): Vec3 {
  const { fx, fy, cx, cy } = intrinsicsOf(SIZE, 70);
  const ray: Vec3 = [(x + 0.5 - cx) / fx, -(y + 0.5 - cy) / fy, -1];
  const length = Math.hypot(...ray);
  return [ray[0] / length, ray[1] / length, ray[2] / length];
}

const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Luminance of a sky, from its definition. */
function luminanceAt(sky: PlanSky, ray: Vec3): number {
  if (ray[1] < 0) return luminanceOf(sky.ground);
  const gamma = Math.acos(Math.min(1, Math.max(-1, dot(ray, sky.glow))));
  return (
    sky.clear * distribution(sky.perez.luminance, ray[1], gamma) +
    (sky.overcast * (1 + 2 * ray[1])) / 3 +
    sky.even
  );
}

const linearAt = (buffers: GBuffers, x: number, y: number): LinearRgb => {
  const [r, g, b] = pixelAt(buffers, x, y);
  return [linearFromSrgb(r / 255), linearFromSrgb(g / 255), linearFromSrgb(b / 255)];
};

describe.each(SHADING_BACKENDS)('a sky on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);

  it.each<[string, SkySample]>([
    ['clear, sun high', clearSky(60)],
    ['hazy, sun low', clearSky(8, { turbidity: 6 })],
    ['half clouded', clearSky(35, { overcast: 0.5 })],
    ['overcast', clearSky(35, { overcast: 1 })],
    ['dusk', clearSky(-4)],
  ])('seen directly has the model’s luminance in every pixel: %s', async (_, sample) => {
    const plan = underSky(makeView(), sample, 0.3);
    const buffers = await render(plan);
    for (let y = 0; y < SIZE.height; y += 3) {
      for (let x = 0; x < SIZE.width; x += 3) {
        const linear = linearAt(buffers, x, y);
        // Where a channel is black, a part of the colour that no sRGB display has is missing.
        if (linear.some((channel) => channel >= 0.99 || channel === 0)) continue;
        const wanted = byteFromLinear(luminanceAt(plan.sky, rayOf(x, y)));
        expect(Math.abs(byteFromLinear(luminanceOf(linear)) - wanted)).toBeLessThanOrEqual(1.5);
      }
    }
    expect(buffers.instanceId.every((id) => id === 0)).toBe(true);
  });

  it.each<[string, SkySample]>([
    ['clear, sun high', clearSky(60)],
    ['clear, sun at 20°', clearSky(20)],
    ['overcast', clearSky(40, { overcast: 1 })],
    ['dusk', clearSky(-3)],
  ])('lights a metered card to what is asked, sun and sky together: %s', async (_, sample) => {
    const buffers = await render(underSky(makeCard(), sample, 0.5));
    const { width, height } = SIZE;
    const luminance = luminanceOf(linearAt(buffers, width / 2, height / 2));
    // Prefiltering spreads the sky over a few samples, and colours outside of sRGB are cut: 6 % in all.
    expect(Math.abs(luminance / 0.5 - 1)).toBeLessThan(0.06);
  });

  it('the sun’s disc is where the sun is, and shadows fall away from it', async () => {
    // Towards −Z, a little to the right, 15° high; the camera looks a little beside it, 0.2° to a pixel.
    const intrinsics = { fx: 280, fy: 280, cx: 32, cy: 24 };
    const sample = clearSky(15, { sun: { azimuthDegrees: 170, elevationDegrees: 15 } });
    const view = makeView(worldFromLookAt([0, 0, 0], [0.1, 0.3, -1], 0));
    const plan = underSky({ ...view, camera: { ...view.camera, intrinsics } }, sample, 0.01);
    const buffers = await render(plan);
    let sum = [0, 0, 0];
    for (let y = 0; y < SIZE.height; y++) {
      for (let x = 0; x < SIZE.width; x++) {
        if (linearAt(buffers, x, y).every((channel) => channel < 0.9)) continue;
        sum = [(sum[0] ?? 0) + x + 0.5, (sum[1] ?? 0) + y + 0.5, (sum[2] ?? 0) + 1];
      }
    }
    const [x = 0, y = 0, n = 0] = sum;
    expect(n).toBeGreaterThan(0);
    const ray = transformPoint(plan.camera.worldFromCamera, [
      (x / n - 32) / 280,
      (y / n - 24) / 280,
      1,
    ]);
    const cosine = dot(ray, plan.sky.sun) / Math.hypot(...ray);
    expect(cosine).toBeGreaterThan(Math.cos((0.15 * Math.PI) / 180));
  });

  it('a post’s shadow points away from the sun and is as long as its height over tan h', async () => {
    const azimuth = 25;
    const sample = clearSky(45, { sun: { azimuthDegrees: azimuth, elevationDegrees: 45 } });
    const above: Mat4 = [1, 0, 0, 0, 0, 0, -1, 3, 0, 1, 0, 0, 0, 0, 0, 1];
    const size = { width: 120, height: 120 };
    const upright: Quat = [1, 0, 0, 0];
    const plan = makeFramePlan({
      size,
      // 40 pixels to a metre on the ground.
      intrinsics: { fx: 120, fy: 120, cx: 60, cy: 60 },
      shapes: [
        { shape: { kind: 'plane', size: [8, 8] } },
        {
          shape: { kind: 'box', size: [0.05, 0.8, 0.05], bevelMeters: 0 },
          position: [0, 0.4, 0],
          orientation: upright,
        },
      ],
      worldFromCamera: above,
    });
    const lit = underSky(
      {
        ...withMaterials(plan, [makePaint(WHITE), makePaint(WHITE)]),
        shadowBounds: { center: [0, 0.4, 0], radius: 0.5 },
        render: { ...plan.render, shadowMapPixels: 1024 },
      },
      sample,
    );
    const buffers = await render(lit);
    const open = luminanceOf(linearAt(buffers, 5, 5));
    let furthest = 0;
    let end: readonly [number, number] = [0, 0];
    for (let y = 0; y < size.height; y++) {
      for (let x = 0; x < size.width; x++) {
        const at = y * size.width + x;
        if (buffers.instanceId[at] !== 1) continue;
        if (luminanceOf(linearAt(buffers, x, y)) > 0.6 * open) continue;
        const [east, south] = [(x + 0.5 - 60) / 40, (y + 0.5 - 60) / 40];
        if (Math.hypot(east, south) <= furthest) continue;
        furthest = Math.hypot(east, south);
        end = [east, south];
      }
    }
    // The top of the post is 2.5 cm thick on every side, pixels are as large.
    expect(Math.abs(furthest - 0.8)).toBeLessThan(0.07);
    const away = (azimuth * Math.PI) / 180;
    const cosine = -(end[0] * Math.sin(away) + end[1] * Math.cos(away)) / furthest;
    expect(cosine).toBeGreaterThan(Math.cos((4 * Math.PI) / 180));
  });

  it('frames do not depend on the skies before them', async () => {
    const [first, second] = [clearSky(50), clearSky(5, { turbidity: 7 })].map((sample) =>
      underSky(makeCard(), sample),
    );
    if (!first || !second) throw new Error('two plans were made');
    const alone = await render(second);
    await render(first);
    expect((await render(second)).color).toEqual(alone.color);
  });

  it('an area light shines by the cosine law', async () => {
    // At 45° off the axis, at √2 m: intensity · cos 45° (light) · cos 45° (card) / 2 of what is below it at 1 m.
    const area: PlanLight = {
      kind: 'spot',
      ...{ position: [0, 1, 0], target: [0, 0, 0], color: WHITE, intensity: 0.5 },
      ...{ castShadow: false, sizeMeters: 0, coneRadians: 0.5, penumbra: 0 },
      rectangleMeters: [0.01, 0.01],
    };
    const above: Mat4 = [1, 0, 0, 0, 0, 0, -1, 2, 0, 1, 0, 0, 0, 0, 0, 1];
    const card = makeCard();
    const plan: FramePlan = {
      ...card,
      camera: {
        ...card.camera,
        worldFromCamera: above,
        intrinsics: { fx: 48, fy: 48, cx: 32, cy: 24 },
      },
      environment: { ...card.environment, strength: 0 },
      lights: [area],
      lightCapacity: { directional: 0, point: 0, spot: 1 },
    };
    const buffers = await render(plan);
    // 24 pixels to a metre.
    for (const [dx, dy] of [
      [0, 0],
      [24, 0],
      [-12, 12],
      [0, 20],
    ] as const) {
      const aside = Math.hypot(dx + 0.5, dy + 0.5) / 24;
      const wanted = 0.5 / (1 + aside * aside) ** 2;
      const [red] = pixelAt(buffers, 32 + dx, 24 + dy);
      expect(Math.abs(red - byteFromLinear(wanted))).toBeLessThanOrEqual(3);
    }
  });
});
