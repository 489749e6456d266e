import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import type { FramePlan } from '#shared/plan/frame-plan';
import { planFocus } from '#shared/plan/plan-focus';
import { makeFramePlan, type MadeShape } from '../makers/make-frame-plan.ts';
import { makeFlatField } from './support/flat-field.ts';
import { makePaint, withMaterials } from './support/made-plans.ts';
import {
  SHADING_BACKENDS,
  openTestPool,
  renderPlan,
  requireOpen,
} from './support/open-test-pool.ts';
import { linearFromByte, pixelAt } from './support/read-color.ts';

const SIDE = 161;
const INTRINSICS = { fx: 400, fy: 400, cx: SIDE / 2, cy: SIDE / 2 };
/** A lens of 50 mm at f/0.7, focused at 2 m, on a sensor of 20.125 mm: 400 px are 50 mm. */
const LENS = { distanceMeters: 2, sensorWidthMillimeters: (50 * SIDE) / 400, aperture: 0.7 };
const FOCUS = planFocus(LENS, { intrinsics: INTRINSICS, widthPixels: SIDE });

type Look = Readonly<{ shapes: readonly MadeShape[]; exposure: number; focused: boolean }>;

function makeView({ shapes, exposure, focused }: Look): FramePlan {
  const plan = makeFramePlan({
    size: { width: SIDE, height: SIDE },
    intrinsics: INTRINSICS,
    shapes,
  });
  return {
    ...withMaterials(
      plan,
      shapes.map(() => makePaint([1, 1, 1])),
    ),
    camera: { ...plan.camera, ...(focused && { focus: FOCUS }) },
    environment: { ...plan.environment, background: { kind: 'color', color: [0, 0, 0] } },
    sensor: { ...plan.sensor, exposure },
    render: { ...plan.render, subframes: 128 },
  };
}

/** A square of some pixels at a depth, off the middle of the image. */
const squareAt = (depth: number, pixels: number): MadeShape => ({
  shape: {
    kind: 'box',
    size: [(pixels * depth) / 400, (pixels * depth) / 400, 0.001],
    bevelMeters: 0,
  },
  position: [(10 * depth) / 400, (-5 * depth) / 400, -depth],
});

type Moments = Readonly<{ x: number; y: number; varX: number; varY: number }>;

/** Centre and variances of the light of an image. */
function momentsOf(buffers: GBuffers): Moments {
  let [sum, sx, sy, sxx, syy] = [0, 0, 0, 0, 0];
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      const light = linearFromByte(pixelAt(buffers, x, y)[1]);
      sum += light;
      sx += light * (x + 0.5);
      sy += light * (y + 0.5);
      sxx += light * (x + 0.5) ** 2;
      syy += light * (y + 0.5) ** 2;
    }
  const [x, y] = [sx / sum, sy / sum];
  return { x, y, varX: sxx / sum - x * x, varY: syy / sum - y * y };
}

describe('the lens of a plan', () => {
  it('has the focal length and radius of the thin lens', () => {
    // 1/f = 1/v + 1/s with v = 50 mm: f = 48.78 mm.
    const focal = 1 / (1 / 0.05 + 1 / 2);
    expect(FOCUS.lensRadiusMeters).toBeCloseTo(focal / 1.4, 12);
  });
});

describe.each(SHADING_BACKENDS)('depth of field on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());
  const render = (look: Look): Promise<GBuffers> => renderPlan(requireOpen(pool), makeView(look));

  it.each([0.9, 1.2, 5, 8])(
    'blurs a point at %d m as the thin lens does, within 5 %',
    async (depth) => {
      const shapes = [squareAt(depth, 4)];
      const sharp = momentsOf(await render({ shapes, exposure: 1, focused: false }));
      const focal = 1 / (1 / 0.05 + 1 / 2);
      // Circle of confusion on the sensor, (f/N) · f · |d − s| / (d · (s − f)); a pixel is 0.125 mm.
      const circle = ((focal / 0.7) * focal * Math.abs(depth - 2)) / (depth * (2 - focal));
      const wanted = circle / 0.000125;
      const exposure = Math.max(1, (0.8 * Math.PI * wanted * wanted) / 4 / 16);
      const blurred = momentsOf(await render({ shapes, exposure, focused: true }));
      // An even disc of diameter D has the variance D²/16 along each axis.
      for (const axis of ['varX', 'varY'] as const) {
        const diameter = 4 * Math.sqrt(blurred[axis] - sharp[axis]);
        expect(Math.abs(diameter / wanted - 1)).toBeLessThan(0.05);
      }
      expect(Math.abs(blurred.x - sharp.x)).toBeLessThan(0.3);
      expect(Math.abs(blurred.y - sharp.y)).toBeLessThan(0.3);
    },
  );

  it('leaves the plane in focus as it is, before bright blur too, and labels where they were', async () => {
    const shapes: readonly MadeShape[] = [
      squareAt(2, 40),
      {
        shape: { kind: 'box', size: [1, 10, 0.01], bevelMeters: 0 },
        position: [-1.2, 0, -12],
      },
    ];
    const [sharp, found] = [
      await render({ shapes, exposure: 1, focused: false }),
      await render({ shapes, exposure: 1, focused: true }),
    ];
    let softened = 0;
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        const off = Math.abs(pixelAt(found, x, y)[1] - pixelAt(sharp, x, y)[1]);
        if (sharp.instanceId[y * SIDE + x] === 1 && sharp.instanceId[y * SIDE + x + 1] === 1)
          expect(off).toBeLessThanOrEqual(sharp.instanceId[y * SIDE + x - 1] === 1 ? 8 : 255);
        else if (off > 40) softened += 1;
      }
    expect(softened).toBeGreaterThan(500);
    expect(found.instanceId).toEqual(sharp.instanceId);
    expect(found.depth).toEqual(sharp.depth);
  });

  // Sums of 128 halves of one value have 18 bits, which float32 holds: no rounding may remain.
  it('adds sub-frames of an even field up to that field, to the bit', async () => {
    const field = { ...makeFlatField([0.11, 0.37, 0.73], {}, 8), raw: true };
    const once = await renderPlan(requireOpen(pool), field);
    const often = await renderPlan(requireOpen(pool), {
      ...field,
      render: { ...field.render, subframes: 128 },
    });
    expect(new Set(once.raw).size).toBe(3);
    expect(often.raw).toEqual(once.raw);
  });
});
