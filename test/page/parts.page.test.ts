import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { GBuffers } from '#shared/annotate/annotations';
import { decodeMask } from '#shared/annotate/rle';
import type { Mat4, Quat, Size, Vec3 } from '#shared/core/geometry';
import { compose, multiply } from '#shared/core/matrix';
import { decomposeMatrix } from '#shared/plan/decompose-matrix';
import type { FramePlan, PlanNode } from '#shared/plan/frame-plan';
import { verifyFrame } from '#shared/verify/verify-frame';
import { makeInstance } from '../makers/make-labelled-frame.ts';
import { intrinsicsOf, makeFramePlan } from '../makers/make-frame-plan.ts';
import { traceTriangles, type TracedMesh } from '../makers/trace-triangles.ts';
import { addBox, makeBoxDocument, toGlb } from '../fixtures/assets/make-model.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';

const SIZE: Size = { width: 160, height: 120 };
const MUG = 'a'.repeat(64);

/** A box with a handle on its side, on which a knob stands that is no part of its own; and a lid. */
const BOXES: readonly Readonly<{ name: string; half: Vec3; at: Vec3; part: number }>[] = [
  { name: 'Box', half: [0.1, 0.2, 0.3], at: [0, 0, 0], part: 0 },
  { name: 'Handle', half: [0.2, 0.05, 0.05], at: [0.25, 0, 0], part: 5 },
  { name: 'Knob', half: [0.03, 0.1, 0.03], at: [0.4, 0.1, 0], part: 5 },
  { name: 'Lid', half: [0.12, 0.02, 0.32], at: [0, 0.22, 0], part: 40000 },
];

async function makeMug(): Promise<Uint8Array> {
  const document = makeBoxDocument();
  const [body] = document.getRoot().listNodes();
  body?.setTranslation([0, 0, 0]);
  const [handle, knob, lid] = BOXES.slice(1).map(({ name, half, at }) =>
    addBox(document, name, half).setTranslation([...at]),
  );
  if (handle && knob && lid) {
    body?.addChild(handle).addChild(lid);
    // In the frame of the handle, which stands at x = 0.25.
    handle.addChild(knob.setTranslation([0.15, 0.1, 0]));
  }
  return toGlb(document);
}

const turned = (...[w, x, y, z]: Quat): Quat => {
  const length = Math.hypot(w, x, y, z);
  return [w / length, x / length, y / length, z / length];
};

/** Two mugs, the nearer hiding a part of the other; only the first is an instance with parts. */
const MUGS: readonly Readonly<{ matrix: Mat4; instanceId: number; withParts: boolean }>[] = [
  {
    matrix: compose([0, -0.05, -1.5], turned(0.95, 0.2, -0.2, 0), [1, 1, 1]),
    instanceId: 1,
    withParts: true,
  },
  {
    matrix: compose([-0.2, 0.05, -1.1], turned(0.95, 0.25, -0.3, 0.1), [0.5, 0.5, 0.5]),
    instanceId: 2,
    withParts: true,
  },
  {
    matrix: compose([0.45, 0.2, -1.6], turned(1, 0.5, 0, 0.2), [0.6, 0.6, 0.6]),
    instanceId: 0,
    withParts: false,
  },
];

const PART_TABLE = [5, 40000].map((partId) => ({ partId, categoryId: 1, name: `part-${partId}` }));

function makePlan(): FramePlan {
  const plan = makeFramePlan({ size: SIZE, intrinsics: intrinsicsOf(SIZE, 45), shapes: [] });
  const nodes = MUGS.map(({ matrix, instanceId, withParts }, i): PlanNode => ({
    kind: 'model',
    name: `mug-${i}`,
    resource: MUG,
    worldFromNode: matrix,
    instanceId,
    castShadow: true,
    receiveShadow: true,
    // The file's walk: Box, Handle, Knob, Lid.
    ...(withParts && {
      parts: [
        { node: 1, partId: 5 },
        { node: 3, partId: 40000 },
      ],
    }),
  }));
  const point = [0, 0.24, 0] as const;
  const keypoints = {
    selfOcclusionMeters: 0,
    points: [
      { name: 'lid', point },
      { name: 'heart', point: [0, 0, 0] as const },
    ],
  };
  const instances = MUGS.filter(({ instanceId }) => instanceId > 0).map(
    ({ instanceId, matrix }) => {
      const { rigid, scale } = decomposeMatrix(matrix);
      return makeInstance(instanceId, {
        worldFromObject: rigid,
        scale,
        bounds: { min: [-0.12, -0.2, -0.32], max: [0.45, 0.24, 0.32] },
        ...(instanceId === 1 && { keypoints }),
      });
    },
  );
  return { ...plan, nodes, instances, parts: PART_TABLE };
}

/** Corners and faces as `addBox` has them. */
function boxTriangles(half: Vec3): Pick<TracedMesh, 'positions' | 'index'> {
  const positions = Array.from({ length: 8 }, (_, i) =>
    half.map((h, axis) => ((i >> axis) & 1 ? h : -h)),
  ).flat();
  // prettier-ignore
  const index = [
    0, 2, 1, 1, 2, 3, 4, 5, 6, 5, 7, 6, 0, 1, 4, 1, 5, 4, 2, 6, 3, 3, 6, 7, 0, 4, 2, 2, 4, 6, 1, 3,
    5, 3, 7, 5,
  ];
  return { positions, index };
}

/** What a ray-caster sees: places in the list of all boxes of all mugs, from 1. */
function traceBoxes(plan: FramePlan) {
  const meshes = MUGS.flatMap(({ matrix }, mug) =>
    BOXES.map(({ half, at }, box): TracedMesh => ({
      ...boxTriangles(half),
      worldFromMesh: multiply(matrix, compose(at, [1, 0, 0, 0], [1, 1, 1])),
      instanceId: mug * BOXES.length + box + 1,
      culled: true,
    })),
  );
  return traceTriangles(meshes, plan.camera, plan.size);
}

/** Instance and part of a place in that list. */
function ownerOf(place: number): readonly [instanceId: number, partId: number] {
  if (place === 0) return [0, 0];
  const mug = MUGS[Math.floor((place - 1) / BOXES.length)];
  const box = BOXES[(place - 1) % BOXES.length];
  return [mug?.instanceId ?? 0, mug?.withParts ? (box?.part ?? 0) : 0];
}

describe.each(BACKENDS)('parts on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    const bytes = await makeMug();
    pool = await openTestPool(backend, (key) =>
      Promise.resolve(
        key === MUG ? { bytes, contentType: 'model/gltf-binary', immutable: true } : null,
      ),
    );
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);

  it('are what a ray-caster sees of the nodes that begin them, and of those below', async () => {
    const plan = makePlan();
    const { instanceId, partId = new Uint16Array() } = await render(plan);
    const traced = traceBoxes(plan);
    const counts = new Map<string, number>();
    let wrong = 0;
    for (const [i, place] of traced.instanceId.entries()) {
      const [instance, part] = ownerOf(place);
      const key = `${instance}:${part}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if ((traced.edgeDistance[i] ?? 0) < 1e-3) continue;
      if (instanceId[i] !== instance || partId[i] !== part) wrong++;
    }
    expect(wrong).toBe(0);
    for (const key of ['1:0', '1:5', '1:40000', '2:0', '2:5', '2:40000', '0:0']) {
      expect(counts.get(key) ?? 0, key).toBeGreaterThan(20);
    }
  });

  it('are disjoint, inside their instance, and pass verification, keypoints among them', async () => {
    const plan = makePlan();
    const buffers = await render(plan);
    const annotations = annotateFrame(plan, buffers, { minPixels: 1 });
    expect(annotations.instances).toHaveLength(2);
    for (const { parts = [], segmentation, area } of annotations.instances) {
      expect(parts.map(({ partId }) => partId)).toEqual([5, 40000]);
      const masks = parts.map((part) => decodeMask(part.segmentation));
      const whole = decodeMask(segmentation);
      const sums = whole.map((_, i) => masks.reduce((sum, mask) => sum + (mask[i] ?? 0), 0));
      expect(Math.max(...sums)).toBe(1);
      expect(sums.every((sum, i) => sum <= (whole[i] ?? 0))).toBe(true);
      const covered = parts.reduce((sum, part) => sum + part.area, 0);
      expect(covered).toBeGreaterThan(0);
      expect(covered).toBeLessThan(area);
    }
    // The middle of the lid's top faces the camera; the middle of the box has its walls before it.
    expect(annotations.instances[0]?.keypoints?.map(({ v }) => v)).toEqual([2, 1]);
    const frame = { frame: 0, camera: plan.camera, buffers, annotations };
    expect(() => verifyFrame(frame, { reproduce: 'test' })).not.toThrow();
  });

  it('are not read back where the plan has none, and change no other pixel', async () => {
    const plan = makePlan();
    const whole = await render(plan);
    const { parts: _, ...without } = plan;
    const plain = await render(without);
    expect(plain.partId).toBeUndefined();
    expect(plain.instanceId).toEqual(whole.instanceId);
    expect(plain.depth).toEqual(whole.depth);
    expect(plain.color).toEqual(whole.color);
  });

  it('are members of a glTF scene, up to nodes with labels of their own', async () => {
    const plan = makePlan();
    const [matrix] = MUGS.map((mug) => mug.matrix);
    const names = ['scene', 'Box', 'Handle', 'Knob', 'Lid'];
    const members = names.map((name, index) => ({
      index,
      name,
      // The knob is an instance of its own, so that the handle's part ends there.
      instanceId: name === 'Box' ? 1 : name === 'Knob' ? 2 : 0,
      ...(name === 'Handle' && { partId: 5 }),
      visible: true,
      castShadow: true,
      receiveShadow: true,
      worldFromNode: name === 'Box' ? (matrix ?? null) : null,
    }));
    const stage = { kind: 'gltf', resource: MUG, nodeCount: 5, members } as const;
    const { instanceId, partId = new Uint16Array() } = await render({ ...plan, stage, nodes: [] });
    const found = new Map<string, number>();
    for (const [i, id] of instanceId.entries()) {
      const key = `${id}:${partId[i]}`;
      found.set(key, (found.get(key) ?? 0) + 1);
    }
    expect([...found.keys()].sort()).toEqual(['0:0', '1:0', '1:5', '2:0']);
    for (const count of found.values()) expect(count).toBeGreaterThan(20);
  });
});
