import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import { PROCEDURAL_KINDS } from '#shared/config/pattern-schema';
import type { Quat } from '#shared/core/geometry';
import type { FramePlan, PlanMaterial } from '#shared/plan/frame-plan';
import { describeTexture } from './support/describe-texture.ts';
import { findLookAlikes } from './support/find-look-alikes.ts';
import { makePaint } from './support/made-plans.ts';
import {
  SHADING_BACKENDS,
  openTestPool,
  renderPlan,
  requireOpen,
} from './support/open-test-pool.ts';
import { linearFromByte, pixelAt } from './support/read-color.ts';
import { drawMaterial, makeSquarePlan, makeSwatchPlan, withSun } from './support/texture-plans.ts';
import { nearestPoint } from './support/worley-oracle.ts';

/** Of pictures, and of the images of patterns. */
const SIDE = 128;
const RELIEF = { reliefMeters: 0.01, roughness: [0.9, 0.3] };
const GREY = ['#000000', '#ffffff'];

/** Linear green light of each pixel, row by row. */
function lightOf(buffers: GBuffers): Float64Array {
  return Float64Array.from({ length: buffers.width * buffers.height }, (_, i) =>
    linearFromByte(pixelAt(buffers, i % buffers.width, Math.floor(i / buffers.width))[1]),
  );
}

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** With images of patterns of so many pixels: painting them is what takes time. */
const painted = (plan: FramePlan, patternPixels = SIDE): FramePlan => ({
  ...plan,
  render: { ...plan.render, patternPixels },
});

const turnAboutX = (radians: number): Quat => [Math.cos(radians / 2), Math.sin(radians / 2), 0, 0];

let pool: PagePool | undefined;
beforeAll(async () => {
  pool = await openTestPool('mesa');
});
afterAll(() => pool?.close());
const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), painted(plan));

describe('textures', () => {
  /** What black and white squares look like. */
  let ends: Promise<readonly [number, number]> | undefined;
  async function lightOfEnds(): Promise<readonly [number, number]> {
    const of = async (v: number): Promise<number> =>
      mean(lightOf(await render(makeSquarePlan(makePaint([v, v, v]), { side: SIDE }))));
    return [await of(0), await of(1)];
  }

  /** Albedo of each pixel of a pattern from black to white, from what black and white squares look like. */
  async function albedoOf(texture: object, frame = 0): Promise<Float64Array> {
    const [black, white] = await (ends ??= lightOfEnds());
    const material = drawMaterial({ texture: { scaleMeters: 1, ...texture } }, frame);
    const light = lightOf(await render(makeSquarePlan(material, { side: SIDE })));
    return light.map((value) => (value - black) / (white - black));
  }

  it('a relief shades a surface as slopes of the same height would', async () => {
    // Up by 0.2 m over half a metre and down again: tan = 0.4, whichever way the texture is turned.
    const slope = 0.4;
    const relief = (rotationDegrees: number): PlanMaterial =>
      drawMaterial({
        texture: {
          kind: 'gradient',
          colors: ['#bbbbbb', '#bbbbbb'],
          scaleMeters: 1,
          reliefMeters: slope / 2,
          rotationDegrees,
        },
      });
    const paint = drawMaterial({
      texture: { kind: 'gradient', colors: ['#bbbbbb', '#bbbbbb'], scaleMeters: 1 },
    });
    const sun = [0.3, 0.9, 0.7] as const;
    const middleOf = (buffers: GBuffers): number => pixelAt(buffers, SIDE / 2, SIDE / 2)[1];
    const tilted = async (radians: number): Promise<number> =>
      middleOf(
        await render(
          withSun(makeSquarePlan(paint, { side: SIDE, orientation: turnAboutX(radians) }), sun),
        ),
      );
    const facingUp = await tilted(-Math.atan(slope));
    const facingDown = await tilted(Math.atan(slope));
    expect(facingUp - facingDown).toBeGreaterThan(40);

    for (const turn of [0, 180, 360]) {
      const buffers = await render(withSun(makeSquarePlan(relief(turn), { side: SIDE }), sun));
      // A valley runs through the middle: above it the height rises, so that the surface faces down.
      const above = pixelAt(buffers, SIDE / 2, SIDE / 4)[1];
      const below = pixelAt(buffers, SIDE / 2, (3 * SIDE) / 4)[1];
      expect(Math.abs(above - facingDown), `above, ${turn}°`).toBeLessThanOrEqual(2);
      expect(Math.abs(below - facingUp), `below, ${turn}°`).toBeLessThanOrEqual(2);
    }
    // A quarter of a turn lays the ridge along the other axis: left and right differ, above and below do not.
    const turned = await render(withSun(makeSquarePlan(relief(90), { side: SIDE }), sun));
    const at = (x: number, y: number): number => pixelAt(turned, x * SIDE, y * SIDE)[1];
    expect(Math.abs(at(0.25, 0.25) - at(0.25, 0.75))).toBeLessThanOrEqual(1);
    expect(Math.abs(at(0.25, 0.5) - at(0.75, 0.5))).toBeGreaterThan(15);
  });

  it('cellular noise is the distance to the nearest of its points', async () => {
    const texture = { kind: 'worley', colors: GREY, cells: 5 };
    const drawn = drawMaterial({ texture }).texture?.source;
    if (drawn?.kind !== 'worley') throw new Error('expected cellular noise');
    const albedo = await albedoOf(texture);
    const errors: number[] = [];
    for (let y = 2; y < SIDE; y += 5) {
      for (let x = 2; x < SIDE; x += 5) {
        const u = (x + 0.5) / SIDE - 0.5;
        const v = 0.5 - (y + 0.5) / SIDE;
        const expected = nearestPoint(
          { cells: 5, seed: drawn.patternSeed },
          u - Math.floor(u),
          v - Math.floor(v),
        );
        errors.push(Math.abs((albedo[y * SIDE + x] ?? NaN) - Math.min(1, expected)));
      }
    }
    expect(errors.length).toBe(676);
    expect(mean(errors)).toBeLessThan(0.006);
    expect(Math.max(...errors)).toBeLessThan(0.03);
  });

  it.each(['noise', 'value', 'simplex'])('%s has neither a mean nor a direction', async (kind) => {
    const means: number[] = [];
    const slopes = [0, 0];
    for (let frame = 0; frame < 6; frame++) {
      const albedo = await albedoOf({ kind, colors: GREY, cells: 8, octaves: 2 }, frame);
      means.push(mean(albedo));
      for (let i = 0; i + SIDE + 1 < albedo.length; i++) {
        const here = albedo[i] ?? NaN;
        slopes[0] = (slopes[0] ?? 0) + ((albedo[i + 1] ?? NaN) - here) ** 2;
        slopes[1] = (slopes[1] ?? 0) + ((albedo[i + SIDE] ?? NaN) - here) ** 2;
      }
    }
    expect(Math.abs(mean(means) - 0.5)).toBeLessThan(0.03);
    const ratio = (slopes[0] ?? 0) / (slopes[1] ?? 1);
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(1.33);
  });

  it.each(['noise', 'value', 'simplex', 'worley', 'marble'])(
    '%s goes on across the seam as it does elsewhere',
    async (kind) => {
      // The seam runs through the middle of the square, where its coordinates are 0.
      const albedo = await albedoOf({
        kind,
        colors: GREY,
        cells: 4,
        ...(kind === 'worley' ? {} : { octaves: 2 }),
      });
      const steps = Array.from({ length: SIDE - 1 }, (_, x) =>
        mean(
          Array.from({ length: SIDE }, (_, y) =>
            Math.abs((albedo[y * SIDE + x + 1] ?? NaN) - (albedo[y * SIDE + x] ?? NaN)),
          ),
        ),
      );
      const seam = steps[SIDE / 2 - 1] ?? NaN;
      expect(seam).toBeLessThan(2.5 * mean(steps));
    },
  );

  it('every kind differs by its seed, and labels do not see textures', async () => {
    const seedless = ['checks', 'stripes', 'gradient'];
    const square = { side: 64 };
    const plain = await render(makeSquarePlan(makePaint([0.5, 0.5, 0.5]), square));
    for (const kind of PROCEDURAL_KINDS) {
      const draw = (frame: number): Promise<GBuffers> =>
        render(withSun(makeSquarePlan(drawKind(kind, frame), square), [1, 1, 2]));
      const [first, again, other] = [await draw(0), await draw(0), await draw(1)];
      expect(Buffer.compare(first.color, again.color), kind).toBe(0);
      if (!seedless.includes(kind)) expect(Buffer.compare(first.color, other.color)).not.toBe(0);
      expect(first.instanceId).toEqual(plain.instanceId);
      expect(first.depth).toEqual(plain.depth);
    }
  });

  const both = SHADING_BACKENDS.length > 1;
  it.runIf(both)('every kind looks the same on the other back end', async () => {
    // Without relief: each program takes the other half a second.
    const plan = painted(makeSwatchPlan(PROCEDURAL_KINDS.map((kind) => drawKind(kind, 0, {}))));
    const other = await openTestPool('swiftshader');
    try {
      const [mesa, swiftshader] = [await render(plan), await renderPlan(other, plan)];
      const wrong = mesa.color.filter(
        (byte, i) => Math.abs(byte - (swiftshader.color[i] ?? 0)) > 3,
      );
      expect(wrong.length).toBeLessThan(0.002 * mesa.color.length);
    } finally {
      await other.close();
    }
  });

  function drawKind(kind: string, frame: number, relief: object = RELIEF): PlanMaterial {
    const colors = ['#201008', '#a07050', '#e0d8c8'];
    return drawMaterial({ texture: { kind, colors, scaleMeters: 1, ...relief } }, frame);
  }
});

describe('random textures', () => {
  /** The proof of docs/materials.md: `DIORAMA_TEXTURES=5000`. */
  const wanted = Number(process.env.DIORAMA_TEXTURES ?? 200);
  /** A difference that one can just see. */
  const LEAST = 0.02;
  /** Of draws, how many may look like an earlier one. */
  const MOST_ALIKE = 0.05;

  it('can be told apart, as many as are asked for', { timeout: 3_600_000 }, async () => {
    const count = Math.ceil(wanted / (1 - MOST_ALIKE));
    const descriptors: Float32Array[] = [];
    for (let first = 0; first < count; first += 50) {
      const materials = Array.from({ length: Math.min(50, count - first) }, (_, i) =>
        drawMaterial({ texture: { kind: 'random', scaleMeters: 0.5 } }, first + i),
      );
      const buffers = await render(makeSwatchPlan(materials));
      for (const index of materials.keys())
        descriptors.push(describeTexture(cut(buffers, index), 64));
    }
    const { alike, nearest } = findLookAlikes(descriptors, LEAST);
    const sorted = [...nearest].sort((a, b) => a - b);
    const quantiles = [0.01, 0.05, 0.5].map(
      (q) => `${q * 100} %: ${(sorted[Math.floor(q * (sorted.length - 1))] ?? NaN).toFixed(3)}`,
    );
    const distinct = count - alike.length;
    console.info(
      `${distinct} of ${count} textures, any two at least ${LEAST} apart; nearest neighbours: ${quantiles.join(', ')}`,
    );
    expect(descriptors.length).toBe(count);
    expect(distinct).toBeGreaterThanOrEqual(wanted);
  });

  function cut({ color, width }: GBuffers, index: number): Uint8Array {
    const [left, top] = [(index % 10) * 64, Math.floor(index / 10) * 64];
    return Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => {
      const pixel = Math.floor(i / 3);
      const at = (top + Math.floor(pixel / 64)) * width + left + (pixel % 64);
      return color[4 * at + (i % 3)] ?? 0;
    });
  }
});
