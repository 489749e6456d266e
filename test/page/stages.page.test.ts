import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Document, Logger } from '@gltf-transform/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import { loadScene } from '#node/scene/load-scene';
import type { LoadedScene } from '#node/scene/loaded-scene';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { GBuffers } from '#shared/annotate/annotations';
import { parseConfig } from '#shared/config/parse-config';
import type { FramePlan } from '#shared/plan/frame-plan';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene } from '#shared/sampling/sample-scene';
import { verifyFrame } from '#shared/verify/verify-frame';
import { addBox, toGlb } from '../fixtures/assets/make-model.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';
import { pixelAt } from './support/read-color.ts';

/** Two blocks side by side, the left one with a lid that hangs from it, as a TypeScript module. */
const CODE_SCENE = `
import { BoxGeometry, Group, Mesh, MeshStandardMaterial } from 'three';
import { defineScene } from 'diorama/scene';

function block(name, half) {
  const [x, y, z] = half;
  const mesh = new Mesh(new BoxGeometry(2 * x, 2 * y, 2 * z), new MeshStandardMaterial());
  mesh.name = name;
  return mesh;
}

export const scene = defineScene({
  name: 'blocks',
  build: () => {
    const left = block('Left', [0.2, 0.2, 0.2]);
    left.position.set(-0.4, 0, 0);
    left.userData.category = 'block';
    const lid = block('Lid', [0.1, 0.1, 0.1]);
    lid.position.set(0, 0.35, 0);
    lid.userData.category = 'lid';
    left.add(lid);
    const right = block('Right', [0.2, 0.2, 0.2]);
    right.position.set(0.4, 0, 0);
    right.userData.category = 'block';
    const root = new Group();
    root.name = 'root';
    return root.add(left, right);
  },
});
`;

/** The same blocks as a glTF file. */
async function makeGltfScene(): Promise<Uint8Array> {
  const document = new Document().setLogger(new Logger(Logger.Verbosity.SILENT));
  const left = addBox(document, 'Left', [0.2, 0.2, 0.2])
    .setTranslation([-0.4, 0, 0])
    .setExtras({ category: 'block' });
  const lid = addBox(document, 'Lid', [0.1, 0.1, 0.1])
    .setTranslation([0, 0.35, 0])
    .setExtras({ category: 'lid' });
  const right = addBox(document, 'Right', [0.2, 0.2, 0.2])
    .setTranslation([0.4, 0, 0])
    .setExtras({ category: 'block' });
  for (const material of document.getRoot().listMaterials()) material.setMetallicFactor(0);
  const scene = document.createScene('root').addChild(left.addChild(lid)).addChild(right);
  document.getRoot().setDefaultScene(scene);
  return toGlb(document);
}

const config = (nodes: string): string => `
configVersion: 1
name: blocks
scene: blocks
frames: 1
image: { width: 64, height: 64 }
categories: [block, lid]
camera:
  pose: { kind: at, position: [0, 0, 2], target: [0, 0, 0] }
  lens: { kind: intrinsics, fx: 64, fy: 64, cx: 32, cy: 32 }
environment: { background: { kind: color, color: '#000000' } }
sensor: { toneMapping: none }
render: { antialias: none, ambientOcclusion: { strength: 0 } }
nodes: ${nodes}
`;

/** Pixel in which a point of the world is seen: camera at z = 2, 64 pixels to a metre at 1 m. */
const pixelOf = (x: number, y: number, z: number): readonly [number, number] => [
  Math.floor(32 + (64 * x) / (2 - z)),
  Math.floor(32 - (64 * y) / (2 - z)),
];

describe.each(BACKENDS)('a scene loaded whole on %s', (backend) => {
  let folder = '';
  let pool: PagePool | undefined;
  const scenes = new Map<string, LoadedScene>();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'diorama-test-'));
    const files: readonly [string, string | Uint8Array][] = [
      ['blocks.ts', CODE_SCENE],
      ['blocks.glb', await makeGltfScene()],
    ];
    for (const [name, content] of files) {
      await writeFile(join(folder, name), content);
      const catalogue = { models: [], environments: [], images: [], materials: [] };
      scenes.set(name, await loadScene(join(folder, name), { catalogue }));
    }
    pool = await openTestPool(backend, (key) => {
      for (const { resources, description } of scenes.values()) {
        const bytes = resources.get(key);
        const code = description.source.kind === 'code';
        const contentType = code ? 'text/javascript' : 'model/gltf-binary';
        if (bytes) return Promise.resolve({ bytes, contentType });
      }
      return Promise.resolve(null);
    });
  });
  afterAll(async () => {
    await pool?.close();
    await rm(folder, { recursive: true });
  });

  function planOf(name: string, nodes: string): FramePlan {
    const scene = scenes.get(name)?.description;
    if (scene === undefined) throw new Error(`the scene ${name} was not loaded`);
    const inputs = {
      config: parseConfig(config(nodes), 'blocks.yaml'),
      scene,
      catalogue: { models: [], environments: [], images: [], materials: [] },
    };
    return planFrame(inputs, sampleScene(inputs, 0));
  }

  /** Renders, and lets the frame be verified as a run would. */
  async function render(plan: FramePlan): Promise<GBuffers> {
    const buffers = await renderPlan(requireOpen(pool), plan);
    const annotations = annotateFrame(plan, buffers, { minPixels: 1 });
    const { camera, frame } = plan;
    verifyFrame({ frame, camera, buffers, annotations }, { reproduce: 'npx diorama render' });
    return buffers;
  }

  /** Name of the instance that is seen at a point of the world; null for the background. */
  function seenAt(
    plan: FramePlan,
    buffers: GBuffers,
    point: [number, number, number],
  ): string | null {
    const [x, y] = pixelOf(...point);
    const id = buffers.instanceId[y * 64 + x];
    return plan.instances.find(({ instanceId }) => instanceId === id)?.name ?? null;
  }

  describe.each(['blocks.glb', 'blocks.ts'])('%s', (name) => {
    it('is drawn as it is', async () => {
      const plan = planOf(name, '{}');
      const buffers = await render(plan);
      expect(seenAt(plan, buffers, [-0.4, 0, 0.2])).toBe('Left');
      expect(seenAt(plan, buffers, [-0.4, 0.35, 0.1])).toBe('Lid');
      expect(seenAt(plan, buffers, [0.4, 0, 0.2])).toBe('Right');
      expect(seenAt(plan, buffers, [0, 0, 0])).toBe(null);
      const [x, y] = pixelOf(-0.4, 0, 0.2);
      expect(buffers.depth[y * 64 + x]).toBeCloseTo(1.8, 4);
    });

    it('has members hidden and dressed, and gets them back for the next frame', async () => {
      const plain = planOf(name, '{}');
      const before = await render(plain);
      const hidden = planOf(
        name,
        `{ Right: { visible: false }, Left: { material: { texture: { kind: gradient, colors: ['#ff0000', '#ff0000'] } } } }`,
      );
      const changed = await render(hidden);
      expect(seenAt(hidden, changed, [0.4, 0, 0.2])).toBe(null);
      for (const [height, depth] of [
        [0, 0.2],
        [0.35, 0.1],
      ] as const) {
        const [x, y] = pixelOf(-0.4, height, depth);
        const [r, g, b] = pixelAt(changed, x, y);
        // What hangs from a member is dressed with it. Red, but for the sky that its surface reflects.
        expect(r).toBeGreaterThan(150);
        expect(Math.max(g, b)).toBeLessThan(90);
        const [white, , blue] = pixelAt(before, x, y);
        expect(Math.abs(white - blue)).toBeLessThanOrEqual(1);
      }
      const after = await render(plain);
      expect(Buffer.compare(after.color, before.color)).toBe(0);
      expect([...after.instanceId]).toEqual([...before.instanceId]);
    });

    it('has members moved and turned, with what hangs from them, and gets them back', async () => {
      const plain = planOf(name, '{}');
      const before = await render(plain);
      const moved = planOf(
        name,
        `{ Left: { offsetMeters: [0, -0.3, 0.1] }, Right: { offsetMeters: [-0.2, 0.1, 0], yawDegrees: 45 } }`,
      );
      const changed = await render(moved);
      expect(seenAt(moved, changed, [-0.4, -0.3, 0.3])).toBe('Left');
      expect(seenAt(moved, changed, [-0.4, 0.05, 0.2])).toBe('Lid');
      expect(seenAt(moved, changed, [-0.4, 0.3, 0.1])).toBe(null);
      expect(seenAt(moved, changed, [0.2, 0.1, 0.2])).toBe('Right');
      // Turned by 45°, an edge of the block points to the camera: half a diagonal nearer than its middle.
      const [x, y] = pixelOf(0.2, 0.1, 0.28);
      expect(Math.abs((changed.depth[y * 64 + x] ?? 0) - (2 - 0.2 * Math.SQRT2))).toBeLessThan(
        0.02,
      );
      const after = await render(plain);
      expect(Buffer.compare(after.color, before.color)).toBe(0);
      expect([...after.depth]).toEqual([...before.depth]);
    });
  });
});
