import { KHRLightsPunctual } from '@gltf-transform/extensions';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BoxGeometry, Euler, Matrix4, Quaternion, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { loadScene } from '#node/scene/load-scene';
import { uniqueNames } from '#node/scene/graph-nodes';
import type { AssetCatalogue, ModelAsset } from '#shared/core/asset-catalogue';
import { rowMajorFromColumnMajor } from '#shared/core/matrix';
import {
  addBox,
  makeBoxDocument,
  makeDracoBox,
  toGlb,
} from '../../../fixtures/assets/make-model.ts';

const MUG: ModelAsset = {
  kind: 'model',
  id: 'mug-blue',
  file: 'mug.glb',
  root: 'mine',
  sha256: '0'.repeat(64),
  bytes: 1,
  license: 'MIT',
  bounds: { min: [-1, 0, -1], max: [1, 2, 1] },
  triangles: 1,
  footprint: [],
  nodes: [],
  materialNames: [],
  hasUvs: false,
  animations: [],
  extensions: [],
  warnings: [],
};
const CATALOGUE: AssetCatalogue = { models: [MUG], environments: [], images: [], materials: [] };

async function load(name: string, content: string | Uint8Array) {
  const dir = await mkdtemp(join(tmpdir(), 'diorama-load-scene-'));
  await writeFile(join(dir, name), content);
  return loadScene(join(dir, name), { catalogue: CATALOGUE, writtenAs: `scenes/${name}` });
}

const near = (values: readonly number[] | undefined) =>
  values?.map((v) => expect.closeTo(v, 6) as number);

describe('loadScene of YAML', () => {
  it('gives nodes their matrices and bounds', async () => {
    const { description, resources, files } = await load(
      'dock.yaml',
      `sceneVersion: 1
name: dock
nodes:
  - { name: table, shape: { kind: box, size: [2, 1, 4] }, position: [0, 0.5, 0], surface: true }
  - { name: cup, model: mug-blue, category: mug, position: [1, 2, 3], rotationDegrees: [30, 40, 50], scale: 2 }
  - { name: wall, shape: { kind: backdrop, width: 4, height: 3, depth: 2, bendRadius: 0.5 } }
  - { name: can, shape: { kind: cylinder, radius: 0.5, height: 3 }, castShadow: false }
volumes: [{ name: air, min: [0, 0, 0], max: [1, 1, 1] }]
`,
    );
    expect(description.source).toMatchObject({ kind: 'yaml', path: 'scenes/dock.yaml' });
    expect(description.nodes.map(({ name }) => name)).toEqual(['table', 'cup', 'wall', 'can']);
    const [table, cup, wall, can] = description.nodes;
    expect(table).toMatchObject({
      surface: true,
      bounds: { min: [-1, -0.5, -2], max: [1, 0.5, 2] },
    });
    expect(cup).toMatchObject({
      content: { kind: 'model', assetId: 'mug-blue' },
      category: 'mug',
      bounds: MUG.bounds,
    });
    expect(wall?.bounds).toEqual({ min: [-2, -0.01, -1.01], max: [2, 3, 1] });
    expect(can).toMatchObject({
      castShadow: false,
      receiveShadow: true,
      bounds: { min: [-0.5, -1.5, -0.5], max: [0.5, 1.5, 0.5] },
    });
    // three's Euler order XYZ is the intrinsic one.
    const radians = [30, 40, 50].map((d) => (d * Math.PI) / 180) as [number, number, number];
    const rotation = new Quaternion().setFromEuler(new Euler(...radians, 'XYZ'));
    const expected = new Matrix4().compose(new Vector3(1, 2, 3), rotation, new Vector3(2, 2, 2));
    expect(cup?.worldFromNode).toEqual(
      rowMajorFromColumnMajor(expected.elements).map((v) => expect.closeTo(v, 12) as number),
    );
    expect(resources.size).toBe(0);
    expect(files).toHaveLength(1);
  });

  it('names an unknown model at its place, with a suggestion', async () => {
    const text = 'sceneVersion: 1\nname: x\nnodes:\n  - name: a\n    model: mug-blu\n';
    await expect(load('x.yaml', text)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(
        /x\.yaml:5:12: nodes\[0\]\.model: no model asset has the id "mug-blu"\. Did you mean "mug-blue"\?/,
      ) as unknown,
    });
  });

  it('refuses a file that is no scene', async () => {
    await expect(load('x.txt', '')).rejects.toThrow('expected a scene ending in');
  });
});

describe('loadScene of glTF', () => {
  it('walks the nodes depth first, the scene being 0, and reads labels', async () => {
    const document = makeBoxDocument();
    const [box] = document.getRoot().listNodes();
    box?.setName('shelf').setExtras({ category: 'shelf', surface: true });
    const lid = addBox(document, 'lid', [0.1, 0.1, 0.1])
      .setTranslation([0, 1, 0])
      .setScale([2, 1, 1])
      .setExtras({ category: 'lid' });
    const last = addBox(document, 'lid', [1, 1, 1]).setTranslation([0, 0, 5]);
    box?.addChild(lid);
    document.getRoot().getDefaultScene()?.addChild(last);
    const glb = await toGlb(document);
    const { description, resources } = await load('room.glb', glb);
    expect(
      description.nodes.map(({ name, content }) => [
        name,
        content.kind === 'member' && content.index,
      ]),
    ).toEqual([
      ['Scene', 0],
      ['shelf', 1],
      ['lid', 2],
      ['lid_2', 3],
    ]);
    const [scene, shelf, inner] = description.nodes;
    expect([scene?.category, shelf?.category, inner?.category]).toEqual([
      undefined,
      'shelf',
      'lid',
    ]);
    expect([scene?.surface, shelf?.surface]).toEqual([false, true]);
    expect(inner?.worldFromNode).toEqual([2, 0, 0, 1, 0, 1, 0, 1.5, 0, 0, 1, 0, 0, 0, 0, 1]);
    expect(inner?.bounds?.max).toEqual(near([0.1, 0.1, 0.1]));
    // In the shelf's own frame, the lid included: x ±0.2, y up to 1.1.
    expect(shelf?.bounds?.min).toEqual(near([-0.2, -0.2, -0.3]));
    expect(shelf?.bounds?.max).toEqual(near([0.2, 1.1, 0.3]));
    expect(scene?.bounds?.max).toEqual(near([1.2, 1.6, 6]));
    const bytes = resources.get(description.source.resource ?? '');
    expect(Buffer.from(bytes ?? []).equals(Buffer.from(glb))).toBe(true);
  });

  it('lends a category to marked nodes below where the group is no instance itself', async () => {
    const document = makeBoxDocument();
    const group = document.createNode('chairs').setExtras({ category: 'chair', instance: false });
    for (const n of [1, 2])
      group.addChild(
        addBox(document, 'chair').setTranslation([n, 0, 0]).setExtras({ instance: true }),
      );
    document.getRoot().getDefaultScene()?.addChild(group);
    const { description } = await load('room.glb', await toGlb(document));
    expect(description.nodes.map(({ name, category }) => [name, category])).toEqual([
      ['Scene', undefined],
      ['Box', undefined],
      ['chairs', undefined],
      ['chair', 'chair'],
      ['chair_2', 'chair'],
    ]);
  });

  it('reads keypoints, parts, and who is above whom', async () => {
    const document = makeBoxDocument();
    const [box] = document.getRoot().listNodes();
    box?.addChild(document.createNode('tip').setExtras({ keypoint: 'tip', part: 'spout' }));
    const { description } = await load('room.glb', await toGlb(document));
    expect(
      description.nodes.map(({ content, keypoint, part }) => [
        content.kind === 'member' && content.parent,
        keypoint,
        part,
      ]),
    ).toEqual([
      [-1, undefined, undefined],
      [0, undefined, undefined],
      [1, 'tip', 'spout'],
    ]);
    box?.setExtras({ keypoint: '' });
    await expect(load('room.glb', await toGlb(document))).rejects.toThrow(
      'node "Box": expected extras.keypoint to be a text, got "".',
    );
  });

  it('takes cameras, unpacks Draco, and tells of ignored lights', async () => {
    const document = makeBoxDocument();
    const camera = document.createCamera('eye').setType('perspective');
    camera.setYFov(1).setZNear(0.1);
    const light = document
      .createExtension(KHRLightsPunctual)
      .createLight('sun')
      .setType('directional');
    const scene = document.getRoot().getDefaultScene();
    scene?.addChild(document.createNode('eye').setCamera(camera).setTranslation([0, 1, 2]));
    scene?.addChild(document.createNode('sun').setExtension('KHR_lights_punctual', light));
    const { description, warnings } = await load('room.glb', await toGlb(document));
    expect(description.cameras).toEqual([{ name: 'eye', position: [0, 1, 2], target: [0, 1, 1] }]);
    expect(description.nodes[2]?.bounds).toBeNull();
    expect(warnings).toEqual([expect.stringContaining('lights of glTF scenes are ignored')]);

    const packed = await makeDracoBox();
    const plain = await load('packed.glb', packed);
    const bytes = plain.resources.get(plain.description.source.resource ?? '');
    expect(Buffer.from(bytes ?? []).includes('KHR_draco')).toBe(false);
    expect(plain.description.nodes[1]?.bounds?.max).toEqual(
      [0.1, 0.2, 0.3].map((v) => expect.closeTo(v, 3) as number),
    );
  });

  it('refuses damaged files and labels, by name', async () => {
    const glb = await toGlb(makeBoxDocument());
    await expect(load('cut.glb', glb.subarray(0, 100))).rejects.toThrow(
      /cut\.glb\): expected \d+ bytes/,
    );
    const document = makeBoxDocument();
    document.getRoot().listNodes()[0]?.setExtras({ category: 5, surface: 'yes' });
    const text = await load('odd.glb', await toGlb(document)).catch((error: unknown) =>
      String(error),
    );
    expect(text).toContain('node "Box": expected extras.category to be a text, got 5');
    expect(text).toContain('node "Box": expected extras.surface to be true or false, got "yes"');
    await expect(loadScene('/nowhere/room.glb', { catalogue: CATALOGUE })).rejects.toThrow(
      /room\.glb.*not found|not found.*room\.glb/,
    );
  });
});

const CODE = `
import { BoxGeometry, Group, InstancedMesh, Matrix4, Mesh, MeshBasicMaterial } from 'three';
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js';
import { defineScene } from 'diorama/scene';
import { height } from './sizes';

export const scene = defineScene({
  name: 'code-room',
  cameras: [{ name: 'front', position: [0, 1, 3], target: [0, 0, 0] }],
  lights: { key: { kind: 'point', place: { kind: 'at', position: [0, 2, 0] }, intensity: 3 } },
  build: () => {
    const table: Mesh = new Mesh(new BoxGeometry(2, height, 1), new MeshBasicMaterial());
    table.name = 'table';
    table.position.set(0, 1, 0);
    table.userData = { category: 'table', surface: true };
    const row = new InstancedMesh(new RoundedBoxGeometry(0.2, 0.2, 0.2), new MeshBasicMaterial(), 2);
    row.name = 'row';
    row.setMatrixAt(1, new Matrix4().makeTranslation(3, 0, 0));
    const root = new Group();
    root.add(table.add(row), new Group());
    return root;
  },
});
`;

async function loadCode(code: string) {
  const dir = await mkdtemp(join(tmpdir(), 'diorama-code-'));
  await writeFile(join(dir, 'sizes.ts'), 'export const height: number = 0.5;\n');
  await writeFile(join(dir, 'room.ts'), code);
  return loadScene(join(dir, 'room.ts'), { catalogue: CATALOGUE });
}

describe('loadScene of code', () => {
  it('bundles, runs and describes it', async () => {
    const { description, resources, files } = await loadCode(CODE);
    expect(description).toMatchObject({
      name: 'code-room',
      cameras: [{ name: 'front' }],
      source: { kind: 'code' },
    });
    expect(description.lights['key']).toMatchObject({ kind: 'point', color: '#ffffff', count: 1 });
    expect(
      description.nodes.map(({ name, content }) => [
        name,
        content.kind === 'member' && content.index,
      ]),
    ).toEqual([
      ['scene', 0],
      ['table', 1],
      ['row', 2],
      ['group-3', 3],
    ]);
    const [root, table, row, empty] = description.nodes;
    expect(table).toMatchObject({ category: 'table', surface: true, castShadow: true });
    expect(table?.worldFromNode).toEqual([1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1]);
    expect(row?.bounds?.max).toEqual(near([3.1, 0.1, 0.1]));
    expect(table?.bounds).toEqual({ min: near([-1, -0.25, -0.5]), max: near([3.1, 0.25, 0.5]) });
    expect(root?.bounds?.min).toEqual(near([-1, 0.75, -0.5]));
    expect(empty?.bounds).toBeNull();
    const bundle = Buffer.from(resources.get(description.source.resource ?? '') ?? []).toString(
      'utf8',
    );
    expect(bundle).toMatch(/from\s*"three"/);
    expect(bundle).not.toContain('diorama-code-');
    expect(files.filter((file) => /room\.ts|sizes\.ts/.test(file))).toHaveLength(2);
    expect(new BoxGeometry().type).toBe('BoxGeometry');
  });

  it('gives the copies of an instanced mesh their places where it has a label itself', async () => {
    const labelled = CODE.replace(
      "row.name = 'row';",
      "row.name = 'row'; row.userData.category = 'box';",
    );
    const { description } = await loadCode(labelled);
    const [, table, row] = description.nodes;
    expect(table?.copies).toBeUndefined();
    expect(row?.copies?.bounds?.max).toEqual(near([0.1, 0.1, 0.1]));
    expect(row?.copies?.nodeFromCopy).toEqual([
      [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
      [1, 0, 0, 3, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    ]);
    expect((await loadCode(CODE)).description.nodes[2]?.copies).toBeUndefined();
  });

  it('refuses what hangs from such a mesh without a label of its own', async () => {
    const hung = (label: string): string =>
      CODE.replace(
        "row.name = 'row';",
        `row.name = 'row'; row.userData.category = 'box'; const tag = new Group(); tag.name = 'tag'; ${label} row.add(tag);`,
      );
    await expect(loadCode(hung(''))).rejects.toThrow(
      'node "row": each copy of its mesh is an instance, so "tag", which hangs from it, belongs to none.',
    );
    await expect(loadCode(hung("tag.userData.category = 'tag';"))).resolves.toBeDefined();
  });

  it('has the same bytes wherever it lies', async () => {
    const [one, two] = [await loadCode(CODE), await loadCode(CODE)];
    expect(one.description.source.sha256).toBe(two.description.source.sha256);
  });

  it('points at errors of the build', async () => {
    await expect(loadCode('export const scene = {\n  name: ,\n};\n')).rejects.toThrow(
      /room\.ts:2:9: Unexpected ","/,
    );
    await expect(loadCode("import fs from 'fs';\nexport const scene = fs;\n")).rejects.toThrow(
      /room\.ts:1:16: Could not resolve "fs"/,
    );
  });

  it('names the scene and the cause when its code fails', async () => {
    const wrap = (body: string): string =>
      `import { Group } from 'three';\nexport const scene = { name: 'x', build: () => { ${body} } };\n`;
    await expect(loadCode(wrap('document.title = "x"; return new Group();'))).rejects.toThrow(
      /room\.ts: build\(\) failed: ReferenceError: document is not defined\. Scenes run in Node too/,
    );
    await expect(loadCode(wrap('return 5;'))).rejects.toThrow(
      'must return a three.js Object3D, got number',
    );
    await expect(
      loadCode(wrap('const g = new Group(); g.position.x = Math.random(); return g;')),
    ).rejects.toThrow('two calls of build() gave different scenes');
    await expect(loadCode("throw new Error('no luck');")).rejects.toThrow(
      'the module cannot be run: Error: no luck',
    );
    await expect(loadCode('export const room = 1;')).rejects.toThrow('found exports: room');
    await expect(
      loadCode("export const scene = { name: '', build: () => 0, colour: 1 };"),
    ).rejects.toThrow(/scene\.name/);
  });

  it('refuses objects without labels', async () => {
    const code = `import { Group, Sprite } from 'three';\nexport const scene = { name: 'x', build: () => new Group().add(new Sprite()) };`;
    await expect(loadCode(code)).rejects.toThrow('node "sprite-1": a Sprite cannot be labelled');
  });
});

describe('uniqueNames', () => {
  it('counts from 2 and passes over names that are taken', () => {
    expect(uniqueNames(['a', 'a', 'a_2', 'a', 'b'])).toEqual(['a', 'a_3', 'a_2', 'a_4', 'b']);
  });
});
