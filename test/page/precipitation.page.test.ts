import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import { projectPoint, unprojectPoint } from '#shared/core/pinhole';
import type { Intrinsics, Mat4, Vec3 } from '#shared/core/geometry';
import { fallingIn } from '#shared/plan/falling-field';
import type { FramePlan } from '#shared/plan/frame-plan';
import { planGround } from '#shared/plan/plan-ground';
import { seenBounds } from '#shared/plan/seen-bounds';
import type { PlanGlass, PlanGround, PlanPrecipitation } from '#shared/plan/weather-plan';
import { makeFramePlan, type MadeShape } from '../makers/make-frame-plan.ts';
import { makePaint, withMaterials } from './support/made-plans.ts';
import {
  SHADING_BACKENDS,
  openTestPool,
  renderPlan,
  requireOpen,
} from './support/open-test-pool.ts';
import { greatestError, linearFromByte, pixelAt } from './support/read-color.ts';
import { drawMaterial } from './support/texture-plans.ts';

const SIDE = 96;
const INTRINSICS = { fx: 300, fy: 300, cx: SIDE / 2, cy: SIDE / 2 };
/** 12 % of a barrel in the corners. */
const BENT: Intrinsics = {
  ...INTRINSICS,
  distortion: { model: 'brown-conrady', coefficients: [-2.4] },
};
const RADIANCE = 0.8;

const rain = (changes: Partial<PlanPrecipitation> = {}): PlanPrecipitation => ({
  kind: 'rain',
  millimetersPerHour: 60,
  seed: 7,
  timeSeconds: 0,
  exposureSeconds: 0.001,
  windMetersPerSecond: [1, 0, 0],
  rangeMeters: 1.6,
  glow: { airlight: [RADIANCE, RADIANCE, RADIANCE], environmentShare: [0, 0, 0] },
  ...changes,
});

/** A camera on black with a shape behind or before the rain, 2 m away unless told otherwise. */
function makeView(depth = 2): FramePlan {
  const wall: MadeShape = {
    shape: { kind: 'box', size: [4, 4, 0.01], bevelMeters: 0 },
    position: [0, 0, -depth - 0.005],
  };
  const plan = makeFramePlan({
    size: { width: SIDE, height: SIDE },
    intrinsics: INTRINSICS,
    shapes: [wall],
  });
  const black = withMaterials(plan, [{ ...makePaint([0, 0, 0]), roughness: 1 }]);
  return { ...black, environment: { ...black.environment, strength: 0 } };
}

const inRain = (plan: FramePlan, precipitation: PlanPrecipitation): FramePlan => ({
  ...plan,
  weather: { precipitation: [precipitation] },
});

/** Light of an image over what the rain shines with, pixel by pixel. */
const coverageOf = (buffers: GBuffers): number[] =>
  Array.from(
    { length: SIDE * SIDE },
    (_, i) => linearFromByte(pixelAt(buffers, i % SIDE, Math.floor(i / SIDE))[1]) / RADIANCE,
  );

/** Share of each pixel that a disc covers, by a grid of points in the pixel. */
function discCover(
  { x: cx, y: cy }: Readonly<{ x: number; y: number }>,
  radius: number,
  grid: number,
): readonly (readonly [cell: number, share: number])[] {
  const inside = (x: number, y: number): number => {
    const points = Array.from({ length: grid * grid }, (_, s) => [
      x + ((s % grid) + 0.5) / grid,
      y + (Math.floor(s / grid) + 0.5) / grid,
    ]);
    return points.filter(([px = 0, py = 0]) => Math.hypot(px - cx, py - cy) < radius).length;
  };
  const found: [number, number][] = [];
  for (let y = Math.max(0, Math.floor(cy - radius)); y < SIDE && y <= cy + radius; y++)
    for (let x = Math.max(0, Math.floor(cx - radius)); x < SIDE && x <= cx + radius; x++)
      found.push([y * SIDE + x, inside(x, y) / grid ** 2]);
  return found;
}

/** Opacity of each pixel's square, by discs put where drops are at many instants; only what a streak covers is thin. */
function discsOverTime(plan: FramePlan, falls: PlanPrecipitation): number[] {
  const [instants, grid] = [48, 4];
  const light = new Array<number>(SIDE * SIDE).fill(1);
  for (const { position, velocity, diameterMeters } of fallingIn(
    falls,
    seenBounds(plan, falls.rangeMeters),
  )) {
    const covered = new Map<number, number>();
    for (let k = 0; k < instants; k++) {
      const t = ((k + 0.5) / instants - 0.5) * falls.exposureSeconds;
      const at = position.map((x, axis) => x + (velocity[axis] ?? 0) * t) as unknown as Vec3;
      // The camera's axes are OpenCV's: y down, z forward.
      const point = projectPoint(INTRINSICS, [at[0], -at[1], -at[2]]);
      if (point === null || point.depth < 0.25) continue;
      const radius = (0.5 * diameterMeters * INTRINSICS.fy) / point.depth;
      for (const [cell, part] of discCover(point, radius, grid))
        covered.set(cell, (covered.get(cell) ?? 0) + part / instants);
    }
    for (const [cell, share] of covered) light[cell] = (light[cell] ?? 1) * (1 - share);
  }
  return light.map((through) => 1 - through);
}

const greatestDifference = ({ color: a }: GBuffers, { color: b }: GBuffers): number =>
  a.reduce((most, byte, i) => Math.max(most, Math.abs(byte - (b[i] ?? NaN))), 0);

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const dryGround: PlanGround = { wetness: 0, puddles: null, snowCover: 0, seed: 5 };

/** Level ground from 2 m above, lit evenly. */
function makeGround(roughness: number, grey: number): FramePlan {
  const plan = makeFramePlan({
    size: { width: SIDE, height: SIDE },
    intrinsics: { ...INTRINSICS, fx: 48, fy: 48 },
    shapes: [{ shape: { kind: 'plane', size: [20, 20] } }],
    worldFromCamera: [1, 0, 0, 0, 0, 0, -1, 2, 0, 1, 0, 0, 0, 0, 0, 1],
  });
  return withMaterials(plan, [{ ...makePaint([grey, grey, grey]), roughness }]);
}

const onGround = (plan: FramePlan, ground: Partial<PlanGround>): FramePlan => ({
  ...plan,
  weather: { ground: { ...dryGround, ...ground } },
});

/** Four squares that shine, one in each quarter of the view: red, green, blue, white. */
function makeQuarters(): FramePlan {
  const shape: MadeShape['shape'] = { kind: 'box', size: [1, 1, 0.01], bevelMeters: 0 };
  const at = [[-0.5, 0.5], [0.5, 0.5], [-0.5, -0.5], [0.5, -0.5]] as const; // prettier-ignore
  const plan = makeFramePlan({
    size: { width: SIDE, height: SIDE },
    intrinsics: INTRINSICS,
    shapes: at.map(([x, y]): MadeShape => ({ shape, position: [x, y, -2.005] })),
  });
  const shine = (emissiveColor: string) =>
    drawMaterial({ color: '#000000', specular: 0, roughness: 1, emissiveColor });
  return {
    ...withMaterials(plan, ['#ff0000', '#00ff00', '#0000ff', '#ffffff'].map(shine)),
    environment: { ...plan.environment, strength: 0 },
  };
}

/** A matt wall that gets lighter from below to above, seen by a long lens. */
function makeRamp(): FramePlan {
  const plan = makeFramePlan({
    size: { width: SIDE, height: SIDE },
    intrinsics: { ...INTRINSICS, fx: 600, fy: 600 },
    shapes: [
      { shape: { kind: 'box', size: [4, 4, 0.01], bevelMeters: 0 }, position: [0, 0.25, -2.005] },
    ],
  });
  const colors = ['#000000', '#ffffff'];
  const ramp = drawMaterial({
    ...{ specular: 0, roughness: 1 },
    texture: { kind: 'gradient', colors, scaleMeters: 1 },
  });
  return withMaterials(plan, [ramp]);
}

const behind = (plan: FramePlan, glass: Partial<PlanGlass>): FramePlan => ({
  ...plan,
  weather: { glass: { pupil: 1e-4, drops: [], dirt: null, ...glass } },
});

/** Points of the pupil, evenly (a sunflower). */
const PUPIL = Array.from({ length: 600 }, (_, i): readonly [number, number] => {
  const [r, turn] = [Math.sqrt((i + 0.5) / 600), i * Math.PI * (3 - Math.sqrt(5))];
  return [r * Math.cos(turn), r * Math.sin(turn)];
});

describe.each(SHADING_BACKENDS)(
  'precipitation, and what it leaves on surfaces, on %s',
  (backend) => {
    let pool: PagePool | undefined;
    beforeAll(async () => {
      pool = await openTestPool(backend);
    });
    afterAll(() => pool?.close());
    const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);

    it.each([
      ['almost at rest', 0.00005],
      ['a thousandth', 0.001],
      ['a hundredth', 0.01],
    ])(
      'covers pixels as discs do that fall through the exposure: %s',
      async (_, exposureSeconds) => {
        const plan = makeView();
        const falls = rain({ exposureSeconds });
        const found = coverageOf(await render(inRain(plan, falls)));
        const wanted = discsOverTime(plan, falls);
        // All the light that there is, and where it is: the correlation of the two images.
        expect(Math.abs(sum(found) / sum(wanted) - 1)).toBeLessThan(0.06);
        const product = sum(found.map((value, i) => value * (wanted[i] ?? 0)));
        const norms = Math.sqrt(sum(found.map((v) => v * v)) * sum(wanted.map((v) => v * v)));
        expect(product / norms).toBeGreaterThan(0.93);
      },
    );

    it('is hidden by what is before it, changes no label, and is the same for the same plan', async () => {
      const dry = await render(makeView(0.3));
      const hidden = await render(inRain(makeView(0.3), rain({ exposureSeconds: 1e-5 })));
      const open = await render(inRain(makeView(2), rain({ exposureSeconds: 1e-5 })));
      expect(sum(coverageOf(hidden))).toBeLessThan(0.15 * sum(coverageOf(open)));
      expect(hidden.instanceId).toEqual(dry.instanceId);
      expect(hidden.depth).toEqual(dry.depth);
      const again = await render(inRain(makeView(2), rain({ exposureSeconds: 1e-5 })));
      expect(again.color).toEqual(open.color);
      const other = await render(inRain(makeView(2), rain({ exposureSeconds: 1e-5, seed: 8 })));
      expect(other.color).not.toEqual(open.color);
    });

    it('gives the sum of sub-frames the light of one', async () => {
      const falls = rain({ exposureSeconds: 0.005 });
      const one = sum(coverageOf(await render(inRain(makeView(), falls))));
      const plan = makeView();
      const many = await render(
        inRain({ ...plan, render: { ...plan.render, subframes: 8 } }, falls),
      );
      expect(Math.abs(sum(coverageOf(many)) / one - 1)).toBeLessThan(0.08);
    });

    it.each([
      [1, 1],
      [0.7, 1],
      [0.7, 0.4],
      [0.4, 1],
    ])(
      'roughness %d, wetness %d: as a dry surface with Lagarde’s albedo and roughness',
      async (roughness, wetness) => {
        const pores = Math.min(1, Math.max(0, (roughness - 0.5) / 0.4));
        const soaked = 1 - 0.8 * pores;
        const albedo = 0.6 * (1 + (soaked - 1) * wetness);
        const smoother = roughness * (1 + (soaked - 1) * 0.5 * wetness);
        const wet = await render(onGround(makeGround(roughness, 0.6), { wetness }));
        const dry = await render(makeGround(smoother, albedo));
        expect(greatestError(wet, (x, y) => pixelAt(dry, x, y))).toBeLessThanOrEqual(1);
        expect(wet.depth).toEqual(dry.depth);
      },
    );

    it.each([0.1, 0.4])('puts a share of %d of level ground under water', async (share) => {
      // A black surface that is rough sends back less of the sky than water does.
      const { puddles } = planGround({
        wetness: 0,
        puddles: { share, meters: 0.04 },
        snowCover: 0,
        seed: 5,
      });
      const plan = makeGround(1, 0);
      const dry = await render(plan);
      const wet = await render(onGround(plan, { puddles }));
      let count = 0;
      for (let y = 0; y < SIDE; y++)
        for (let x = 0; x < SIDE; x++)
          if (Math.abs(pixelAt(wet, x, y)[1] - pixelAt(dry, x, y)[1]) > 2) count += 1;
      expect(Math.abs(count / (SIDE * SIDE) - share)).toBeLessThan(0.05);
    });

    it.each([
      ['a pinhole', INTRINSICS],
      ['a lens that bends', BENT],
    ] as const)('turns what a drop on the glass shows upside down: %s', async (_, intrinsics) => {
      const pinhole = makeQuarters();
      const plain = { ...pinhole, camera: { ...pinhole.camera, intrinsics } };
      const clean = await render(plain);
      const drop = { at: [0.03, -0.02], radius: 0.08, bend: 2.5 } as const;
      const wet = await render(behind(plain, { drops: [drop] }));
      expect(wet.instanceId).toEqual(clean.instanceId);
      expect(wet.depth).toEqual(clean.depth);
      const hot = (v: number): boolean => v > 128;
      // Bent colour is the mean of a pixel's square: rims are wider by one.
      const rim = intrinsics === BENT ? 0.006 : 0.001;
      let inside = 0;
      for (let y = 0; y < SIDE; y++) {
        for (let x = 0; x < SIDE; x++) {
          const ray = unprojectPoint(intrinsics, { x: x + 0.5, y: y + 0.5, depth: 1 });
          const [tx, ty] = [ray[0], -ray[1]];
          const [dx, dy] = [tx - drop.at[0], ty - drop.at[1]];
          const away = Math.hypot(dx, dy) - drop.radius;
          if (away > rim) expect(pixelAt(wet, x, y)).toEqual(pixelAt(clean, x, y));
          const [sx, sy] = [tx - drop.bend * dx, ty - drop.bend * dy];
          // Not on the rim, nor where two squares meet.
          if (away > -0.005 || Math.min(Math.abs(sx), Math.abs(sy)) < 0.012) continue;
          inside += 1;
          const quarter = (sy > 0 ? 0 : 2) + (sx > 0 ? 1 : 0);
          const expected = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]][quarter]; // prettier-ignore
          expect(pixelAt(wet, x, y).slice(0, 3).map(hot).map(Number), `${x}, ${y}`).toEqual(
            expected,
          );
        }
      }
      expect(inside).toBeGreaterThan(1000);
    });

    it.each([
      ['a pinhole', INTRINSICS],
      ['a lens that bends', BENT],
    ] as const)('bends specks on the glass as it bends points: %s', async (_, intrinsics) => {
      const pinhole = makeRamp();
      const plain = { ...pinhole, camera: { ...pinhole.camera, intrinsics } };
      const specks = ([[0.1, 0.07], [-0.11, 0.03], [0.02, -0.12]] as const) // prettier-ignore
        .map((at) => ({ at, radius: 0.02 }));
      const clean = await render(plain);
      const dirty = await render(behind(plain, { dirt: { specks, opacity: 1, color: [0, 0, 0] } }));
      for (const { at } of specks) {
        const middle = projectPoint(intrinsics, [at[0], -at[1], 1]);
        if (middle === null) throw new Error('expected a speck in sight');
        let [sum, sx, sy] = [0, 0, 0];
        for (let y = Math.max(0, Math.floor(middle.y) - 10); y < middle.y + 10 && y < SIDE; y++) {
          for (let x = Math.max(0, Math.floor(middle.x) - 10); x < middle.x + 10 && x < SIDE; x++) {
            const [before, after] = [clean, dirty].map((of) =>
              linearFromByte(pixelAt(of, x, y)[1]),
            );
            const taken = 1 - (after ?? NaN) / (before ?? NaN);
            sum += taken;
            sx += taken * (x + 0.5);
            sy += taken * (y + 0.5);
          }
        }
        expect(Math.hypot(sx / sum - middle.x, sy / sum - middle.y)).toBeLessThan(0.15);
      }
      expect(dirty.instanceId).toEqual(clean.instanceId);
      expect(dirty.depth).toEqual(clean.depth);
    });

    it('shows in a drop the skew of a rolling shutter, the other way round', async () => {
      const quarters = makeQuarters();
      const [subframes, openShare] = [48, 1 / 24];
      // The camera goes to the right, so that what is 2 m away goes to the left, 24 pixels over the whole time.
      const way = (24 * 2) / INTRINSICS.fx;
      const cameraAt = (share: number): Mat4 =>
        [1, 0, 0, way * share, 0, -1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1]; // prettier-ignore
      const worldFromCamera = Array.from({ length: subframes }, (_, k) =>
        cameraAt((k + 0.5) / subframes - 0.5),
      );
      const plain: FramePlan = {
        ...quarters,
        render: { ...quarters.render, subframes },
        shutter: { rolling: { openShare }, worldFromCamera, nodes: [], members: [] },
      };
      const drop = { at: [0, 0], radius: 0.12, bend: 3 } as const;
      const clean = await render(plain);
      const wet = await render(behind(plain, { drops: [drop] }));
      expect(wet.instanceId).toEqual(clean.instanceId);
      expect(wet.depth).toEqual(clean.depth);
      /** Where the upper squares meet, red beside green, pixels from the middle; below, blue beside white. */
      const meeting = (of: GBuffers, y: number, isUpper: boolean): number => {
        const lights = Array.from({ length: 48 }, (_, i) =>
          linearFromByte(pixelAt(of, SIDE / 2 - 24 + i, y)[isUpper ? 1 : 0]),
        );
        return 24 - sum(lights) / Math.max(...lights);
      };
      const skewOf = (of: GBuffers, sign: 1 | -1): number => {
        let [num, den] = [0, 0];
        // Neither where squares meet one above the other, nor where the drop is narrow.
        for (const y of [...Array(14).keys()].flatMap((i) => [i + 26, 69 - i])) {
          const fromMiddle = y - (SIDE - 1) / 2;
          const isUpper = sign > 0 ? fromMiddle < 0 : fromMiddle > 0;
          // In a drop right is left, too.
          num += fromMiddle * sign * meeting(of, y, isUpper);
          den += fromMiddle * fromMiddle;
        }
        return num / den;
      };
      const skew = (-24 * (1 - openShare)) / (SIDE - 1);
      expect(skewOf(clean, 1) / skew).toBeCloseTo(1, 1);
      expect((skewOf(wet, -1) / skew) * (drop.bend - 1)).toBeCloseTo(-1, 1);
    });

    it('sees what is on the glass as blurred as the pupil is large', async () => {
      const plain = makeRamp();
      const clean = await render(plain);
      const rows = Array.from({ length: SIDE }, (_, y) => linearFromByte(pixelAt(clean, 0, y)[1]));
      const lightAt = (ty: number): number => {
        const row = SIDE / 2 - 600 * ty - 0.5;
        const low = Math.floor(row);
        return (rows[low] ?? NaN) * (1 - row + low) + (rows[low + 1] ?? NaN) * (row - low);
      };
      const drop = { at: [-0.02, 0.01], radius: 0.03, bend: 1.4 } as const;
      const speck = { at: [0.04, -0.03], radius: 0.01 } as const;
      const [pupil, opacity] = [0.02, 0.8];
      const dirt = { specks: [speck], opacity, color: [0, 0, 0] } as const;
      const found = await render(behind(plain, { pupil, drops: [drop], dirt }));
      for (let y = 12; y < SIDE - 12; y += 3) {
        for (let x = 1; x < SIDE; x += 3) {
          const [tx, ty] = [(x + 0.5 - SIDE / 2) / 600, (SIDE / 2 - y - 0.5) / 600];
          let [wet, dark] = [0, 0];
          for (const [a, b] of PUPIL) {
            const [px, py] = [tx + pupil * a, ty + pupil * b];
            const [dx, dy] = [px - drop.at[0], py - drop.at[1]];
            const hit = dx * dx + dy * dy < drop.radius ** 2;
            wet += lightAt(hit ? ty - drop.bend * dy : ty) / PUPIL.length;
            dark += Number(Math.hypot(px - speck.at[0], py - speck.at[1]) < speck.radius);
          }
          const expected = wet * (1 - (opacity * dark) / PUPIL.length);
          const light = linearFromByte(pixelAt(found, x, y)[1]);
          expect(Math.abs(light - expected), `${x}, ${y}`).toBeLessThan(0.02);
        }
      }
    });

    it('leaves an even field even behind drops, and gives back its light by the colour of dirt', async () => {
      const plain = makeView();
      const [even] = withMaterials(plain, [{ ...makePaint([0.5, 0.5, 0.5]), roughness: 1 }]).nodes;
      const wall = {
        ...plain,
        nodes: even ? [even] : [],
        environment: { ...plain.environment, strength: 1 },
      };
      const clean = await render(wall);
      const drops = [{ at: [0.02, 0.01], radius: 0.05, bend: 3 }] as const;
      const wet = await render(behind(wall, { pupil: 0.03, drops }));
      expect(greatestDifference(wet, clean)).toBeLessThanOrEqual(1);
      const specks = [{ at: [0, 0], radius: 1 }] as const;
      const dusty = await render(
        behind(wall, { dirt: { specks, opacity: 0.6, color: [1, 0.5, 0] } }),
      );
      const [r, g, b] = pixelAt(dusty, 48, 48).map(linearFromByte);
      const light = linearFromByte(pixelAt(clean, 48, 48)[0]);
      expect((r ?? NaN) / light).toBeCloseTo(1, 1);
      expect((g ?? NaN) / light).toBeCloseTo(0.7, 1);
      expect((b ?? NaN) / light).toBeCloseTo(0.4, 1);
      expect(Buffer.compare((await render(wall)).color, clean.color)).toBe(0);
    });

    it('lets snow lie on what faces up, and leaves dry frames as they were', async () => {
      const plan = makeGround(1, 0.05);
      const before = await render(plan);
      const white = await render(onGround(plan, { snowCover: 1 }));
      expect(linearFromByte(pixelAt(white, SIDE / 2, SIDE / 2)[1])).toBeGreaterThan(
        5 * linearFromByte(pixelAt(before, SIDE / 2, SIDE / 2)[1]),
      );
      expect((await render(plan)).color).toEqual(before.color);
      expect((await render(onGround(plan, {}))).color).toEqual(before.color);
    });
  },
);
