import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import type { LinearRgb, Mat4, Vec3 } from '#shared/core/geometry';
import { worldFromLookAt } from '#shared/core/look-at';
import type { FramePlan, PlanBackground, PlanLight } from '#shared/plan/frame-plan';
import { photoFromCrop } from '#shared/plan/plan-background';
import { intrinsicsOf, makeFramePlan, type MadeShape } from '../makers/make-frame-plan.ts';
import {
  SHADING_BACKENDS,
  openTestPool,
  renderPlan,
  requireOpen,
} from './support/open-test-pool.ts';
import { byteFromLinear, greatestError, linearFromByte, pixelAt } from './support/read-color.ts';

const SIZE = { width: 96, height: 64 };
const WIDE = { width: 160, height: 64 };

/** Bytes of a photo without any order: neighbours differ as much as they can. */
const byteOf = (x: number, y: number, channel: number): number =>
  (x * 7919 + y * 104729 + channel * 50021 + x * y * 31) % 256;

async function makePhoto({ width, height }: typeof SIZE): Promise<Uint8Array> {
  const bytes = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return byteOf(pixel % width, Math.floor(pixel / width), i % 3);
  });
  return sharp(bytes, { raw: { ...{ width, height }, channels: 3 } })
    .png()
    .toBuffer();
}

const photoBackground = (
  size: typeof SIZE,
  crop: Partial<Parameters<typeof photoFromCrop>[0]> = {},
): PlanBackground => ({
  kind: 'photo',
  resource: `${size.width}`,
  size,
  by: 'image',
  photoFrom: photoFromCrop({ zoom: 1, x: 0.5, y: 0.5, flip: false, ...crop }, SIZE, size),
  strength: 1,
});

const behind = (plan: FramePlan, background: PlanBackground): FramePlan => ({
  ...plan,
  environment: { ...plan.environment, background },
});

/** A ball behind the camera, so that only the background is seen. */
const EMPTY = makeFramePlan({
  size: SIZE,
  intrinsics: intrinsicsOf(SIZE, 50),
  shapes: [{ shape: { kind: 'sphere', radius: 0.1, segments: 8 }, position: [0, 0, 5] }],
});

const GROUND: MadeShape = { shape: { kind: 'plane', size: [20, 20] }, instanceId: 0 };
/** A slab of a metre, 0.5 m above the ground. */
const SLAB: MadeShape = {
  shape: { kind: 'box', size: [1, 0.02, 1], bevelMeters: 0 },
  position: [0, 0.5, 0],
  instanceId: 1,
};
const FROM_ABOVE: Mat4 = worldFromLookAt([0, 2.2, 3], [0, 0.1, 0], 0);
const SUN: Vec3 = [-1, 2, 0.5];
const sun = (intensity: number, color: LinearRgb): PlanLight => ({
  kind: 'directional',
  position: [SUN[0] * 100, SUN[1] * 100, SUN[2] * 100],
  target: [0, 0, 0],
  color,
  intensity,
  castShadow: true,
  sizeMeters: 0,
  coneRadians: 0.5,
  penumbra: 0,
});
const UNDER_SUN: PlanLight = sun(1.3, [1, 0.8, 0.5]);

function makeShadowPlan(catches: boolean, background: PlanBackground): FramePlan {
  const plan = makeFramePlan({
    size: SIZE,
    intrinsics: intrinsicsOf(SIZE, 50),
    shapes: catches ? [SLAB, GROUND] : [SLAB],
    worldFromCamera: FROM_ABOVE,
  });
  const nodes = plan.nodes.map((node) =>
    node.instanceId > 0 ? node : { ...node, castShadow: false, shadowCatcher: true },
  );
  return {
    ...behind(plan, background),
    nodes,
    lights: [UNDER_SUN],
    lightCapacity: { directional: 1, point: 0, spot: 0 },
    shadowBounds: { center: [0, 0.5, 0], radius: 0.8 },
    render: { ...plan.render, shadowMapPixels: 1024 },
  };
}

/** Where the ground is that a pixel shows, and how far inside (−) or outside (+) of the slab's shadow; metres. */
function shadowAt(x: number, y: number): number {
  const { fx, fy, cx, cy } = intrinsicsOf(SIZE, 50);
  const ray = [(x + 0.5 - cx) / fx, (y + 0.5 - cy) / fy, 1] as const;
  const along = (row: number): number =>
    [0, 1, 2].reduce((sum, i) => sum + (FROM_ABOVE[row * 4 + i] ?? 0) * (ray[i] ?? 0), 0);
  const [dx, dy, dz] = [along(0), along(1), along(2)];
  const [px, py, pz] = [3, 7, 11].map((at) => FROM_ABOVE[at] ?? 0) as [number, number, number];
  if (dy >= 0) return Infinity;
  const t = -py / dy;
  const distance = (height: number): number => {
    const [gx, gz] = [px + t * dx, pz + t * dz];
    return Math.max(
      Math.abs(gx + (SUN[0] / SUN[1]) * height) - 0.5,
      Math.abs(gz + (SUN[2] / SUN[1]) * height) - 0.5,
    );
  };
  return Math.min(distance(0.49), distance(0.51));
}

describe.each(SHADING_BACKENDS)('backgrounds on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    const [same, wide] = [await makePhoto(SIZE), await makePhoto(WIDE)];
    pool = await openTestPool(backend, (key) => {
      const bytes = { [SIZE.width]: same, [WIDE.width]: wide }[key];
      return Promise.resolve(bytes ? { bytes, contentType: 'image/png' } : null);
    });
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);

  it('a photo comes through a neutral sensor as it is, pixel by pixel, and turned about where flipped', async () => {
    const plain = await render(behind(EMPTY, photoBackground(SIZE)));
    expect(
      greatestError(plain, (x, y) => [byteOf(x, y, 0), byteOf(x, y, 1), byteOf(x, y, 2)]),
    ).toBeLessThanOrEqual(1);
    const flipped = await render(behind(EMPTY, photoBackground(SIZE, { flip: true })));
    const other = (x: number): number => SIZE.width - 1 - x;
    expect(
      greatestError(flipped, (x, y) => [
        byteOf(other(x), y, 0),
        byteOf(other(x), y, 1),
        byteOf(other(x), y, 2),
      ]),
    ).toBeLessThanOrEqual(1);
  });

  it('a crop is of the image’s shape, at its place in the photo', async () => {
    // 96 of 160 columns at scale 1: three quarters of the room of 64 is 48 columns.
    const part = await render(behind(EMPTY, photoBackground(WIDE, { x: 0.75 })));
    expect(
      greatestError(part, (x, y) => [
        byteOf(x + 48, y, 0),
        byteOf(x + 48, y, 1),
        byteOf(x + 48, y, 2),
      ]),
    ).toBeLessThanOrEqual(1);
  });

  it('a photo of the frame’s own camera, shown by directions of the world, is the photo', async () => {
    const half = Math.tan((25 * Math.PI) / 180);
    const across = (2 * half * SIZE.width) / SIZE.height;
    // Towards −Z, right being +X and down −Y.
    const photoFrom = [1 / across, 0, -0.5, 0, -1 / (2 * half), -0.5, 0, 0, -1];
    const background = { ...photoBackground(SIZE), by: 'world', photoFrom } as PlanBackground;
    const shown = await render(behind(EMPTY, background));
    expect(
      greatestError(shown, (x, y) => [byteOf(x, y, 0), byteOf(x, y, 1), byteOf(x, y, 2)]),
    ).toBeLessThanOrEqual(1);
  });

  it('its strength and the exposure are factors on linear light', async () => {
    const background = { ...photoBackground(SIZE), strength: 0.5 } as PlanBackground;
    const plan = behind(EMPTY, background);
    const dimmed = await render({ ...plan, sensor: { ...plan.sensor, exposure: 0.8 } });
    const expected = (byte: number): number => byteFromLinear(0.4 * linearFromByte(byte));
    expect(
      greatestError(dimmed, (x, y) => [
        expected(byteOf(x, y, 0)),
        expected(byteOf(x, y, 1)),
        expected(byteOf(x, y, 2)),
      ]),
    ).toBeLessThanOrEqual(1);
  });

  it('a shadow catcher darkens by the share of the light that the shadow leaves, and nothing else', async () => {
    const grey: LinearRgb = [0.5, 0.4, 0.3];
    const buffers = await render(makeShadowPlan(true, { kind: 'color', color: grey }));
    const open = await render(makeShadowPlan(false, { kind: 'color', color: grey }));
    // An even sky of radiance 1 half as bright as white gives 0.5; the sun its cosine.
    const cosine = SUN[1] / Math.hypot(...SUN);
    const [even, { intensity, color }] = [0.5, UNDER_SUN];
    const shaded = grey.map((light, channel) => {
      const direct = intensity * cosine * (color[channel] ?? 0);
      return byteFromLinear((light * even) / (even + direct));
    });
    let [inside, outside] = [0, 0];
    for (let y = 0; y < SIZE.height; y++) {
      for (let x = 0; x < SIZE.width; x++) {
        const at = y * SIZE.width + x;
        if ((buffers.instanceId[at] ?? 0) > 0) continue;
        const distance = shadowAt(x, y);
        const pixel = pixelAt(buffers, x, y);
        if (distance < -0.05) {
          inside++;
          for (const [i, byte] of pixel.entries())
            expect(Math.abs(byte - (shaded[i] ?? 0))).toBeLessThanOrEqual(1);
        } else if (distance > 0.05) {
          outside++;
          expect(pixel).toEqual(pixelAt(open, x, y));
        }
      }
    }
    expect(inside).toBeGreaterThan(100);
    expect(outside).toBeGreaterThan(2000);
  });

  it('labels are the same bytes with a photo and a catcher as before one colour', async () => {
    const plain = await render(makeShadowPlan(false, { kind: 'color', color: [0.5, 0.5, 0.5] }));
    const photo = await render(makeShadowPlan(true, photoBackground(SIZE)));
    expect(photo.instanceId).toEqual(plain.instanceId);
    expect(photo.depth).toEqual(plain.depth);
    expect(photo.color).not.toEqual(plain.color);
  });

  it('what touches the ground darkens it where ambient light does not reach, and nothing far from it', async () => {
    const plan = makeShadowPlan(true, { kind: 'color', color: [0.5, 0.5, 0.5] });
    const resting = plan.nodes.map((node) =>
      node.instanceId > 0
        ? { ...node, worldFromNode: [1, 0, 0, 0, 0, 20, 0, 0.2, 0, 0, 1, 0, 0, 0, 0, 1] }
        : node,
    );
    const occlusion = { radiusMeters: 0.3, strength: 1 };
    const buffers = await render({
      ...plan,
      nodes: resting,
      lights: [],
      render: { ...plan.render, ambientOcclusion: occlusion },
    });
    const column = Array.from({ length: SIZE.height }, (_, y) => y).filter(
      (y) => buffers.instanceId[y * SIZE.width + SIZE.width / 2] === 0,
    );
    const below = column.filter((y) => y > SIZE.height / 2);
    const bytes = below.map((y) => pixelAt(buffers, SIZE.width / 2, y)[0]);
    const open = Math.round(byteFromLinear(0.5));
    expect(bytes[0]).toBeLessThan(open - 15);
    expect(bytes.at(-1)).toBe(open);
  });
});
