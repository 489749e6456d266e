import { Document, Logger } from '@gltf-transform/core';
import { EXTMeshGPUInstancing } from '@gltf-transform/extensions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { Annotations, GBuffers } from '#shared/annotate/annotations';
import type { Quat, Vec3 } from '#shared/core/geometry';
import { compose } from '#shared/core/matrix';
import type { FramePlan } from '#shared/plan/frame-plan';
import { verifyFrame } from '#shared/verify/verify-frame';
import { addBox, toGlb } from '../fixtures/assets/make-model.ts';
import { makeStageShelf, type StageShelf } from './support/make-stage-shelf.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';

type Copy = Readonly<{ at: Vec3; turn: Quat; scale: Vec3 }>;

/** Copies of a box of 0.2 × 0.4 × 0.6 m: two overlap, one is mirrored, one is half outside. */
const COPIES: readonly Copy[] = [
  { at: [-0.4, 0.1, 0], turn: [1, 0, 0, 0], scale: [1, 1, 1] },
  { at: [-0.3, 0.2, -0.4], turn: [0.8, 0, 0.6, 0], scale: [1.5, 1, 1] },
  { at: [0.3, -0.3, 0.1], turn: [0.6, 0, 0, 0.8], scale: [-1, 0.75, 1] },
  { at: [0.9, 0.4, -0.1], turn: [0.6, 0.8, 0, 0], scale: [1, 1, 0.5] },
];

const xyzw = ([w, x, y, z]: Quat): readonly [number, number, number, number] => [x, y, z, w];

/** A TypeScript scene of the copies, as one instanced mesh or each as a mesh. */
const codeScene = (instanced: boolean, label: 'mesh' | 'group'): string => `
import { BoxGeometry, DoubleSide, Group, InstancedMesh, Matrix4, Mesh, MeshBasicMaterial, Quaternion, Vector3 } from 'three';
import { defineScene } from 'diorama/scene';
const copies = ${JSON.stringify(COPIES.map(({ at, turn, scale }) => ({ at, turn: xyzw(turn), scale })))};
const geometry = new BoxGeometry(0.2, 0.4, 0.6);
const material = new MeshBasicMaterial({ side: DoubleSide });
const matrices = copies.map(({ at, turn, scale }) =>
  new Matrix4().compose(new Vector3(...at), new Quaternion(...turn), new Vector3(...scale)));
export const scene = defineScene({ name: 'copies', build: () => {
  const root = new Group();
  root.name = 'crates';
  if (${instanced}) {
    const mesh = new InstancedMesh(geometry, material, copies.length);
    mesh.name = 'crate';
    matrices.forEach((matrix, i) => mesh.setMatrixAt(i, matrix));
    (${label === 'mesh'} ? mesh : root).userData.category = 'thing';
    return root.add(mesh);
  }
  matrices.forEach((matrix, i) => {
    const mesh = new Mesh(geometry, material);
    mesh.name = 'crate' + i;
    // An instanced mesh keeps its matrices as float32.
    mesh.matrix.fromArray(new Float32Array(matrix.elements));
    mesh.matrixAutoUpdate = false;
    mesh.userData.category = 'thing';
    root.add(mesh);
  });
  return root;
} });
`;

/** The same in glTF: a mesh of two primitives, so that the loader makes a group of two instanced meshes. */
async function makeGltf(): Promise<Uint8Array> {
  const document = new Document().setLogger(new Logger(Logger.Verbosity.SILENT));
  const node = addBox(document, 'crate');
  const handle = addBox(document, 'handle', [0.05, 0.3, 0.05]).getMesh()?.listPrimitives()[0];
  if (handle) node.getMesh()?.addPrimitive(handle);
  // One copy is mirrored.
  for (const material of document.getRoot().listMaterials()) material.setDoubleSided(true);
  const [buffer = null] = document.getRoot().listBuffers();
  const column = (values: readonly number[], type: 'VEC3' | 'VEC4') =>
    document.createAccessor().setType(type).setArray(new Float32Array(values)).setBuffer(buffer);
  const instances = document
    .createExtension(EXTMeshGPUInstancing)
    .setRequired(true)
    .createInstancedMesh()
    .setAttribute(
      'TRANSLATION',
      column(
        COPIES.flatMap(({ at }) => at),
        'VEC3',
      ),
    )
    .setAttribute(
      'ROTATION',
      column(
        COPIES.flatMap(({ turn }) => xyzw(turn)),
        'VEC4',
      ),
    )
    .setAttribute(
      'SCALE',
      column(
        COPIES.flatMap(({ scale }) => scale),
        'VEC3',
      ),
    );
  node.setExtension('EXT_mesh_gpu_instancing', instances).setExtras({ category: 'thing' });
  document.getRoot().setDefaultScene(document.createScene('root').addChild(node));
  return toGlb(document);
}

type Frame = Readonly<{ plan: FramePlan; buffers: GBuffers; annotations: Annotations }>;

describe.each(BACKENDS)('copies of an instanced mesh on %s', (backend) => {
  let shelf: StageShelf | undefined;
  let pool: PagePool | undefined;
  beforeAll(async () => {
    shelf = await makeStageShelf();
    await shelf.add('instanced.ts', codeScene(true, 'mesh'));
    await shelf.add('whole.ts', codeScene(true, 'group'));
    await shelf.add('apart.ts', codeScene(false, 'mesh'));
    await shelf.add('instanced.glb', await makeGltf());
    pool = await openTestPool(backend, shelf.resolve);
  });
  afterAll(async () => {
    await pool?.close();
    await shelf?.close();
  });

  /** Renders and annotates, and lets the frame be verified as a run would. */
  async function render(name: string, config?: string): Promise<Frame> {
    if (shelf === undefined) throw new Error('the shelf did not open');
    const plan = shelf.plan(name, config);
    const buffers = await renderPlan(requireOpen(pool), plan);
    const annotations = annotateFrame(plan, buffers, { minPixels: 1 });
    const { camera, frame } = plan;
    verifyFrame({ frame, camera, buffers, annotations }, { reproduce: 'npx diorama render' });
    return { plan, buffers, annotations };
  }

  it('each copy is what a mesh of its own would be: id, depth, amodal mask, box, pose', async () => {
    const [copies, meshes] = [await render('instanced.ts'), await render('apart.ts')];
    expect(copies.plan.instances.map(({ name }) => name)).toEqual(
      COPIES.map((_, i) => `crate[${i}]`),
    );
    expect(copies.buffers.instanceId).toEqual(meshes.buffers.instanceId);
    expect(copies.buffers.depth).toEqual(meshes.buffers.depth);
    const [found, expected] = [copies.annotations.instances, meshes.annotations.instances];
    expect(found).toHaveLength(COPIES.length);
    for (const [i, { area, bbox, segmentation, amodal, bounds, ...mesh }] of expected.entries()) {
      expect(found[i]).toMatchObject({ area, bbox, segmentation, amodal, bounds });
      const close = (values: readonly number[]) =>
        values.map((v) => expect.closeTo(v, 6) as number);
      expect(found[i]?.cameraFromObject).toEqual(close(mesh.cameraFromObject));
      expect(found[i]?.scale).toEqual(close(mesh.scale));
    }
  });

  it('a frame moves and hides them with their node', async () => {
    const still = await render('instanced.ts');
    const moved = await render('instanced.ts', 'nodes: { crate: { offsetMeters: [0, 0, -1] } }');
    for (const [i, { worldFromObject }] of moved.plan.instances.entries()) {
      const before = still.plan.instances[i]?.worldFromObject ?? [];
      expect(worldFromObject[11]).toBeCloseTo((before[11] ?? NaN) - 1, 12);
    }
    expect(Math.min(...moved.buffers.depth.filter((z) => z > 0))).toBeGreaterThan(2);
    const ids = new Set(moved.buffers.instanceId);
    expect(ids).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  it('a label further up makes one instance of them', async () => {
    const { plan, buffers } = await render('whole.ts');
    expect(plan.instances.map(({ name }) => name)).toEqual(['crates']);
    expect(new Set(buffers.instanceId)).toEqual(new Set([0, 1]));
  });

  it('a glTF mesh of several primitives gives each copy all of them', async () => {
    const { plan, buffers, annotations } = await render('instanced.glb');
    expect(plan.instances.map(({ name }) => name)).toEqual(COPIES.map((_, i) => `crate[${i}]`));
    for (const { worldFromObject, scale, bounds } of plan.instances) {
      // Half of the box's height is 0.2 m, of the handle's 0.3 m.
      expect(bounds?.max).toEqual([0.1, 0.3, 0.3].map((v) => expect.closeTo(v, 6) as number));
      expect(worldFromObject.every(Number.isFinite) && scale.every(Number.isFinite)).toBe(true);
    }
    const [first] = plan.instances;
    expect(first?.worldFromObject).toEqual(
      compose([-0.4, 0.1, 0], [1, 0, 0, 0], [1, 1, 1]).map((v) => expect.closeTo(v, 6) as number),
    );
    expect(new Set(buffers.instanceId)).toEqual(new Set([0, 1, 2, 3, 4]));
    // The handle of the first sticks out of its box at the top: 0.25 m above its centre, at x = −0.4.
    const [x, y] = [Math.floor(48 + (96 * -0.4) / 2), Math.floor(48 - (96 * 0.375) / 2)];
    expect(buffers.instanceId[y * 96 + x]).toBe(1);
    expect(annotations.instances).toHaveLength(4);
  });
});
