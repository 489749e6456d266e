import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import { frameFlows, type FrameFlow } from '#shared/annotate/frame-flows';
import { FLOW_STATE } from '#shared/annotate/optical-flow';
import type { FramePlan } from '#shared/plan/frame-plan';
import { flowFaults } from '#shared/verify/check-flow';
import { makeStageShelf, type StageShelf } from './support/make-stage-shelf.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';

/** Two squares of 0.3 m as copies of one mesh: at 2 m and at 1.5 m from the camera. */
const COPIES = `
import { Group, InstancedMesh, Matrix4, MeshBasicMaterial, PlaneGeometry } from 'three';
import { defineScene } from 'diorama/scene';
export const scene = defineScene({ name: 'copies', build: () => {
  const mesh = new InstancedMesh(new PlaneGeometry(0.3, 0.3), new MeshBasicMaterial(), 2);
  mesh.setMatrixAt(0, new Matrix4().makeTranslation(-0.4, 0.1, 0));
  mesh.setMatrixAt(1, new Matrix4().makeTranslation(0.2, -0.2, 0.5));
  mesh.name = 'tile';
  mesh.userData.category = 'thing';
  const root = new Group();
  root.name = 'root';
  return root.add(mesh);
} });
`;

/** Five plates at 2 m; behind their upper halves a labelled wall at 3 m, behind their lower ones a bare one. */
const POLICIES = `
import { Group, Mesh, MeshBasicMaterial, MeshPhysicalMaterial, PlaneGeometry } from 'three';
import { defineScene } from 'diorama/scene';
const KINDS = [
  new MeshBasicMaterial(),
  new MeshBasicMaterial({ transparent: true, opacity: 0.3 }),
  new MeshBasicMaterial(),
  new MeshBasicMaterial(),
  new MeshPhysicalMaterial({ transparent: true, opacity: 0.3, transmission: 1 }),
];
export const scene = defineScene({ name: 'policies', build: () => {
  const root = new Group();
  root.name = 'root';
  KINDS.forEach((material, i) => {
    const plate = new Mesh(new PlaneGeometry(0.2, 0.6), material);
    plate.name = 'plate' + i;
    plate.position.x = 0.3 * (i - 2);
    plate.userData.category = 'plate';
    root.add(plate);
  });
  for (const up of [1, -1]) {
    const wall = new Mesh(new PlaneGeometry(4, 1), new MeshBasicMaterial());
    wall.name = up > 0 ? 'wall' : 'bare';
    wall.position.set(0, 0.5 * up, -1);
    if (up > 0) wall.userData.category = 'wall';
    root.add(wall);
  }
  return root;
} });
`;

const SEQUENCE = `
frames: 2
sequence: { frames: 2, framesPerSecond: 10 }
outputs: { flow: { forward: flo, backward: kitti } }
`;

type Shown = Readonly<{ plan: FramePlan; buffers: GBuffers; flow: FrameFlow }>;

describe.each(BACKENDS)('optical flow on %s', (backend) => {
  let shelf: StageShelf | undefined;
  let pool: PagePool | undefined;
  beforeAll(async () => {
    shelf = await makeStageShelf();
    await shelf.add('copies.ts', COPIES);
    await shelf.add('policies.ts', POLICIES);
    pool = await openTestPool(backend, shelf.resolve);
  });
  afterAll(async () => {
    await pool?.close();
    await shelf?.close();
  });

  /** Both frames of a sequence, with the flow that leads from each to the other. */
  async function draw(name: string, config: string): Promise<readonly [Shown, Shown]> {
    const shown = async (frame: number): Promise<Shown> => {
      if (shelf === undefined) throw new Error('the shelf did not open');
      const plan = shelf.plan(name, `${SEQUENCE}${config}`, frame);
      const buffers = await renderPlan(requireOpen(pool), plan);
      const [flow] = frameFlows(plan, buffers);
      if (flow === undefined) throw new Error('expected a flow');
      expect(flowFaults(flow)).toEqual([]);
      return { plan, buffers, flow };
    };
    return [await shown(0), await shown(1)];
  }

  const vectorAt = ({ flow }: Shown, pixel: number): readonly number[] =>
    [...flow.flow.uv.slice(pixel * 2, pixel * 2 + 2)].map((v) => Number(v.toFixed(3)));

  it('of the copies of an instanced mesh is that of each by its depth; each keeps its track', async () => {
    const frames = await draw(
      'copies.ts',
      'nodes: { tile: { motion: { velocityMetersPerSecond: [0.5, 0, 0] } } }',
    );
    for (const [step, shown] of frames.entries()) {
      const { plan, buffers, flow } = shown;
      expect(plan.instances.map(({ name, trackId }) => [name, trackId])).toEqual([
        ['tile[0]', 65537],
        ['tile[1]', 65538],
      ]);
      const sign = step === 0 ? 1 : -1;
      for (const [id, depth] of [
        [1, 2],
        [2, 1.5],
      ] as const) {
        const pixels = [...buffers.instanceId.keys()].filter((i) => buffers.instanceId[i] === id);
        expect(pixels.length).toBeGreaterThan(150);
        for (const pixel of pixels) {
          expect(vectorAt(shown, pixel)).toEqual([
            expect.closeTo((sign * 96 * 0.05) / depth, 2),
            expect.closeTo(0, 2),
          ]);
          expect(flow.flow.state[pixel]).toBe(FLOW_STATE.visible);
        }
      }
    }
  });

  it('is that of the surface which the label policy makes a pixel show', async () => {
    const motion = '{ motion: { velocityMetersPerSecond: [0.3, 0, 0] } }';
    const nodes = [0, 1, 2, 3, 4].map((i) => `plate${i}: ${motion}`).join(', ');
    const [first] = await draw(
      'policies.ts',
      `categories: [plate, wall]
nodes: { ${nodes} }
labels:
  policies:
    - { policy: solid, nodes: [plate1] }
    - { policy: see-through, nodes: [plate2] }
    - { policy: ignore, nodes: [plate3] }
    - { policy: cutout, nodes: [plate4] }
`,
    );
    const [moving, still] = [
      [1.44, 0],
      [0, 0],
    ];
    const found = [0, 1, 2, 3, 4].map((i) =>
      [1, -1].map((up) => {
        const x = Math.floor(48 + 48 * 0.3 * (i - 2));
        return vectorAt(first, Math.floor(48 - 48 * 0.15 * up) * 96 + x);
      }),
    );
    expect(found).toEqual(
      [
        [moving, moving], // opaque
        [moving, moving], // solid
        [still, moving], // see-through
        [still, still], // ignore
        [still, still], // cutout
      ].map((halves) => halves.map((vector) => vector?.map((v) => expect.closeTo(v, 2) as number))),
    );
  });
});
