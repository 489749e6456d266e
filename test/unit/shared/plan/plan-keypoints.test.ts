import { describe, expect, it } from 'vitest';
import type { DescribedNode, SceneDescription } from '#shared/config/scene-description';
import type { Mat4, Vec3 } from '#shared/core/geometry';
import { transformPoint } from '#shared/core/matrix';
import type { FramePlan } from '#shared/plan/frame-plan';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene } from '#shared/sampling/sample-scene';
import { makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

function planOf(inputs: ReturnType<typeof makeRunInputs>): FramePlan {
  return planFrame(inputs, sampleScene(inputs, 0));
}

const scaling = (s: number, [x, y, z]: Vec3): Mat4 => [
  ...[s, 0, 0, x],
  ...[0, s, 0, y],
  ...[0, 0, s, z],
  ...[0, 0, 0, 1],
];

const member = (
  index: number,
  parent: number,
  more: Pick<DescribedNode, 'name' | 'worldFromNode'> & Partial<DescribedNode>,
): DescribedNode => ({
  content: { kind: 'member', index, parent },
  bounds: { min: [-1, -1, -1], max: [1, 1, 1] },
  surface: false,
  castShadow: true,
  receiveShadow: true,
  ...more,
});

/** A pot with a lid on it, both under one group; the lid is a labelled post of its own. */
const POT: SceneDescription = {
  ...makeScene(),
  source: { kind: 'gltf', path: 'pot.glb', sha256: 'p', resource: 'p' },
  nodes: [
    member(0, -1, { name: 'scene', worldFromNode: scaling(1, [0, 0, 0]) }),
    member(1, 0, { name: 'pot', worldFromNode: scaling(2, [1, 0, 0]), category: 'vase' }),
    member(2, 1, { name: 'spout', worldFromNode: scaling(2, [2, 1, 0]), keypoint: 'spout' }),
    member(3, 1, { name: 'lid', worldFromNode: scaling(2, [1, 2, 0]), category: 'post' }),
    member(4, 3, { name: 'knob', worldFromNode: scaling(2, [1, 3, 0]), keypoint: 'knob' }),
  ],
};

describe('keypoints of a plan', () => {
  it('come with the instances of categories that have them', () => {
    const plan = planOf(
      makeRunInputs({
        objects: {
          crates: {
            categories: ['crate'],
            count: 1,
            placement: { kind: 'scatter', surface: 'table' },
          },
        },
        keypoints: {
          vase: { names: ['neck', 'lid'], points: { neck: [0, 0.15, 0], lid: 'none' } },
        },
      }),
    );
    const [vase, crate] = plan.instances;
    expect(vase?.keypoints).toEqual({
      selfOcclusionMeters: 0,
      points: [
        { name: 'neck', point: [0, 0.15, 0] },
        { name: 'lid', point: null },
      ],
    });
    expect(crate?.category).toBe('crate');
    expect(crate).not.toHaveProperty('keypoints');
  });

  it('are origins of the members that belong to an instance, in its frame before scale', () => {
    const plan = planOf(
      makeRunInputs(
        { keypoints: { vase: { names: ['spout', 'foot'], points: { foot: { node: 'pot' } } } } },
        POT,
      ),
    );
    const [pot] = plan.instances;
    expect(pot?.scale).toEqual([2, 2, 2]);
    // Spout minus pot is (1, 1, 0), at a scale of 2.
    expect(pot?.keypoints?.points).toEqual([
      { name: 'spout', point: [0.5, 0.5, 0] },
      { name: 'foot', point: [0, 0, 0] },
    ]);
  });

  it('do not reach into instances below', () => {
    const inputs = makeRunInputs({ keypoints: { vase: { names: ['knob'] } } }, POT);
    expect(() => planOf(inputs)).toThrow('keypoints.vase: "pot" has no keypoint "knob"');
  });

  it('follow members that the config moves, and what hangs on them', () => {
    const plan = planOf(
      makeRunInputs(
        {
          nodes: {
            pot: { yawDegrees: 90, offsetMeters: [0, 0, 5] },
            spout: { offsetMeters: [0, 4, 0] },
          },
          keypoints: { vase: { names: ['spout'] }, post: { names: ['knob'] } },
        },
        POT,
      ),
    );
    const [pot, lid] = plan.instances;
    const worldOf = (instance: typeof pot): readonly number[] => {
      const [x = NaN, y = NaN, z = NaN] = instance?.keypoints?.points[0]?.point ?? [];
      return transformPoint(instance?.worldFromObject ?? [], [x * 2, y * 2, z * 2]);
    };
    const near = (...values: number[]) => values.map((v) => expect.closeTo(v, 12) as number);
    // A quarter turn about +Y takes the spout's offset (1, 1, 0) to (0, 1, −1); it is then lifted by 4.
    expect(worldOf(pot)).toEqual(near(1, 5, 4));
    expect(pot?.keypoints?.points[0]?.point).toEqual(near(0.5, 2.5, 0));
    // The lid goes along with the pot that it stands on.
    expect(transformPoint(lid?.worldFromObject ?? [], [0, 0, 0])).toEqual(near(1, 2, 5));
    expect(worldOf(lid)).toEqual(near(1, 3, 5));
    // The page is told of what moves by itself alone; the rest follows in its graph.
    const moved = plan.stage?.members.filter(({ worldFromNode }) => worldFromNode !== null);
    expect(moved?.map(({ name }) => name)).toEqual(['pot', 'spout']);
    expect(moved?.[1]?.worldFromNode?.filter((_, i) => i % 4 === 3)).toEqual(near(1, 5, 4, 1));
  });
});
