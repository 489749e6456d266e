import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import type { LinearRgb, Mat4, Vec3 } from '#shared/core/geometry';
import { worldFromLookAt } from '#shared/core/look-at';
import { transformPoint } from '#shared/core/matrix';
import type { FramePlan } from '#shared/plan/frame-plan';
import { extinctionOf } from '#shared/plan/plan-weather';
import type { PlanMedium } from '#shared/plan/weather-plan';
import { CAMERA_AT_ORIGIN, makeFramePlan, type MadeShape } from '../makers/make-frame-plan.ts';
import { makePaint, withMaterials } from './support/made-plans.ts';
import {
  SHADING_BACKENDS,
  openTestPool,
  renderPlan,
  requireOpen,
} from './support/open-test-pool.ts';
import { byteFromLinear, greatestError, linearFromByte, pixelAt } from './support/read-color.ts';

const SIDE = 48;
/** 90° across: at the corner the distance is √3 of the depth. */
const INTRINSICS = { fx: SIDE / 2, fy: SIDE / 2, cx: SIDE / 2, cy: SIDE / 2 };
const AIRLIGHT: LinearRgb = [0.6, 0.65, 0.7];
const BACKGROUND: LinearRgb = [0.2, 0.3, 0.4];

const mediumOf = (more: Partial<PlanMedium> = {}): PlanMedium => ({
  extinctionPerMeter: [0.05, 0.06, 0.08],
  airlight: AIRLIGHT,
  environmentShare: [0, 0, 0],
  topMeters: null,
  ...more,
});

type View = Readonly<{ shapes: readonly MadeShape[]; worldFromCamera?: Mat4 }>;

/** Grey things under an even sky before a background of one colour. */
function makeView({ shapes, worldFromCamera = CAMERA_AT_ORIGIN }: View): FramePlan {
  const plan = makeFramePlan({
    size: { width: SIDE, height: SIDE },
    intrinsics: INTRINSICS,
    shapes,
    worldFromCamera,
    farMeters: 5000,
  });
  return withMaterials(
    plan,
    shapes.map(() => makePaint([0.4, 0.4, 0.4])),
  );
}

/** A card that fills the view, square to it, at a depth. */
const cardAt = (depth: number): MadeShape => ({
  shape: { kind: 'box', size: [4 * depth, 4 * depth, 0.01], bevelMeters: 0 },
  position: [0, 0, -depth - 0.005],
});

const inFog = (plan: FramePlan, medium: PlanMedium): FramePlan => ({
  ...plan,
  weather: { medium },
});

/** The ray of a pixel in the camera's frame, its depth 1. */
const rayOf = (x: number, y: number): Vec3 => [
  (x + 0.5 - INTRINSICS.cx) / INTRINSICS.fx,
  (y + 0.5 - INTRINSICS.cy) / INTRINSICS.fy,
  1,
];

/** Koschmieder's law for what a pixel had without fog. */
function veiled(clear: LinearRgb, pathMeters: number, medium: PlanMedium): LinearRgb {
  const channel = (c: 0 | 1 | 2): number => {
    const through = Math.exp(-medium.extinctionPerMeter[c] * pathMeters);
    return byteFromLinear(linearFromByte(clear[c]) * through + medium.airlight[c] * (1 - through));
  };
  return [channel(0), channel(1), channel(2)];
}

const background: LinearRgb = [
  byteFromLinear(BACKGROUND[0]),
  byteFromLinear(BACKGROUND[1]),
  byteFromLinear(BACKGROUND[2]),
];

describe.each(SHADING_BACKENDS)('fog on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);

  it.each([1, 8, 30, 200])(
    'veils a card %d m deep by the distance of each of its points, within a byte',
    async (depth) => {
      const plan = makeView({ shapes: [cardAt(depth)] });
      const clear = await render(plan);
      const medium = mediumOf();
      const buffers = await render(inFog(plan, medium));
      const error = greatestError(buffers, (x, y) =>
        veiled(pixelAt(clear, x, y), depth * Math.hypot(...rayOf(x, y)), medium),
      );
      expect(error).toBeLessThanOrEqual(1);
      // A veil by depth would be this much off at the corner, so that the test can tell.
      const [corner] = veiled(pixelAt(clear, 0, 0), depth, medium);
      if (depth < 30) expect(Math.abs(corner - pixelAt(buffers, 0, 0)[0])).toBeGreaterThan(1.5);
      expect(buffers.instanceId).toEqual(clear.instanceId);
      expect(buffers.depth).toEqual(clear.depth);
    },
  );

  it('is all there is of the background, which ends nowhere', async () => {
    const plan = makeView({ shapes: [{ ...cardAt(1), position: [0, 0, 5] }] });
    const medium = mediumOf({ extinctionPerMeter: [1e-5, 1e-5, 1e-5] });
    const buffers = await render(inFog(plan, medium));
    expect(greatestError(buffers, () => veiled(background, Infinity, medium))).toBeLessThanOrEqual(
      0.5,
    );
  });

  it('ends at its top: over things that reach above it, and over the background', async () => {
    // The eye is at 2 m, looks up by 20° and the layer ends at 5 m.
    const eye: Vec3 = [0, 2, 0];
    const worldFromCamera = worldFromLookAt(eye, [0, 2 + Math.tan((20 * Math.PI) / 180), -1], 0);
    const tower: MadeShape = {
      shape: { kind: 'box', size: [10, 60, 0.01], bevelMeters: 0 },
      position: [-5, 0, -20.005],
    };
    const plan = makeView({ shapes: [tower], worldFromCamera });
    const clear = await render(plan);
    const medium = mediumOf({ topMeters: 5 });
    const buffers = await render(inFog(plan, medium));
    const error = greatestError(buffers, (x, y) => {
      const ray = rayOf(x, y);
      const length = Math.hypot(...ray);
      const depth = clear.depth[y * SIDE + x] ?? 0;
      const rise = (transformPoint(worldFromCamera, ray)[1] - eye[1]) / length;
      const inside = rise > 0 ? (5 - eye[1]) / rise : Infinity;
      const path = Math.min(depth === 0 ? Infinity : depth * length, inside);
      return veiled(pixelAt(clear, x, y), path, medium);
    });
    expect(error).toBeLessThanOrEqual(1);
  });

  it('shines by the mean radiance of the environment, and a sum of sub-frames as one', async () => {
    const plan = makeView({ shapes: [{ ...cardAt(1), position: [0, 0, 5] }] });
    // The even sky of a plan without a map has radiance 0.5.
    const medium = mediumOf({ airlight: [0.1, 0, 0], environmentShare: [1, 0.5, 0.25] });
    const shown = mediumOf({ airlight: [0.6, 0.25, 0.125] });
    for (const subframes of [1, 4]) {
      const summed = { ...plan, render: { ...plan.render, subframes } };
      const buffers = await render(inFog(summed, medium));
      expect(greatestError(buffers, () => veiled(background, Infinity, shown))).toBeLessThan(0.6);
    }
  });

  it('leaves frames after it as they were', async () => {
    const plan = makeView({ shapes: [cardAt(3)] });
    const before = await render(plan);
    await render(inFog(plan, mediumOf()));
    expect((await render(plan)).color).toEqual(before.color);
    expect((await render({ ...plan, weather: {} })).color).toEqual(before.color);
  });
});

describe('extinction', () => {
  it('leaves 5 % at the visibility, and goes with wavelength by Ångström’s exponent', () => {
    for (const channel of extinctionOf(150, 0))
      expect(Math.exp(-channel * 150)).toBeCloseTo(0.05, 12);
    const [red, green, blue] = extinctionOf(1000, 1.3);
    expect(red / green).toBeCloseTo((549 / 611) ** 1.3, 9);
    expect(blue / green).toBeCloseTo((549 / 464) ** 1.3, 9);
  });
});
