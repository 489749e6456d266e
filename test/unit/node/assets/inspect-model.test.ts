import { Document } from '@gltf-transform/core';
import { EXTMeshGPUInstancing } from '@gltf-transform/extensions';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectModelFile } from '#node/assets/inspect-model';
import {
  addBox,
  editGlbJson,
  makeBoxDocument,
  makeDracoBox,
  makeMeshoptBox,
  toGlb,
} from '../../../fixtures/assets/make-model.ts';

async function inspectBytes(bytes: Uint8Array | string, name = 'model.glb') {
  const dir = await mkdtemp(join(tmpdir(), 'diorama-inspect-'));
  await writeFile(join(dir, name), bytes);
  return inspectModelFile(join(dir, name), dir);
}

const near = (values: readonly number[], digits = 6) =>
  values.map((v) => expect.closeTo(v, digits) as number);

describe('inspectModelFile', () => {
  it('measures a shifted box', async () => {
    const facts = await inspectBytes(await toGlb(makeBoxDocument()));
    expect(facts.bounds.min).toEqual(near([0.9, 0.3, -0.3]));
    expect(facts.bounds.max).toEqual(near([1.1, 0.7, 0.3]));
    expect(facts).toMatchObject({
      triangles: 12,
      vertices: 8,
      nodes: [{ name: 'Box', parent: -1, origin: [1, 0.5, 0] }],
      materialNames: ['paint'],
      hasUvs: false,
      animations: [],
      extensions: [],
      warnings: [],
    });
    expect(facts.footprint).toEqual(
      [
        [0.9, -0.3],
        [0.9, 0.3],
        [1.1, 0.3],
        [1.1, -0.3],
      ].map((p) => near(p)),
    );
  });

  it('applies nested transforms, and counts only the default scene', async () => {
    const document = makeBoxDocument();
    const parent = document
      .createNode('Parent')
      .setScale([2, 2, 2])
      .setRotation([0, Math.SQRT1_2, 0, Math.SQRT1_2]);
    const box = document.getRoot().listNodes()[0];
    if (box) parent.addChild(box);
    document.getRoot().getDefaultScene()?.addChild(parent);
    document.createScene('Other').addChild(addBox(document, 'Elsewhere', [50, 50, 50]));
    const facts = await inspectBytes(await toGlb(document));
    // A quarter turn about +Y takes +x to −z.
    expect(facts.bounds.min).toEqual(near([-0.6, 0.6, -2.2]));
    expect(facts.bounds.max).toEqual(near([0.6, 1.4, -1.8]));
    expect(facts.triangles).toBe(12);
  });

  it('knows where every node is, joints included, and which are keypoints', async () => {
    const document = makeBoxDocument();
    const [box] = document.getRoot().listNodes();
    const hip = document.createNode('Hip').setTranslation([0, 1, 0]).setScale([2, 2, 2]);
    const knee = document.createNode('Knee').setTranslation([0, -0.25, 0.1]);
    hip.addChild(knee.setExtras({ keypoint: 'knee', part: 'shin' }));
    const skin = document.createSkin().addJoint(hip).addJoint(knee);
    box?.setSkin(skin).setExtras({ keypoint: 7 });
    const inverse = new Float32Array(32);
    for (const at of [0, 5, 10, 15, 16, 21, 26, 31]) inverse[at] = 1;
    skin.setInverseBindMatrices(
      document
        .createAccessor()
        .setType('MAT4')
        .setArray(inverse)
        .setBuffer(document.getRoot().listBuffers()[0] ?? null),
    );
    const vertices = { JOINTS_0: new Uint8Array(32), WEIGHTS_0: new Float32Array(32) };
    for (let i = 0; i < 32; i += 4) vertices.WEIGHTS_0[i] = 1;
    for (const [name, array] of Object.entries(vertices)) {
      const accessor = document.createAccessor().setType('VEC4').setArray(array);
      accessor.setBuffer(document.getRoot().listBuffers()[0] ?? null);
      box?.getMesh()?.listPrimitives()[0]?.setAttribute(name, accessor);
    }
    document.getRoot().getDefaultScene()?.addChild(hip);
    const facts = await inspectBytes(await toGlb(document));
    expect(facts.nodes).toEqual([
      { name: 'Box', parent: -1, origin: [1, 0.5, 0] },
      { name: 'Hip', parent: -1, origin: [0, 1, 0] },
      { name: 'Knee', parent: 1, origin: near([0, 0.5, 0.2]), keypoint: 'knee', part: 'shin' },
    ]);
    expect(facts.warnings).toContain(
      'node "Box" has extras.keypoint 7, which is no text and means nothing',
    );
  });

  it('counts instances, and their places', async () => {
    const document = makeBoxDocument();
    const extension = document.createExtension(EXTMeshGPUInstancing);
    const offsets = document
      .createAccessor()
      .setType('VEC3')
      .setArray(new Float32Array([0, 0, 0, 4, 0, 0]))
      .setBuffer(document.getRoot().listBuffers()[0] ?? null);
    document
      .getRoot()
      .listNodes()[0]
      ?.setExtension(
        'EXT_mesh_gpu_instancing',
        extension.createInstancedMesh().setAttribute('TRANSLATION', offsets),
      );
    const facts = await inspectBytes(await toGlb(document));
    expect(facts.triangles).toBe(24);
    expect(facts.bounds.max).toEqual(near([5.1, 0.7, 0.3]));
  });

  it('follows joints instead of the node for a skinned mesh', async () => {
    const document = makeBoxDocument();
    const buffer = document.getRoot().listBuffers()[0] ?? null;
    const node = document.getRoot().listNodes()[0];
    const joint = document.createNode('Joint').setTranslation([0, 10, 0]);
    const primitive = node?.getMesh()?.listPrimitives()[0];
    const joints = new Uint8Array(32);
    const weights = Float32Array.from({ length: 32 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    primitive?.setAttribute(
      'JOINTS_0',
      document.createAccessor().setType('VEC4').setArray(joints).setBuffer(buffer),
    );
    primitive?.setAttribute(
      'WEIGHTS_0',
      document.createAccessor().setType('VEC4').setArray(weights).setBuffer(buffer),
    );
    node?.setSkin(document.createSkin().addJoint(joint));
    document.getRoot().getDefaultScene()?.addChild(joint);
    const facts = await inspectBytes(await toGlb(document));
    expect(facts.bounds.min).toEqual(near([-0.1, 9.8, -0.3]));
    expect(facts.bounds.max).toEqual(near([0.1, 10.2, 0.3]));
  });

  it.each([
    ['Draco', makeDracoBox],
    ['meshopt', makeMeshoptBox],
  ])('sees into %s', async (_name, make) => {
    const facts = await inspectBytes(await make());
    expect(facts.bounds.min).toEqual(near([0.9, 0.3, -0.3], 3));
    expect(facts.bounds.max).toEqual(near([1.1, 0.7, 0.3], 3));
    expect(facts.triangles).toBe(12);
  });

  it('takes the category from extras, licence and author from asset.extras', async () => {
    const document = makeBoxDocument();
    document.getRoot().listNodes()[0]?.setExtras({ category: 'crate' });
    Object.assign(document.getRoot().getAsset(), {
      extras: { license: 'CC-BY-4.0', author: 'A. Maker' },
    });
    const facts = await inspectBytes(await toGlb(document));
    expect(facts).toMatchObject({ category: 'crate', license: 'CC-BY-4.0', author: 'A. Maker' });
  });
});

describe('inspectModelFile refuses', () => {
  it('a file cut short', async () => {
    const glb = await toGlb(makeBoxDocument());
    await expect(inspectBytes(glb.subarray(0, glb.length - 40))).rejects.toThrow(
      /expected \d+ bytes as its header says, found \d+/,
    );
  });

  it('another magic, and nothing at all', async () => {
    await expect(inspectBytes('PK\x03\x04 this is a zip archive')).rejects.toThrow(
      'not a GLB file: expected it to begin with "glTF", found bytes 504b0304',
    );
    await expect(inspectBytes('')).rejects.toThrow('not a GLB file');
  });

  it('NaN in the vertices', async () => {
    const document = makeBoxDocument();
    const array = document.getRoot().listAccessors()[0]?.getArray() as Float32Array | undefined;
    if (array) array[4] = NaN;
    await expect(inspectBytes(await toGlb(document))).rejects.toThrow(/invalid glTF: .*ACCESSOR_/);
  });

  it('NaN that the validator cannot see, inside Draco', async () => {
    const { draco } = await import('@gltf-transform/functions');
    const document = makeBoxDocument();
    const [node] = document.getRoot().listNodes();
    const accessor = node?.getMesh()?.listPrimitives()[0]?.getAttribute('POSITION');
    (accessor?.getArray() as Float32Array | undefined)?.fill(NaN, 3, 4);
    await document.transform(draco({ quantizePosition: 0 }));
    const glb = editGlbJson(await toGlb(document), (json) => {
      for (const accessor of json['accessors'] as {
        min?: unknown;
        max?: unknown;
        type: string;
      }[]) {
        if (accessor.type === 'VEC3')
          Object.assign(accessor, { min: [-1, -1, -1], max: [1, 1, 1] });
      }
    });
    await expect(inspectBytes(glb)).rejects.toThrow('bounds are not finite');
  });

  it('a model without geometry, and one without a scene', async () => {
    const empty = new Document();
    empty.getRoot().setDefaultScene(empty.createScene().addChild(empty.createNode('Nothing')));
    await expect(inspectBytes(await toGlb(empty))).rejects.toThrow('it has no geometry');
    await expect(inspectBytes('{"asset":{"version":"2.0"}}', 'model.gltf')).rejects.toThrow(
      'it has no scene',
    );
  });

  it('an extension that it requires and nobody supports, by name', async () => {
    const glb = editGlbJson(await toGlb(makeBoxDocument()), (json) => {
      Object.assign(json, {
        extensionsUsed: ['EXT_far_future'],
        extensionsRequired: ['EXT_far_future'],
      });
    });
    await expect(inspectBytes(glb)).rejects.toThrow('requires the glTF extension EXT_far_future');
  });

  it('JSON of another shape', async () => {
    const glb = editGlbJson(await toGlb(makeBoxDocument()), (json) => {
      json['meshes'] = 5;
    });
    await expect(inspectBytes(glb)).rejects.toThrow('its glTF JSON is malformed');
  });

  it('KTX2 textures', async () => {
    const glb = editGlbJson(await toGlb(makeBoxDocument()), (json) => {
      Object.assign(json, { extensionsUsed: ['KHR_texture_basisu'] });
    });
    await expect(inspectBytes(glb)).rejects.toThrow('KTX2');
  });

  it('counts beyond the limits, before it decodes them', async () => {
    const glb = editGlbJson(await toGlb(makeBoxDocument()), (json) => {
      const accessors = json['accessors'] as { count: number; type: string }[];
      for (const accessor of accessors) if (accessor.type === 'SCALAR') accessor.count = 90_000_000;
    });
    await expect(inspectBytes(glb)).rejects.toThrow('30000000 triangles; at most 20000000');
  });

  it('files outside the asset folder', async () => {
    const text = (uri: string): string =>
      JSON.stringify({
        asset: { version: '2.0' },
        buffers: [{ uri, byteLength: 4 }],
        scenes: [{}],
      });
    await expect(inspectBytes(text('../secret.bin'), 'm.gltf')).rejects.toThrow(
      '"../secret.bin", which lies outside the asset folder',
    );
    await expect(inspectBytes(text('%2e%2e/secret.bin'), 'm.gltf')).rejects.toThrow('lies outside');
    await expect(inspectBytes(text('/etc/hostname'), 'm.gltf')).rejects.toThrow(
      'is not a relative path',
    );
    await expect(inspectBytes(text('file:///etc/hostname'), 'm.gltf')).rejects.toThrow(
      'is not a relative path',
    );
    await expect(inspectBytes(text('gone.bin'), 'm.gltf')).rejects.toThrow('does not exist');
  });
});
