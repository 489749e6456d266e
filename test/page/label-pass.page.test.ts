import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Matrix4 } from 'three';
import type { PagePool } from '#node/browser/page-pool';
import { createShapeGeometry } from '#page/scene/shape-geometry';
import type { GBuffers } from '#shared/annotate/annotations';
import { compose } from '#shared/core/matrix';
import type { Quat, Size } from '#shared/core/geometry';
import type { FramePlan } from '#shared/plan/frame-plan';
import { worldFromLookAt } from '#shared/core/look-at';
import {
  intrinsicsOf,
  makeFramePlan,
  type MadePlan,
  type MadeShape,
} from '../makers/make-frame-plan.ts';
import { traceTriangles, type TracedFrame } from '../makers/trace-triangles.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';

/** Only pixels whose centre lies this close to an edge may differ from the ray-caster. */
const EDGE_PIXELS = 1e-3;

const TILTED: Quat = [0.8775825618903728, 0.2767965, 0.369062, 0.1385];
const unitQuat = (q: Quat): Quat => {
  const length = Math.hypot(...q);
  return [q[0] / length, q[1] / length, q[2] / length, q[3] / length];
};

type Scenario = Readonly<{ name: string; plan: MadePlan; farthestMeters: number }>;

const scenario = (
  name: string,
  size: Size,
  { farthestMeters = 10, ...rest }: Omit<MadePlan, 'size'> & { farthestMeters?: number },
): Scenario => ({ name, plan: { size, ...rest }, farthestMeters });

const VGA: Size = { width: 640, height: 480 };
const ODD: Size = { width: 67, height: 137 };
const plane: MadeShape = {
  shape: { kind: 'plane', size: [3, 2] },
  position: [0.1, -0.4, -4],
  orientation: unitQuat(TILTED),
};
const sphere: MadeShape = {
  shape: { kind: 'sphere', radius: 0.7, segments: 48 },
  position: [0.3, 0.2, -3],
};
const box: MadeShape = {
  shape: { kind: 'box', size: [1, 0.6, 0.8], bevelMeters: 0 },
  position: [-0.5, 0.1, -3.5],
  orientation: unitQuat(TILTED),
};
const far: MadeShape = {
  shape: { kind: 'sphere', radius: 1.5, segments: 64 },
  position: [0.5, -0.7, -10],
};

const scenarios: readonly Scenario[] = [
  scenario(
    'one pixel',
    { width: 1, height: 1 },
    { intrinsics: { fx: 1, fy: 1, cx: 0.5, cy: 0.5 }, shapes: [sphere] },
  ),
  ...[5, 45, 90, 120].map((fov) =>
    scenario(`plane, sphere and box, ${fov}°, odd size`, ODD, {
      intrinsics: intrinsicsOf(ODD, fov),
      shapes: [plane, sphere, box],
    }),
  ),
  scenario('everything, off-centre principal point', VGA, {
    intrinsics: intrinsicsOf(VGA, 55, [-83.25, 41.6]),
    shapes: [plane, sphere, box, far],
  }),
  scenario('at 10 m', VGA, {
    intrinsics: intrinsicsOf(VGA, 30),
    shapes: [far],
    farthestMeters: 12,
  }),
  scenario('seen from above, rolled', VGA, {
    intrinsics: intrinsicsOf(VGA, 50),
    worldFromCamera: worldFromLookAt([1, 3, -1], [0, 0, -3.4], 33),
    shapes: [sphere, box, { ...plane, position: [0, -0.8, -3.5], orientation: [1, 0, 0, 0] }],
  }),
  scenario('a floor that passes under the camera', VGA, {
    intrinsics: intrinsicsOf(VGA, 70),
    shapes: [{ shape: { kind: 'plane', size: [8, 16] }, position: [0, -1.2, -2] }, sphere],
  }),
  scenario('a floor that passes under a leaning camera', VGA, {
    intrinsics: intrinsicsOf(VGA, 70, [-12.5, 7.25]),
    worldFromCamera: worldFromLookAt([-0.7, 0.3, 0.4], [0.3, -0.6, -4], 9),
    shapes: [{ shape: { kind: 'plane', size: [12, 14] }, position: [0, -1.2, -4] }, sphere],
    farthestMeters: 12,
  }),
];

function traced(plan: FramePlan): TracedFrame {
  const meshes = plan.nodes.map((node) => {
    if (node.kind !== 'shape') throw new Error('expected shapes only');
    const geometry = createShapeGeometry(node.shape);
    const index = geometry.getIndex();
    if (index === null) throw new Error('expected an indexed geometry');
    return {
      positions: geometry.getAttribute('position').array,
      index: index.array,
      worldFromMesh: node.worldFromNode,
      instanceId: node.instanceId,
      culled: node.shape.kind !== 'plane',
    };
  });
  return traceTriangles(meshes, plan.camera, plan.size);
}

function compareIds(actual: GBuffers, expected: TracedFrame): { wrong: number; excused: number } {
  let [wrong, excused] = [0, 0];
  for (const [pixel, id] of expected.instanceId.entries()) {
    if (actual.instanceId[pixel] === id) continue;
    if ((expected.edgeDistance[pixel] ?? 0) <= EDGE_PIXELS) excused++;
    else wrong++;
  }
  return { wrong, excused };
}

function depthErrors(actual: GBuffers, expected: TracedFrame): number[] {
  const errors: number[] = [];
  for (const [pixel, depth] of expected.depth.entries()) {
    if (actual.instanceId[pixel] !== expected.instanceId[pixel] || depth === 0) continue;
    errors.push(Math.abs((actual.depth[pixel] ?? 0) - depth));
  }
  return errors.sort((a, b) => a - b);
}

describe.each(BACKENDS)('label pass on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());

  it.each(scenarios)(
    '$name: ids and depth are those of a ray-caster',
    async ({ name, plan: made, farthestMeters }) => {
      const plan = makeFramePlan(made);
      const buffers = await renderPlan(requireOpen(pool), plan);
      const expected = traced(plan);
      const { wrong, excused } = compareIds(buffers, expected);
      const errors = depthErrors(buffers, expected);
      const greatest = errors.at(-1) ?? 0;
      console.info(
        `${backend}, ${name}: ${excused} pixels excused at edges, greatest depth error ${greatest.toExponential(2)} m`,
      );
      expect(expected.instanceId.some((id) => id > 0)).toBe(true);
      expect(wrong).toBe(0);
      expect(greatest).toBeLessThan(1e-4 * (farthestMeters / 10));
    },
  );

  it('a mirrored object keeps its front faces', async () => {
    const mirrored: MadeShape = { ...box, scale: [-1, 1, 1] };
    const plan = makeFramePlan({
      size: VGA,
      intrinsics: intrinsicsOf(VGA, 50),
      shapes: [mirrored],
    });
    const buffers = await renderPlan(requireOpen(pool), plan);
    const geometry = createShapeGeometry(box.shape);
    const expected = traceTriangles(
      [
        {
          positions: geometry.getAttribute('position').array,
          index: geometry.getIndex()?.array ?? [],
          worldFromMesh: compose(
            box.position ?? [0, 0, 0],
            box.orientation ?? [1, 0, 0, 0],
            [-1, 1, 1],
          ),
          instanceId: 1,
          culled: true,
        },
      ],
      plan.camera,
      plan.size,
    );
    expect(compareIds(buffers, expected).wrong).toBe(0);
    expect(depthErrors(buffers, expected).at(-1)).toBeLessThan(1e-4);
    expect(
      new Matrix4()
        .set(...([...(plan.nodes[0]?.worldFromNode ?? [])] as Parameters<Matrix4['set']>))
        .determinant(),
    ).toBeLessThan(0);
  });
});
