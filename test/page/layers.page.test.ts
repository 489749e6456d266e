import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import type { FramePlan, PlanMaterial } from '#shared/plan/frame-plan';
import { makeFramePlan } from '../makers/make-frame-plan.ts';
import { withMaterials } from './support/made-plans.ts';
import { pngOf } from './support/made-images.ts';
import { makeShelf } from './support/make-shelf.ts';
import {
  SHADING_BACKENDS,
  openTestPool,
  renderPlan,
  requireOpen,
} from './support/open-test-pool.ts';
import { linearFromByte, pixelAt } from './support/read-color.ts';
import { drawMaterial, makeSquarePlan } from './support/texture-plans.ts';

const SIDE = 64;
const PAPER = ['#00ff00', '#00ff00', '#00ff00'];

describe.each(SHADING_BACKENDS)('layers on %s', (backend) => {
  const shelf = makeShelf();
  let pool: PagePool | undefined;
  beforeAll(async () => {
    const [black, white] = [[0, 0, 0] as const, [255, 255, 255] as const];
    const halves = Array.from({ length: 64 }, (_, row) => (row < 32 ? black : white));
    shelf.put('red', await pngOf([255, 0, 0]), 'image/png');
    shelf.put('white', await pngOf(white), 'image/png');
    shelf.put('grey', await pngOf([128, 0, 0]), 'image/png');
    shelf.put('halves', await pngOf(...halves), 'image/png');
    pool = await openTestPool(backend, shelf.resolve);
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);
  const square = (material: object): FramePlan =>
    makeSquarePlan(drawMaterial({ color: '#ff0000', ...material }), { side: SIDE });
  const isGreen = (buffers: GBuffers, x: number, y: number): boolean => {
    const [r, g] = pixelAt(buffers, x, y);
    return g > r;
  };
  const shareOfGreen = (buffers: GBuffers): number => {
    let count = 0;
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) count += Number(isGreen(buffers, x, y));
    return count / SIDE ** 2;
  };

  it('put a decal where it is said to be, as large, and turned', async () => {
    const decal = {
      kind: 'decal',
      side: '+z',
      label: { form: 'words', text: [' '], colors: PAPER },
    };
    // A quarter of the square's width, its middle at a quarter from the left and three quarters up.
    const placed = { ...decal, place: [0.25, 0.75], widthMeters: 0.25 };
    for (const rotationDegrees of [0, 45]) {
      const shown = await render(square({ layers: [{ ...placed, rotationDegrees }] }));
      const [cos, sin] = [
        Math.cos((rotationDegrees * Math.PI) / 180),
        Math.sin((rotationDegrees * Math.PI) / 180),
      ];
      for (let y = 0; y < SIDE; y++) {
        for (let x = 0; x < SIDE; x++) {
          const [dx, dy] = [(x + 0.5) / SIDE - 0.25, 0.75 - (1 - (y + 0.5) / SIDE)];
          const inside =
            0.125 - Math.max(Math.abs(dx * cos - dy * sin), Math.abs(dx * sin + dy * cos));
          // Pixels on the rim are of both.
          if (Math.abs(inside) < 1.5 / SIDE) continue;
          expect(isGreen(shown, x, y), `${x}, ${y}, ${rotationDegrees}°`).toBe(inside > 0);
        }
      }
    }
    // On the other side it is out of sight.
    expect(shareOfGreen(await render(square({ layers: [{ ...placed, side: '-z' }] })))).toBe(0);
  });

  it('cover as much as they are said to: none at 0, all at 1, more with more', async () => {
    const dirt = { kind: 'dirt', color: '#00ff00', scaleMeters: 0.2, upward: 0, low: 0, cavity: 0 };
    const shares: number[] = [];
    for (const amount of [0, 0.3, 0.5, 0.7, 1])
      shares.push(shareOfGreen(await render(square({ layers: [{ ...dirt, amount }] }))));
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    expect(shares[2]).toBeGreaterThan(0.25);
    expect(shares[2]).toBeLessThan(0.75);
  });

  it('gather at the bottom, and in the joints of a pattern', async () => {
    const dirt = {
      kind: 'dirt',
      color: '#00ff00',
      scaleMeters: 0.05,
      upward: 0,
      low: 0,
      cavity: 0,
      amount: 0.5,
    };
    const low = await render(square({ layers: [{ ...dirt, low: 2 }] }));
    const rows = (from: number, to: number): number => {
      let count = 0;
      for (let y = from; y < to; y++)
        for (let x = 0; x < SIDE; x++) count += Number(isGreen(low, x, y));
      return count / ((to - from) * SIDE);
    };
    expect(rows(48, 64)).toBeGreaterThan(0.9);
    expect(rows(0, 16)).toBeLessThan(0.1);

    const texture = {
      kind: 'tiles',
      colors: ['#ff0000', '#ff0000'],
      cells: 2,
      softness: 0.2,
      turbulence: 0,
      scaleMeters: 1,
    };
    const tiles = await render(
      square({ texture, color: '#ffffff', layers: [{ ...dirt, cavity: 2 }] }),
    );
    // Joints cross at the middle of the square and halfway to its rims; tiles lie between.
    const joint = Array.from({ length: SIDE }, (_, i) => isGreen(tiles, SIDE / 2, i)).filter(
      Boolean,
    ).length;
    const tile = Array.from({ length: SIDE }, (_, i) => isGreen(tiles, SIDE / 4, i)).filter(
      Boolean,
    ).length;
    expect(joint).toBeGreaterThan(0.9 * SIDE);
    expect(tile).toBeLessThan(0.4 * SIDE);
  });

  it('gather where an image of heights is low', async () => {
    const dirt = {
      kind: 'dirt',
      color: '#00ff00',
      scaleMeters: 0.05,
      upward: 0,
      low: 0,
      amount: 0.5,
    };
    const material = drawMaterial({ layers: [{ ...dirt, cavity: 2 }] });
    const source = { kind: 'images', color: 'red', height: 'halves' } as const;
    const texture = { source, scaleMeters: 1, rotationRadians: 0 };
    const heights = await render(makeSquarePlan({ ...material, texture }, { side: SIDE }));
    const share = (from: number, to: number): number => {
      let count = 0;
      for (let y = from; y < to; y++)
        for (let x = 0; x < SIDE; x++) count += Number(isGreen(heights, x, y));
      return count / ((to - from) * SIDE);
    };
    // The image repeats about the middle of the square: its lower half is above, its upper half below.
    const [above, below] = [share(4, SIDE / 2 - 4), share(SIDE / 2 + 4, SIDE - 4)];
    expect(Math.max(above, below)).toBeGreaterThan(0.9);
    expect(Math.min(above, below)).toBeLessThan(0.1);
    const flat = { ...texture, source: { kind: 'images', color: 'red' } as const };
    const even = await render(makeSquarePlan({ ...material, texture: flat }, { side: SIDE }));
    expect(shareOfGreen(even)).toBeGreaterThan(0.2);
    expect(shareOfGreen(even)).toBeLessThan(0.8);
  });

  it('of a set’s images: occlusion dims the light of the surroundings by its red', async () => {
    const matt = drawMaterial({ roughness: 1, metalness: 0, specular: 0 });
    const lit = async (occlusion: object): Promise<number> => {
      const source = { kind: 'images', color: 'white', ...occlusion } as const;
      const texture = { source, scaleMeters: 1, rotationRadians: 0 };
      const buffers = await render(makeSquarePlan({ ...matt, texture }, { side: SIDE }));
      return linearFromByte(pixelAt(buffers, 20, 20)[0]);
    };
    expect((await lit({ occlusion: 'grey' })) / (await lit({}))).toBeCloseTo(128 / 255, 2);
  });

  it('of projections: they are mixed by the normal’s components to the power of sharpness', async () => {
    const plan = makeFramePlan({
      size: { width: SIDE, height: SIDE },
      intrinsics: { fx: 40 * SIDE, fy: 40 * SIDE, cx: SIDE / 2, cy: SIDE / 2 },
      shapes: [{ shape: { kind: 'sphere', radius: 0.5, segments: 128 }, position: [0, 0, -40] }],
    });
    const matt = drawMaterial({ roughness: 1, metalness: 0, specular: 0 });
    const column = async (color: string, more: object): Promise<readonly number[]> => {
      const texture = { source: { kind: 'images', color }, scaleMeters: 2, rotationRadians: 0 };
      const material = { ...matt, texture: { ...texture, ...more } } as PlanMaterial;
      const buffers = await render(withMaterials(plan, [material]));
      return Array.from({ length: SIDE }, (_, y) =>
        linearFromByte(pixelAt(buffers, SIDE / 2, y)[0]),
      );
    };
    const white = await column('white', {});
    for (const sharpness of [undefined, 2, 20]) {
      const shown = await column('halves', sharpness === undefined ? {} : { sharpness });
      for (let y = 6; y < SIDE / 2 - 2; y++) {
        // Above the equator, along z the image is looked up in its white half, and along y in the black one.
        const seen = 2 * (0.5 - (y + 0.5) / SIDE);
        // What bulges towards the camera looks larger.
        const up = seen * (1 - (0.5 * Math.sqrt(1 - seen * seen)) / 40);
        const [a, b] = [up ** (sharpness ?? 8), Math.sqrt(1 - up * up) ** (sharpness ?? 8)];
        const [wy, wz] = [a, b].map((w) => Math.max(w / (a + b) - 0.02, 0)) as [number, number];
        const share = (shown[y] ?? NaN) / (white[y] ?? NaN);
        expect(Math.abs(share - wz / (wy + wz)), `${sharpness}, ${y}`).toBeLessThan(0.05);
      }
    }
  });

  it('change no label, and leave nothing behind', async () => {
    const plain = square({});
    const before = await render(plain);
    const layers = [{ kind: 'dirt' }, { kind: 'wear' }, { kind: 'scratches' }, { kind: 'decal' }];
    const covered = await render(square({ layers }));
    expect(Buffer.compare(covered.color, before.color)).not.toBe(0);
    expect(covered.instanceId).toEqual(before.instanceId);
    expect(covered.depth).toEqual(before.depth);
    expect(Buffer.compare((await render(square({ layers }))).color, covered.color)).toBe(0);
    expect(Buffer.compare((await render(plain)).color, before.color)).toBe(0);
  });
});
