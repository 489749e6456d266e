import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import { createShapeGeometry } from '#page/scene/shape-geometry';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { Silhouette } from '#shared/annotate/annotations';
import { decodeMask } from '#shared/annotate/rle';
import type { Intrinsics, Quat, Size } from '#shared/core/geometry';
import { guardBandOf } from '#shared/plan/guard-band';
import type { FramePlan } from '#shared/plan/frame-plan';
import { makeInstance } from '../makers/make-labelled-frame.ts';
import { intrinsicsOf, makeFramePlan, type MadeShape } from '../makers/make-frame-plan.ts';
import { traceTriangles } from '../makers/trace-triangles.ts';
import { BACKENDS, openTestPool, renderPlan } from './support/open-test-pool.ts';

const SIZE: Size = { width: 160, height: 120 };
const TURNED: Quat = [0.8660254037844387, 0.3, 0.4, 0];
const unit = (q: Quat): Quat => {
  const length = Math.hypot(...q);
  return [q[0] / length, q[1] / length, q[2] / length, q[3] / length];
};

const quad = (x: number, z: number, width = 1): MadeShape => ({
  shape: { kind: 'plane', size: [width, 1] },
  position: [x, 0, z],
  // Upright, facing the camera.
  orientation: [Math.SQRT1_2, Math.SQRT1_2, 0, 0],
});

function planOf(shapes: readonly MadeShape[], intrinsics: Intrinsics, guardBand = 1): FramePlan {
  const plan = makeFramePlan({ size: SIZE, intrinsics, shapes });
  return {
    ...plan,
    instances: shapes.map((_, i) => makeInstance(i + 1)),
    labels: { ...plan.labels, silhouettes: { guardBand } },
  };
}

/** What a ray-caster sees of one shape alone, on the guard band. */
function traceAlone(plan: FramePlan, instanceId: number) {
  const [x, y, width, height] = guardBandOf(plan.size, plan.labels.silhouettes?.guardBand ?? 0);
  const node = plan.nodes[instanceId - 1];
  if (node?.kind !== 'shape') throw new Error('expected a shape');
  const geometry = createShapeGeometry(node.shape);
  const { fx, fy, cx, cy } = plan.camera.intrinsics;
  const traced = traceTriangles(
    [
      {
        positions: geometry.getAttribute('position').array,
        index: geometry.getIndex()?.array ?? [],
        worldFromMesh: node.worldFromNode,
        instanceId,
        culled: node.shape.kind !== 'plane',
      },
    ],
    { ...plan.camera, intrinsics: { fx, fy, cx: cx - x, cy: cy - y } },
    { width, height },
  );
  return { traced, x, y, width };
}

function differences(plan: FramePlan, silhouette: Silhouette): { wrong: number; inside: number } {
  const { traced, x, y, width } = traceAlone(plan, silhouette.instanceId);
  const [left, top, tileWidth, tileHeight] = silhouette.tile;
  let [wrong, inside] = [0, 0];
  for (const [at, id] of traced.instanceId.entries()) {
    const [column, row] = [(at % width) + x - left, Math.floor(at / width) + y - top];
    const inTile = column >= 0 && row >= 0 && column < tileWidth && row < tileHeight;
    const found = inTile ? silhouette.mask[row * tileWidth + column] : 0;
    inside += id > 0 ? 1 : 0;
    if (found !== (id > 0 ? 1 : 0) && (traced.edgeDistance[at] ?? 0) > 1e-3) wrong++;
  }
  return { wrong, inside };
}

describe.each(BACKENDS)('silhouette pass on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());
  const render = async (plan: FramePlan) => {
    if (pool === undefined) throw new Error('the pool did not open');
    return renderPlan(pool, plan);
  };

  it('is what a ray-caster sees of each object alone, inside the image and beside it', async () => {
    const shapes: MadeShape[] = [
      { shape: { kind: 'sphere', radius: 0.5, segments: 32 }, position: [0, 0, -2] },
      { shape: { kind: 'sphere', radius: 0.7, segments: 32 }, position: [0.4, 0.1, -4] },
      {
        shape: { kind: 'box', size: [0.8, 0.5, 0.6], bevelMeters: 0 },
        position: [-1.2, 0.4, -2.5],
        orientation: unit(TURNED),
      },
      // Wholly outside the image, inside the guard band.
      { shape: { kind: 'sphere', radius: 0.3, segments: 24 }, position: [2.2, 0, -2] },
    ];
    const plan = planOf(shapes, intrinsicsOf(SIZE, 60, [7.25, -3.5]));
    const { silhouettes = [] } = await render(plan);
    expect(silhouettes.map(({ instanceId }) => instanceId)).toEqual([1, 2, 3, 4]);
    for (const silhouette of silhouettes) {
      const { wrong, inside } = differences(plan, silhouette);
      expect(inside).toBeGreaterThan(100);
      expect(wrong).toBe(0);
      expect(silhouette.clipped).toBe(false);
    }
  });

  it('gives visibility 1, 0.5, 0.25 and 0 of quads behind quads, within a row of pixels', async () => {
    // Focal length 120 px: a quad of 1 m at 4 m is 30 × 30 px; a cover at 2 m is as wide as twice its share.
    const intrinsics = { fx: 120, fy: 120, cx: 80, cy: 60 };
    for (const share of [0, 0.5, 0.75, 1]) {
      const covers =
        share === 0 ? [] : [{ ...quad(0, -2, 0.5 * share), scale: [1, 1, 1] as const }];
      // The cover's left side stands on the line of sight to the quad's left side.
      const cover = covers.map((one) => ({
        ...one,
        position: [-0.25 + 0.25 * share, 0, -2] as const,
      }));
      const plan = planOf([quad(0, -4), ...cover], intrinsics);
      const buffers = await render(plan);
      const { instances, dropped } = annotateFrame(plan, buffers, { minPixels: 1 });
      const behind = instances.find(({ instanceId }) => instanceId === 1);
      if (share === 1) {
        expect(dropped).toEqual([
          { instanceId: 1, categoryId: 1, visiblePixels: 0, reason: 'outside-or-hidden' },
        ]);
        continue;
      }
      expect(behind?.amodal?.area).toBe(900);
      expect(behind?.amodal?.bbox).toEqual([65, 45, 30, 30]);
      expect(Math.abs((behind?.area ?? 0) - 900 * (1 - share))).toBeLessThanOrEqual(30);
      expect(behind?.amodal?.visibility).toBe((behind?.area ?? 0) / 900);
      expect(behind?.amodal?.occlusion).toBeCloseTo(1 - (behind?.area ?? 0) / 900, 12);
      expect(behind?.amodal?.truncation).toBe(0);
    }
  });

  it('gives the truncation of a quad of which half is outside, with its unclipped box', async () => {
    const intrinsics = { fx: 120, fy: 120, cx: 80, cy: 60 };
    // At 4 m the image's left side is 80 px = 2.6667 m from the axis.
    const plan = planOf([quad(-8 / 3, -4)], intrinsics);
    const { instances } = annotateFrame(plan, await render(plan), { minPixels: 1 });
    const amodal = instances[0]?.amodal;
    expect(amodal?.bbox).toEqual([-15, 45, 30, 30]);
    expect(instances[0]?.bbox).toEqual([0, 45, 15, 30]);
    expect([amodal?.area, amodal?.silhouetteArea]).toEqual([450, 900]);
    expect(amodal?.truncation).toBe(0.5);
    expect(amodal?.visibility).toBe(1);
    const mask = amodal && decodeMask(amodal.segmentation);
    expect(mask?.reduce((sum, value) => sum + value, 0)).toBe(450);
  });

  it('says that a silhouette is cut off at the guard band, and keeps visible inside amodal', async () => {
    const intrinsics = intrinsicsOf(SIZE, 60);
    const floor: MadeShape = { shape: { kind: 'plane', size: [40, 40] }, position: [0, -0.5, 0] };
    const plan = planOf([floor], intrinsics, 0.25);
    const buffers = await render(plan);
    const { instances } = annotateFrame(plan, buffers, { minPixels: 1 });
    const amodal = instances[0]?.amodal;
    expect(amodal?.silhouetteClipped).toBe(true);
    expect(amodal?.area).toBe(instances[0]?.area);
    const [x = 0, , width = 0] = amodal?.bbox ?? [];
    expect([x, width]).toEqual([-40, 240]);
  });

  it('is the same whatever else is drawn, and changes no other label', async () => {
    const shapes: MadeShape[] = [
      { shape: { kind: 'sphere', radius: 0.5, segments: 32 }, position: [0, 0, -2] },
      { shape: { kind: 'sphere', radius: 0.7, segments: 32 }, position: [0.4, 0.1, -4] },
    ];
    const intrinsics = intrinsicsOf(SIZE, 60);
    const both = await render(planOf(shapes, intrinsics));
    const alone = await render(planOf(shapes.slice(0, 1), intrinsics));
    expect(both.silhouettes?.[0]).toEqual(alone.silhouettes?.[0]);
    const without = await render(makeFramePlan({ size: SIZE, intrinsics, shapes }));
    expect(without.silhouettes).toBeUndefined();
    expect(without.instanceId).toEqual(both.instanceId);
    expect(without.depth).toEqual(both.depth);
    expect(without.color).toEqual(both.color);
  });

  it('reads normals back: unit, towards the camera, 0 where nothing is', async () => {
    const plan = makeFramePlan({
      size: SIZE,
      intrinsics: intrinsicsOf(SIZE, 60),
      shapes: [quad(0, -3)],
    });
    const { normal, depth } = await render({ ...plan, labels: { ...plan.labels, normals: true } });
    expect(normal).toHaveLength(SIZE.width * SIZE.height * 3);
    for (let i = 0; i < depth.length; i++) {
      const found = Array.from(normal?.subarray(3 * i, 3 * i + 3) ?? []);
      if (depth[i] === 0) expect(found).toEqual([0, 0, 0]);
      else expect(found[2]).toBeCloseTo(-1, 6);
    }
  });
});
