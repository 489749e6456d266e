import { Bone, BufferGeometry, DetachedBindMode, Float32BufferAttribute, Group } from 'three';
import { Skeleton, SkinnedMesh, Uint16BufferAttribute } from 'three';
import { expect, it } from 'vitest';
import { describeCodeGraph } from '#node/scene/describe-code-scene';
import { describeGltfScene } from '#node/scene/describe-gltf-scene';
import type { DescribedNode } from '#shared/config/scene-description';
import { makeBoxDocument } from '../../../fixtures/assets/make-model.ts';

const skins = (nodes: readonly DescribedNode[]) => nodes.map(({ name, joints }) => [name, joints]);

it('the joints of a glTF skin are named by their places in the walk', () => {
  const document = makeBoxDocument();
  const root = document.getRoot();
  const [box] = root.listNodes();
  const primitive = root.listMeshes()[0]?.listPrimitives()[0];
  const count = primitive?.getAttribute('POSITION')?.getCount() ?? 0;
  const attribute = (array: Uint8Array | Float32Array) =>
    document.createAccessor().setType('VEC4').setArray(array);
  primitive
    ?.setAttribute('JOINTS_0', attribute(new Uint8Array(count * 4)))
    .setAttribute('WEIGHTS_0', attribute(new Float32Array(count * 4).map((_, i) => +(i % 4 < 1))));
  const knee = document.createNode('knee');
  const hip = document.createNode('hip').addChild(knee);
  root.getDefaultScene()?.addChild(hip);
  box?.setSkin(document.createSkin().addJoint(knee).addJoint(hip));
  expect(skins(describeGltfScene(document, 'figure.glb').parts.nodes)).toEqual([
    ['Scene', undefined],
    ['Box', [3, 2]],
    ['hip', undefined],
    ['knee', undefined],
  ]);
});

it('so are the bones of a code scene; a detached mesh has none that it may move with', () => {
  const geometry = new BufferGeometry()
    .setAttribute('position', new Float32BufferAttribute([0, 0, 0, 1, 0, 0, 0, 1, 0], 3))
    .setAttribute('skinIndex', new Uint16BufferAttribute(new Array(12).fill(0), 4))
    .setAttribute(
      'skinWeight',
      new Float32BufferAttribute([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0], 4),
    );
  const bone = new Bone();
  bone.name = 'hip';
  const elsewhere = new Bone();
  const skeleton = new Skeleton([bone, elsewhere]);
  const [attached, detached] = ['attached', 'detached'].map((name) => {
    const mesh = new SkinnedMesh(geometry);
    mesh.name = name;
    mesh.bind(skeleton);
    return mesh;
  });
  const root = new Group();
  root.name = 'figure';
  if (attached) root.add(attached);
  if (detached) root.add(detached);
  if (detached) detached.bindMode = DetachedBindMode;
  root.add(bone);
  expect(skins(describeCodeGraph(root, 'figure.ts'))).toEqual([
    ['figure', undefined],
    ['attached', [3, -1]],
    ['detached', [-1]],
    ['hip', undefined],
  ]);
});
