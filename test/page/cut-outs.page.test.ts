import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import type { Mat4, Quat, Vec3 } from '#shared/core/geometry';
import { compose, multiply, transformPoint } from '#shared/core/matrix';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { MadeShape } from '../makers/make-frame-plan.ts';
import { traceTriangles } from '../makers/trace-triangles.ts';
import { compareSilhouettes } from './support/compare-silhouettes.ts';
import { makeModelPlan } from './support/made-plans.ts';
import {
  HALF_SIDE,
  makeInstancedStrip,
  makeMorphedStrip,
  makeSkinnedStrip,
  makeSquare,
  STRIP,
  TEXELS,
  type SquareLook,
} from './support/make-cut-out.ts';
import { makeShelf } from './support/make-shelf.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';
import { pixelAt } from './support/read-color.ts';

const FRONT: Quat = [1, 0, 0, 0];
const BACK: Quat = [0, 0, 1, 0];
const at = (position: Vec3, turn: Quat = FRONT, scale: Vec3 = [1, 1, 1]): Mat4 =>
  compose(position, turn, scale);

/** Alpha bytes on both sides of a half, and at both ends. */
const ALPHAS = [0, 255, 127, 128, 200, 10, 129, 90, 255, 0, 126, 254, 64, 192, 128, 127];

/** Which texel of the square at 1 m a pixel's centre sees; null beside the square. */
function texelAt(x: number, y: number, look: SquareLook): number | null {
  const [u, v] = [(x + 0.5 - 32) / 64, (y + 0.5 - 32) / 64].map(
    (w) => (w + HALF_SIDE) / (2 * HALF_SIDE),
  ) as [number, number];
  if (Math.min(u, v) < 0 || Math.max(u, v) > 1) return null;
  const { offset, scale } = look.transform ?? { offset: [0, 0], scale: [1, 1] };
  const cell = (w: number, axis: 0 | 1): number => {
    const turned = w * scale[axis] + offset[axis];
    return Math.floor((turned - Math.floor(turned)) * TEXELS);
  };
  return cell(v, 1) * TEXELS + cell(u, 0);
}

describe.each(BACKENDS)('labels and colour agree on %s', (backend) => {
  const shelf = makeShelf();
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend, shelf.resolve);
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);
  let made = 0;
  const place = (glb: Uint8Array): string => shelf.put(`cut-out-${++made}.glb`, glb);

  it.each<[string, SquareLook]>([
    ['a mask', { alphaMode: 'MASK' }],
    ['a mask with its own cutoff', { alphaMode: 'MASK', alphaCutoff: 0.25 }],
    ['a mask and a factor', { alphaMode: 'MASK', alpha: 0.8 }],
    [
      'a mask, shifted and scaled',
      { alphaMode: 'MASK', transform: { offset: [0.125, 0.5], scale: [0.5, 2] } },
    ],
  ])('%s: holes are where its texels are below the cutoff', async (_, part) => {
    const look = { ...part, texels: ALPHAS };
    const resource = place(await makeSquare(look));
    const buffers = await render(makeModelPlan([{ resource, worldFromNode: at([0, 0, -1]) }]));
    const cutoff = look.alphaCutoff ?? 0.5;
    const wrong: string[] = [];
    let holes = 0;
    for (let y = 0; y < 64; y++) {
      for (let x = 0; x < 64; x++) {
        const texel = texelAt(x, y, look);
        const alpha = texel === null ? -1 : ((ALPHAS[texel] ?? 0) / 255) * (look.alpha ?? 1);
        if (texel !== null && alpha < cutoff) holes++;
        const expected = alpha >= cutoff ? 1 : 0;
        if (buffers.instanceId[y * 64 + x] !== expected) wrong.push(`id at ${x}, ${y}`);
        if (pixelAt(buffers, x, y)[1] > 0 !== (expected === 1)) wrong.push(`colour at ${x}, ${y}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(holes).toBeGreaterThan(100);
  });

  it('leaves seen edge-on take no longer than others', async () => {
    const leaves = await readFile(new URL('../../assets/models/plant-2.glb', import.meta.url));
    // A pose at which a pixel's neighbour looks along a leaf, over some 10^5 of its texels.
    const camera: FramePlan['camera'] = {
      worldFromCamera: [
        0.9975562783433735, -0.0010519400679505613, 0.06985960892970515, -1.0943910556845369, 0,
        -0.9998866488703773, -0.015056208379493473, 2.039777950430289, 0.06986752849298378,
        0.015019415197009823, -0.9974432042123611, 5.1631115530617535, 0, 0, 0, 1,
      ],
      intrinsics: { fx: 234.2230389538891, fy: 234.2230389538891, cx: 128, cy: 96 },
      nearMeters: 0.02,
      farMeters: 1500,
    };
    const worldFromNode: Mat4 = [
      0.36460631270993243, 0, -1.4719582592256562, 3.2429897106438874, 0, 1.5164428377524017, 0,
      0.0050000000000000044, 1.4719582592256562, 0, 0.36460631270993243, -2.065062208818272, 0, 0,
      0, 1,
    ];
    const made = makeModelPlan([{ resource: place(leaves), worldFromNode }]);
    const plan = { ...made, size: { width: 256, height: 192 }, camera };
    const buffers = await render(plan);
    expect(buffers.instanceId).toContain(1);
  });

  it('a blended surface is there from opaqueFrom on; below, what is behind shows through', async () => {
    const behind: MadeShape = {
      shape: { kind: 'box', size: [3, 3, 0.1], bevelMeters: 0 },
      position: [0, 0, -2],
    };
    const idAt = async (alpha: number, opaqueFrom: number): Promise<number | undefined> => {
      const resource = place(await makeSquare({ alphaMode: 'BLEND', alpha }));
      const plan = makeModelPlan([{ resource, worldFromNode: at([0, 0, -1]) }], [behind]);
      const buffers = await render({ ...plan, labels: { ...plan.labels, opaqueFrom } });
      const ids = new Set<number>();
      for (let y = 9; y < 55; y++) {
        for (let x = 9; x < 55; x++) ids.add(buffers.instanceId[y * 64 + x] ?? -1);
      }
      expect(ids.size).toBe(1);
      expect(buffers.instanceId[0]).toBe(2);
      // Colour blends whatever labels say: the square is seen, and is not the grey behind it.
      expect(pixelAt(buffers, 32, 32)[1]).toBeGreaterThan(pixelAt(buffers, 2, 2)[1]);
      return [...ids][0];
    };
    expect(await idAt(0.6, 0.5)).toBe(1);
    expect(await idAt(0.4, 0.5)).toBe(2);
    expect(await idAt(0.4, 0.3)).toBe(1);
  });

  it('a surface is seen from behind only where it is double-sided', async () => {
    const count = async (doubleSided: boolean, turn: Quat): Promise<number> => {
      const resource = place(await makeSquare({ doubleSided }));
      const buffers = await render(
        makeModelPlan(
          [{ resource, worldFromNode: at([0, 0, -1], turn) }],
          [{ shape: { kind: 'sphere', radius: 0.02, segments: 8 }, position: [0.45, 0.45, -1] }],
        ),
      );
      expect(compareSilhouettes(buffers).elsewhere).toBe(0);
      return buffers.instanceId.filter((id) => id === 1).length;
    };
    expect(await count(false, FRONT)).toBe(48 * 48);
    expect(await count(false, BACK)).toBe(0);
    expect(await count(true, BACK)).toBe(48 * 48);
  });

  /** Frame, ids and depth against triangles whose corners were worked out here. */
  async function expectTriangles(
    glb: Uint8Array,
    meshes: readonly (readonly Vec3[])[],
    worldFromNode: Mat4,
  ): Promise<void> {
    const plan = makeModelPlan([{ resource: place(glb), worldFromNode }]);
    const buffers = await render(plan);
    const traced = traceTriangles(
      meshes.map((corners) => ({
        positions: corners.flat(),
        index: STRIP.triangles,
        worldFromMesh: worldFromNode,
        instanceId: 1,
        culled: false,
      })),
      plan.camera,
      plan.size,
    );
    const wrong = [...traced.instanceId].filter(
      (id, i) => id !== buffers.instanceId[i] && (traced.edgeDistance[i] ?? 0) > 1e-3,
    );
    expect(wrong).toEqual([]);
    for (const [i, depth] of traced.depth.entries()) {
      if ((traced.edgeDistance[i] ?? 0) < 1e-3) continue;
      expect(Math.abs((buffers.depth[i] ?? 0) - depth)).toBeLessThan(1e-4);
    }
    expect(traced.instanceId.filter((id) => id === 1).length).toBeGreaterThan(150);
    const faults = compareSilhouettes(buffers);
    expect(faults.elsewhere).toBe(0);
    expect(faults.atEdges).toBeLessThan(20);
  }

  it('a skin bends both', async () => {
    const turn = 0.9;
    const upper = multiply(
      compose([0, 0.3, 0], [Math.cos(turn / 2), 0, 0, Math.sin(turn / 2)], [1, 1, 1]),
      compose([0, -0.3, 0], FRONT, [1, 1, 1]),
    );
    const shares = [0, 0, 0.5, 0.5, 1, 1];
    const corners = STRIP.positions.map((p, i): Vec3 => {
      const [share, bent] = [shares[i] ?? 0, transformPoint(upper, p)];
      return [0, 1, 2].map(
        (axis) => (1 - share) * (p[axis] ?? 0) + share * (bent[axis] ?? 0),
      ) as unknown as Vec3;
    });
    await expectTriangles(
      await makeSkinnedStrip(turn),
      [corners],
      at([0, -0.3, -1.1], [0.98, 0, 0.199, 0]),
    );
  });

  it('a morph target moves both', async () => {
    const move: Vec3 = [0.4, 0.1, -0.2];
    const corners = STRIP.positions.map((p): Vec3 => {
      const share = p[1] > 0.5 ? 0.5 : 0;
      return [p[0] + share * move[0], p[1] + share * move[1], p[2] + share * move[2]];
    });
    await expectTriangles(await makeMorphedStrip(move, 0.5), [corners], at([-0.1, -0.3, -1.1]));
  });

  it('instances of one mesh are all there, under one id', async () => {
    const places: readonly Vec3[] = [
      [-0.3, 0, 0],
      [0, 0.1, -0.2],
      [0.35, -0.05, 0.1],
    ];
    const meshes = places.map((p) =>
      STRIP.positions.map((q): Vec3 => [p[0] + q[0], p[1] + q[1], p[2] + q[2]]),
    );
    await expectTriangles(await makeInstancedStrip(places), meshes, at([0, -0.3, -1.2]));
  });

  it('a mirrored model keeps its front', async () => {
    const leaning = STRIP.positions.map((p): Vec3 => (p[1] > 0.5 ? [p[0] + 0.2, p[1], p[2]] : p));
    const glb = await makeMorphedStrip([0.4, 0, 0], 0.5);
    await expectTriangles(glb, [leaning], at([0, -0.3, -1.1], FRONT, [-1, 1, 1]));
  });

  it('opacity of vertices, which labels do not know, is refused by name', async () => {
    for (const alphaMode of ['MASK', 'BLEND'] as const) {
      const resource = place(await makeSquare({ alphaMode, vertexAlpha: 0.2 }));
      const plan = makeModelPlan([{ resource, worldFromNode: at([0, 0, -1]) }]);
      await expect(render(plan)).rejects.toMatchObject({ failure: 'unsupported' });
      await expect(render(plan)).rejects.toThrow(/"square" uses .*vertex/);
    }
    const opaque = place(await makeSquare({ vertexAlpha: 0.2 }));
    const buffers = await render(
      makeModelPlan([{ resource: opaque, worldFromNode: at([0, 0, -1]) }]),
    );
    expect(buffers.instanceId.filter((id) => id === 1).length).toBe(48 * 48);
    expect(compareSilhouettes(buffers)).toEqual({ atEdges: 0, elsewhere: 0 });
  });
});
