import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import type { Mat4 } from '#shared/core/geometry';
import type { FramePlan, PlanShutter } from '#shared/plan/frame-plan';
import { CAMERA_AT_ORIGIN, makeFramePlan } from '../makers/make-frame-plan.ts';
import { makePaint, withMaterials } from './support/made-plans.ts';
import { openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';
import { linearFromByte, pixelAt } from './support/read-color.ts';

const SIZE = { width: 96, height: 64 };
const SUBFRAMES = 64;
const DEPTH = 2;
/** Pixels to a metre at the depth of what moves. */
const SCALE = 100 / DEPTH;
const INTRINSICS = { fx: 100, fy: 100, cx: SIZE.width / 2, cy: SIZE.height / 2 };

/** A white box before black, so many pixels wide and high. */
function makeView(across: number, down: number, shutter?: PlanShutter): FramePlan {
  const plan = makeFramePlan({
    size: SIZE,
    intrinsics: INTRINSICS,
    shapes: [
      {
        shape: { kind: 'box', size: [across / SCALE, down / SCALE, 0.001], bevelMeters: 0 },
        position: [0, 0, -DEPTH],
      },
    ],
  });
  return {
    ...withMaterials(plan, [makePaint([1, 1, 1])]),
    environment: { ...plan.environment, background: { kind: 'color', color: [0, 0, 0] } },
    sensor: { ...plan.sensor, exposure: 0.9 },
    render: { ...plan.render, samples: 4, subframes: SUBFRAMES },
    ...(shutter && { shutter }),
  };
}

/** Metres to the right of the middle at each sub-frame, of what goes `pixels` over the whole time. */
const wayOf = (pixels: number): readonly number[] =>
  Array.from({ length: SUBFRAMES }, (_, k) => (((k + 0.5) / SUBFRAMES - 0.5) * pixels) / SCALE);
const boxAt = (x: number): Mat4 => [1, 0, 0, x, 0, 1, 0, 0, 0, 0, 1, -DEPTH, 0, 0, 0, 1];
function cameraAt(x: number): Mat4 {
  const [a, b, c, , ...rest] = CAMERA_AT_ORIGIN;
  return [a, b, c, x, ...rest] as unknown as Mat4;
}
const boxMoves = (pixels: number): PlanShutter => ({
  nodes: [{ index: 0, worldFromNode: wayOf(pixels).map(boxAt) }],
  members: [],
});

/** Light of each row, its middle and its variance along the row, pixels. */
function rowOf(buffers: GBuffers, y: number): Readonly<{ light: number; x: number; var: number }> {
  let [sum, sx, sxx] = [0, 0, 0];
  for (let x = 0; x < SIZE.width; x++) {
    const light = linearFromByte(pixelAt(buffers, x, y)[1]);
    sum += light;
    sx += light * (x + 0.5);
    sxx += light * (x + 0.5) ** 2;
  }
  return { light: sum, x: sx / sum, var: sxx / sum - (sx / sum) ** 2 };
}

const MIDDLE = SIZE.height / 2;
const STREAK = 24;

describe('motion blur', () => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool('mesa');
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);

  it.each([
    ['an object', boxMoves(STREAK)],
    ['the camera', { worldFromCamera: wayOf(-STREAK).map(cameraAt), nodes: [], members: [] }],
  ] as const)(
    'of %s is an even streak as long as the way, has all the light, and leaves labels where they were',
    async (_, shutter) => {
      const still = await render(makeView(4, 20));
      const found = await render(makeView(4, 20, shutter));
      const [before, after] = [rowOf(still, MIDDLE), rowOf(found, MIDDLE)];
      expect(Math.abs(after.light / before.light - 1)).toBeLessThan(0.01);
      expect(Math.abs(after.x - before.x)).toBeLessThan(0.05);
      // An even streak of length D has the variance D²/12; n points in the middles of its parts, 1 − 1/n² of it.
      const length = Math.sqrt(12 * (after.var - before.var));
      expect(Math.abs(length / STREAK - 1)).toBeLessThan(0.01);
      // Where the box is for the same share of the time, there is the same light, but for eleven sub-frames each.
      const inside = (STREAK - 4) / 2 - 1;
      const share = (x: number): number =>
        linearFromByte(pixelAt(found, x, MIDDLE)[1]) / (before.light / STREAK);
      for (let x = SIZE.width / 2 - inside; x < SIZE.width / 2 + inside - 4; x++) {
        expect(Math.abs(share(x) - 1)).toBeLessThan(0.2);
        const four = (share(x) + share(x + 1) + share(x + 2) + share(x + 3)) / 4;
        expect(Math.abs(four - 1)).toBeLessThan(0.05);
      }
      expect(found.instanceId).toEqual(still.instanceId);
      expect(found.depth).toEqual(still.depth);
    },
  );

  it.each([
    ['a pinhole', {}],
    // A lens that bends next to nothing goes the way of those that do.
    ['a lens that bends', { distortion: { model: 'brown-conrady', coefficients: [1e-9] } }],
  ] as const)('of a rolling shutter skews by the way in the time of a row: %s', async (_, lens) => {
    const [way, openShare] = [30, 1 / 16];
    const view = makeView(20, 200, { ...boxMoves(way), rolling: { openShare } });
    const intrinsics = { ...INTRINSICS, ...lens } as FramePlan['camera']['intrinsics'];
    const plan = { ...view, camera: { ...view.camera, intrinsics } };
    const found = await render(plan);
    const still = rowOf(await render(makeView(20, 200)), MIDDLE);
    // Rows begin one after the other until the last one has as long as all others.
    const skew = (way * (1 - openShare)) / (SIZE.height - 1);
    let [sum, squares] = [0, 0];
    for (let y = 0; y < SIZE.height; y++) {
      const row = rowOf(found, y);
      const fromMiddle = y - (SIZE.height - 1) / 2;
      expect(Math.abs(row.x - (still.x + skew * fromMiddle))).toBeLessThan(0.2);
      expect(Math.abs(row.light / still.light - 1)).toBeLessThan(0.015);
      sum += fromMiddle * row.x;
      squares += fromMiddle ** 2;
    }
    expect(Math.abs(sum / squares / skew - 1)).toBeLessThan(0.003);
  });

  it('shows a light that flickers as bands of rows that begin one after the other', async () => {
    const openShare = 1 / 8;
    const [depth, pulses] = [0.5, 3];
    /** ∫ 1 + depth · cos over the exposure, whose middle is 0 and whose length is 1. */
    const lightUpTo = (at: number): number =>
      at + (depth * Math.sin(2 * Math.PI * pulses * at)) / (2 * Math.PI * pulses);
    const edges = Array.from({ length: SUBFRAMES + 1 }, (_, k) => lightUpTo(k / SUBFRAMES - 0.5));
    const intensities = edges.slice(1).map((to, k) => (to - (edges[k] ?? NaN)) * SUBFRAMES);
    const view = makeView(200, 200);
    const lamp: FramePlan['lights'][number] = {
      kind: 'directional',
      position: [0, 0, 0],
      target: [0, 0, -1],
      color: [1, 1, 1],
      intensity: 0.6,
      castShadow: false,
      sizeMeters: 0,
      coneRadians: 0.5,
      penumbra: 0,
    };
    const steady: FramePlan = {
      ...view,
      lights: [lamp],
      lightCapacity: { directional: 1, point: 0, spot: 0 },
      environment: { ...view.environment, strength: 0 },
    };
    const lights = [{ index: 0, intensities: intensities.map((share) => share * lamp.intensity) }];
    const shutter = { nodes: [], members: [], rolling: { openShare }, lights };
    const [without, found] = [await render(steady), await render({ ...steady, shutter })];
    const light = (of: GBuffers, y: number): number =>
      linearFromByte(pixelAt(of, SIZE.width / 2, y)[1]);
    for (let y = 0; y < SIZE.height; y++) {
      const from = ((1 - openShare) * y) / (SIZE.height - 1) - 0.5;
      const share = (lightUpTo(from + openShare) - lightUpTo(from)) / openShare;
      expect(Math.abs(light(found, y) - light(without, y) * share), `row ${y}`).toBeLessThan(0.01);
    }
  });

  it('leaves nothing behind for the next frame', async () => {
    const first = await render(makeView(4, 20));
    const blurred = await render(makeView(4, 20, boxMoves(STREAK)));
    const again = await render(makeView(4, 20));
    expect(Buffer.compare(again.color, first.color)).toBe(0);
    expect(Buffer.compare(blurred.color, first.color)).not.toBe(0);
  });
});
