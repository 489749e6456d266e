import { AnimationMixer, Box3, Object3D } from 'three';
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { createGltfIo } from '#node/assets/gltf-document';
import { describeNodes } from '#node/assets/describe-nodes';
import { defaultScene, sceneNodes } from '#node/assets/inspect-model';
import { readRig } from '#node/assets/model-rig';
import { findConfigIssues } from '#shared/config/check-config';
import type { ConfigInput } from '#shared/config/config-schema';
import type { ModelAsset } from '#shared/core/asset-catalogue';
import { multiply, transformPoint } from '#shared/core/matrix';
import { projectPoint } from '#shared/core/pinhole';
import { type ModelRig, poseMatrices, posedExtent } from '#shared/core/rig';
import { invertAffine } from '#shared/core/matrix';
import { planFrame } from '#shared/plan/plan-frame';
import { type RunInputs, sampleScene } from '#shared/sampling/sample-scene';
import type { ObjectSample } from '#shared/sampling/scene-sample';
import { ARM, makeArm, PUFF } from '../../../fixtures/assets/make-arm.ts';
import { CATALOGUE, makeModel, makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

let glb: Uint8Array;
let rig: ModelRig;
let arm: ModelAsset;
beforeAll(async () => {
  glb = await makeArm();
  rig = await readRig(glb, 'arm');
  const document = await (await createGltfIo()).readBinary(glb);
  const { nodes, warnings } = describeNodes(sceneNodes(defaultScene(document)));
  expect(warnings).toEqual([]);
  const rest = posedExtent(rig, [{ nodes: [], weights: [] }]);
  const animations = rig.clips.map(({ name }) => name);
  arm = { ...makeModel({ id: 'arm', category: 'arm', ...rest }), animations, nodes, rig };
});

type Group = NonNullable<ConfigInput['objects']>[string];

function inputsOf(
  animation: object,
  more: Partial<ConfigInput> = {},
  group: object = {},
): RunInputs {
  const placement = { kind: 'scatter', surface: 'floor', yawDegrees: 0 };
  const objects = {
    arms: { categories: ['arm'], count: 1, placement, animation, ...group } as unknown as Group,
  };
  const keypoints = { arm: { names: ['tip'] } };
  const made = makeRunInputs(
    { categories: ['vase', 'arm'], objects, keypoints, ...more },
    makeScene(),
  );
  return { ...made, catalogue: { ...CATALOGUE, models: [arm] } };
}

const objectOf = (inputs: RunInputs, frame = 0): ObjectSample => {
  const [object] = sampleScene(inputs, frame).objects;
  if (!object) throw new Error('nothing was placed');
  return object;
};

/** three's own animation of the file: the box of every vertex, exact. */
async function boxByThree(clip: string, seconds: number): Promise<Box3> {
  const gltf = await new GLTFLoader().parseAsync(glb.slice().buffer, '');
  const root = new Object3D().add(gltf.scene);
  const mixer = new AnimationMixer(gltf.scene);
  const found = gltf.animations.find(({ name }) => name === clip);
  if (!found) throw new Error(`no clip ${clip}`);
  mixer.clipAction(found).play();
  mixer.setTime(seconds);
  root.updateMatrixWorld(true);
  return new Box3().setFromObject(root, true);
}

const close = (values: readonly number[], digits = 6): readonly number[] =>
  values.map((value) => expect.closeTo(value, digits) as number);

describe('a pose of a clip', () => {
  it.each([
    ['bend', 0.3],
    ['bend', 1.4],
    ['hop', 0.99],
    ['hop', 1.5],
    ['swing', 0.7],
    ['swing', 1.6],
  ])(
    '%s at %d s has the bounds that three’s own animation gives it, to the vertex',
    async (clip, timeSeconds) => {
      const { pose } = objectOf(inputsOf({ clip, timeSeconds }));
      const { min, max } = await boxByThree(clip, timeSeconds);
      expect(pose?.clipSeconds).toBe(timeSeconds);
      expect(pose?.bounds.min).toEqual(close(min.toArray()));
      expect(pose?.bounds.max).toEqual(close(max.toArray()));
    },
  );

  it('is drawn by phase over the whole clip, and each frame has its own', () => {
    const inputs = inputsOf({ clip: '*' });
    const poses = Array.from({ length: 60 }, (_, k) => objectOf(inputs, k).pose);
    expect(new Set(poses.map((pose) => pose?.clip))).toEqual(new Set(['bend', 'hop', 'swing']));
    const shares = poses.map((pose) => (pose?.clipSeconds ?? NaN) / (pose?.clip === 'hop' ? 3 : 2));
    expect(Math.min(...shares)).toBeLessThan(0.1);
    expect(Math.max(...shares)).toBeGreaterThan(0.9);
  });

  it('goes on over a sequence at its speed, in the room that it takes at every step', () => {
    const sequence = { frames: 5, framesPerSecond: 2 };
    const inputs = inputsOf({ clip: 'hop', timeSeconds: 0.5, speed: 1.5 }, { sequence, frames: 5 });
    const steps = [0, 1, 2, 3, 4].map((k) => objectOf(inputs, k));
    expect(steps.map(({ pose }) => pose?.clipSeconds)).toEqual(close([0.5, 1.25, 2, 2.75, 0.5]));
    expect(new Set(steps.map(({ position }) => position.join())).size).toBe(1);
    // The hop lifts it by 0.25 m: it stands where its lowest step touches the floor.
    const floor = steps.map(({ pose, position }) => position[1] + (pose?.bounds.min[1] ?? NaN));
    expect(Math.min(...floor)).toBeCloseTo(steps[0]?.position[1] ?? NaN, 6);
  });
});

describe('turns of joints', () => {
  const joints = { elbow: { zDegrees: 30 }, wrist: { xDegrees: 0, yDegrees: 0, zDegrees: 40 } };

  it('put a keypoint where forward kinematics has it, to a hundredth of a pixel', () => {
    const inputs = inputsOf({ joints });
    const sample = sampleScene(inputs, 0);
    const plan = planFrame(inputs, sample);
    const instance = plan.instances.find(({ category }) => category === 'arm');
    // Lengths along y, turned to −x about z: 30° at the elbow, 70° beyond the wrist.
    const sum = (trig: (angle: number) => number): number =>
      (ARM.wrist - ARM.elbow) * trig(Math.PI / 6) +
      (ARM.tip - ARM.wrist) * trig((70 * Math.PI) / 180);
    const expected = [-sum(Math.sin), ARM.elbow + sum(Math.cos), 0] as const;
    const point = instance?.keypoints?.points[0]?.point;
    expect(point).toEqual(close(expected, 12));
    const project = (at: readonly [number, number, number]) =>
      projectPoint(
        plan.camera.intrinsics,
        transformPoint(
          multiply(invertAffine(plan.camera.worldFromCamera), instance?.worldFromObject ?? []),
          at,
        ),
      );
    const [found, wanted] = [project(point ?? [0, 0, 0]), project(expected)];
    expect(
      Math.hypot((found?.x ?? 0) - (wanted?.x ?? 9), (found?.y ?? 0) - (wanted?.y ?? 9)),
    ).toBeLessThan(0.01);
    expect(instance?.bounds).toEqual(sample.objects[0]?.pose?.bounds);
  });

  it('are drawn within the limits that the model states, each axis by itself', () => {
    const inputs = inputsOf({ limitsShare: 0.5 });
    const drawn = Array.from({ length: 200 }, (_, k) => sampleScene(inputs, k).draws);
    const of = (name: string): readonly number[] =>
      drawn.map((draws) => Number(draws[`objects.arms[0].animation.limits.${name}Degrees`]));
    for (const [name, low, high] of [
      ['elbow.z', -45, 45],
      ['elbow.x', -5, 15],
      ['wrist.z', 0, 22.5],
    ] as const) {
      expect(Math.min(...of(name))).toBeGreaterThanOrEqual(low);
      expect(Math.max(...of(name))).toBeLessThanOrEqual(high);
      expect(Math.max(...of(name)) - Math.min(...of(name))).toBeGreaterThan(0.9 * (high - low));
    }
    expect(of('elbow.y').every(Number.isNaN)).toBe(true);
  });

  it('beyond the limits of the model are refused', () => {
    expect(() => objectOf(inputsOf({ joints: { wrist: { zDegrees: 60 } } }))).toThrow(
      'joints.wrist.wrist.zDegrees: expected 0..45, the limits that the model states, drew 60',
    );
  });
});

describe('a morph target', () => {
  it('moves vertices by its weight times its offsets', () => {
    const { pose } = objectOf(inputsOf({ morphTargets: { puff: 0.75 } }));
    // The lid’s right side, 0.1 m from its node at 0.4 m.
    expect(pose?.bounds.max[0]).toBeCloseTo(0.5 + 0.75 * PUFF, 6);
    expect(pose?.weights).toEqual([{ node: expect.any(Number) as number, weights: [0.75] }]);
  });

  it('stands in place of what the clip says', () => {
    const { pose } = objectOf(
      inputsOf({ clip: 'swing', timeSeconds: 1, morphTargets: { puff: 0 } }),
    );
    expect(pose?.weights[0]?.weights).toEqual([0]);
  });
});

it('what is not posed is sampled as before', () => {
  const still = inputsOf({});
  const { objects } = still.config;
  const config = {
    ...still.config,
    objects: { arms: { ...objects['arms'], animation: undefined } },
  };
  const plain = sampleScene({ ...still, config: config as RunInputs['config'] }, 3);
  expect(plain.objects[0]).not.toHaveProperty('pose');
  expect(objectOf(still, 3)).toMatchObject({ position: plain.objects[0]?.position });
});

it('nodes that hang from posed ones go along', () => {
  const pose = objectOf(inputsOf({ clip: 'hop', timeSeconds: 2 })).pose;
  const matrices = poseMatrices(rig, pose ?? { nodes: [], weights: [] });
  const tip = matrices[arm.nodes.findIndex(({ name }) => name === 'tip')];
  expect([tip?.[3], tip?.[7], tip?.[11]]).toEqual(close([0, ARM.tip + 0.25, 0]));
});

describe('an animation is checked', () => {
  const messages = (inputs: RunInputs): readonly string[] =>
    findConfigIssues(inputs.config, inputs).map(({ path, message }) => `${path}: ${message}`);

  it('against every model that it may pose', () => {
    expect(messages(inputsOf({ clip: 'be*', joints: { elbow: {} }, limitsShare: 1 }))).toEqual([]);
    const wrong = { clip: 'walk', joints: { knee: {} }, morphTargets: { smile: 1 } };
    expect(messages(inputsOf(wrong))).toEqual([
      'objects.arms.animation.clip: model "arm" has no clip "walk".',
      'objects.arms.animation.joints.knee: model "arm" has no node "knee".',
      'objects.arms.animation.morphTargets.smile: model "arm" has no morph target "smile".',
    ]);
  });

  it('against what needs a rigid shape', () => {
    const flow = { sequence: { frames: 2 }, outputs: { flow: { forward: 'flo' } } } as const;
    expect(messages(inputsOf({ clip: 'bend' }, flow as Partial<ConfigInput>))).toEqual([
      'objects.arms.animation: expected nothing that bends where outputs.flow is asked for, found a clip that plays.',
    ]);
    expect(messages(inputsOf({ clip: 'bend', speed: 0 }, flow as Partial<ConfigInput>))).toEqual(
      [],
    );
    const drop = { placement: { kind: 'drop', surface: 'floor' } };
    expect(messages(inputsOf({}, {}, drop))).toEqual([
      'objects.arms.animation: expected objects that fall to keep the shape of their file, found an animation.',
    ]);
  });
});
