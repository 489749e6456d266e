import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Worker } from '#node/browser/open-worker';
import { openPageServer, type PageServer } from '#node/server/page-server';
import type { GBuffers } from '#shared/annotate/annotations';
import type { Size, Vec3 } from '#shared/core/geometry';
import type { FramePlan } from '#shared/plan/frame-plan';
import { intrinsicsOf, makeFramePlan, type MadeShape } from '../makers/make-frame-plan.ts';
import { makeInstance } from '../makers/make-labelled-frame.ts';
import { openTestWorker } from './support/open-test-worker.ts';

const SIZE: Size = { width: 160, height: 120 };
const INTRINSICS = intrinsicsOf(SIZE, 60);
/** What the shader has room for. */
const AT_ONCE = 40;

/** 15 × 9 things, apart from one another, 3 m before the camera: two spheres, then a cube, and so on. */
const PLACES = Array.from({ length: 135 }, (_, i): Vec3 => [
  (i % 15) * 0.28 - 1.96,
  Math.floor(i / 15) * 0.28 - 1.12,
  -3,
]);
const SHAPES = PLACES.map((position, i): MadeShape => ({
  shape:
    i % 3 === 2
      ? { kind: 'box', size: [0.12, 0.12, 0.12], bevelMeters: 0 }
      : { kind: 'sphere', radius: 0.07, segments: 12 },
  position,
}));

const planOf = (shapes: readonly MadeShape[]): FramePlan => {
  const plan = makeFramePlan({ size: SIZE, intrinsics: INTRINSICS, shapes });
  const instances = shapes.map((_, i) => makeInstance(i + 1));
  return { ...plan, instances, labels: { ...plan.labels, silhouettes: { guardBand: 1 } } };
};

/** Where the page keeps how many copies each instanced draw had: those of labels alone are instanced. */
type Counting = { copies: number[] };

/** Counts from now on. Runs in the page. */
function countCopies(): void {
  const counting = globalThis as unknown as Counting;
  counting.copies = [];
  const { prototype } = WebGL2RenderingContext;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the context that it was asked of
  const draw = prototype.drawElementsInstanced;
  prototype.drawElementsInstanced = function (...call) {
    counting.copies.push(call[4]);
    draw.apply(this, call);
  };
}

describe('copies of a geometry are drawn at once, but on llvmpipe', () => {
  let server: PageServer | undefined;
  let worker: Worker | undefined;
  let page: Page | undefined;
  beforeAll(async () => {
    server = await openPageServer({ resolveResource: () => Promise.resolve(null) });
    ({ worker, page } = await openTestWorker('swiftshader', server));
    await page.evaluate(countCopies);
  });
  afterAll(async () => {
    await worker?.close();
    await server?.close();
  });

  /** A frame, and how many copies its instanced draws had, in their order. */
  async function drawCounted(shapes: readonly MadeShape[]) {
    if (!worker || !page) throw new Error('the page did not open');
    const { buffers } = await worker.client.render(planOf(shapes));
    const copies = await page.evaluate(() => {
      const counting = globalThis as unknown as Counting;
      return counting.copies.splice(0);
    });
    return { buffers, copies };
  }

  /** The id at the pixel into which a point of the camera's −z half-space falls. */
  function idAt({ instanceId }: GBuffers, [x, y, z]: Vec3): number | undefined {
    const { fx, fy, cx, cy } = INTRINSICS;
    const [column, row] = [Math.floor((fx * x) / -z + cx), Math.floor((fy * -y) / -z + cy)];
    return instanceId[row * SIZE.width + column];
  }

  it('needs as many draws as there are geometries, in steps of what the shader has room for', async () => {
    const { buffers, copies } = await drawCounted(SHAPES);
    const inSteps = [90, 45].flatMap((all) => [
      ...Array.from({ length: Math.floor(all / AT_ONCE) }, () => AT_ONCE),
      all % AT_ONCE,
    ]);
    const sorted = (list: readonly number[]): readonly number[] => [...list].sort((a, b) => a - b);
    const [labels, silhouettes] = [copies.slice(0, inSteps.length), copies.slice(inSteps.length)];
    expect(sorted(labels)).toEqual(sorted(inSteps));
    expect(sorted(silhouettes)).toEqual(sorted(inSteps));
    expect(PLACES.map((place) => idAt(buffers, place))).toEqual(PLACES.map((_, i) => i + 1));
  });

  it('shows each thing as it is when it is alone', async () => {
    const together = (await drawCounted(SHAPES)).buffers;
    for (const at of [0, 2, 67, 134]) {
      const shape = SHAPES[at];
      if (shape === undefined) throw new Error(`expected a shape ${at}`);
      const { buffers: alone, copies } = await drawCounted([shape]);
      expect(copies).toEqual([1, 1]);
      const [own, among] = [alone.silhouettes?.[0], together.silhouettes?.[at]];
      expect(among).toEqual({ ...own, instanceId: at + 1 });
      const places = [...alone.instanceId].flatMap((id, pixel) => (id === 1 ? [pixel] : []));
      expect(places.length).toBeGreaterThan(10);
      for (const pixel of places) {
        expect(together.instanceId[pixel]).toBe(at + 1);
        expect(together.depth[pixel]).toBe(alone.depth[pixel]);
      }
    }
  });

  it('keeps order where things touch, so that the later of two at the same depth is seen', async () => {
    // A cube of another kind coincides with one of two like cubes: from near to far, then as they came.
    const cube = (edge: number, position: Vec3): MadeShape => ({
      shape: { kind: 'box', size: [edge, edge, 0.5], bevelMeters: 0 },
      position,
    });
    // All numbers are exact in float32, so that their fronts are at the very same depth.
    const shapes = [cube(0.5, [0, 0, -2.5]), cube(0.25, [0, 0, -2.5]), cube(0.5, [0.25, 0, -2.5])];
    const { buffers, copies } = await drawCounted(shapes);
    expect(copies.slice(0, 3)).toEqual([1, 1, 1]);
    expect(copies.slice(3)).toEqual([2, 1]);
    const seen = [-0.2, -0.06, 0.06].map((x) => idAt(buffers, [x, 0, -2.25]));
    expect(seen).toEqual([1, 2, 3]);
  });
});
