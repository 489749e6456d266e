import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import type { DescribedNode, SceneDescription } from '#shared/config/scene-description';
import type { Vec3 } from '#shared/core/geometry';
import { compose, transformPoint } from '#shared/core/matrix';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene } from '#shared/sampling/sample-scene';
import { heightsOf, planOf } from '../../../makers/ground-oracle.ts';
import { makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

type Member = Readonly<{ name: string; parent: number; at: Vec3; more?: Partial<DescribedNode> }>;

const boundsAround = (x: number, y: number, z: number): DescribedNode['bounds'] => ({
  min: [-x, -y, -z],
  max: [x, y, z],
});

/** A glTF scene: a desk whose board is a surface, a labelled lamp on the board, and a rug beside it. */
const GRAPH: readonly Member[] = [
  { name: 'root', parent: -1, at: [0, 0, 0] },
  { name: 'desk', parent: 0, at: [1, 0, 0] },
  {
    name: 'board',
    parent: 1,
    at: [1, 0.7, 0.2],
    more: { surface: true, bounds: boundsAround(0.6, 0.02, 0.4) },
  },
  {
    name: 'lamp',
    parent: 2,
    at: [1.4, 0.9, 0.2],
    more: { category: 'vase', bounds: boundsAround(0.1, 0.18, 0.1) },
  },
  { name: 'rug', parent: 0, at: [0, 0, 5], more: { bounds: boundsAround(1, 0.01, 1) } },
];

function graphScene(): SceneDescription {
  const nodes = GRAPH.map(({ name, parent, at, more }, index): DescribedNode => ({
    name,
    content: { kind: 'member', index, parent },
    worldFromNode: compose(at, [1, 0, 0, 0], [1, 1, 1]),
    bounds: null,
    surface: false,
    castShadow: true,
    receiveShadow: true,
    ...more,
  }));
  const source = { kind: 'gltf', path: 'desk.glb', sha256: 'a', resource: 'a' } as const;
  return { ...makeScene(), source, nodes, lights: {} };
}

const planWith = (changes: Partial<ConfigInput>) => {
  const inputs = makeRunInputs(changes, graphScene());
  const sample = sampleScene(inputs, 0);
  return { sample, plan: planFrame(inputs, sample) };
};
const originIn = (matrix: readonly number[] | null | undefined): Vec3 =>
  transformPoint(matrix ?? [], [0, 0, 0]);
const expectAt = (found: Vec3, expected: Vec3): void =>
  found.forEach((v, i) => expect(v).toBeCloseTo(expected[i] ?? NaN, 12));
const crates: ConfigInput['objects'] = {
  g: {
    categories: ['crate'],
    count: 3,
    scale: 0.5,
    placement: { kind: 'scatter', surface: 'board' },
  },
};

describe('nodes of a scene graph', () => {
  it('carry what hangs from them: labels, surfaces and shadow follow a moved parent', () => {
    const nodes = { desk: { offsetMeters: [2, 1, 0], yawDegrees: 90 } } as ConfigInput['nodes'];
    const { sample, plan } = planWith({ nodes, objects: crates });
    // About the desk's origin (1, 0, 0): from (0.4, 0.9, 0.2) beside it to (0.2, 0.9, −0.4), then moved.
    expectAt(originIn(plan.instances[0]?.worldFromObject), [3.2, 1.9, -0.4]);
    for (const object of sample.objects) {
      expect(heightsOf(object)[0]).toBeCloseTo(1.72, 9);
      // The board, turned by a quarter about (3, 0): 0.8 × 1.2 about (3.2, 0).
      for (const [x, z] of planOf(object)) {
        expect(Math.abs(x - 3.2)).toBeLessThan(0.4);
        expect(Math.abs(z)).toBeLessThan(0.6);
      }
    }
    // The page moves the desk alone; what hangs from it goes along there by itself.
    const moved = plan.stage?.members.filter(({ worldFromNode }) => worldFromNode !== null);
    expect(moved?.map(({ name }) => name)).toEqual(['desk']);
    expectAt(originIn(moved?.[0]?.worldFromNode), [3, 1, 0]);
    // Rug at the other end and lamp at this one.
    expect(plan.shadowBounds.center[2]).toBeGreaterThan(2);
  });

  it('add their own move to that of their parent', () => {
    const nodes = {
      desk: { offsetMeters: [0, 1, 0], yawDegrees: 180 },
      lamp: { offsetMeters: [0.5, 0, 0], yawDegrees: 90 },
    } as ConfigInput['nodes'];
    const { plan } = planWith({ nodes });
    // (1.4 + 0.5, 0.9, 0.2), turned by half about x = 1, z = 0, and lifted.
    expectAt(originIn(plan.instances[0]?.worldFromObject), [0.1, 1.9, -0.2]);
    expectAt(originIn(plan.stage?.members[3]?.worldFromNode), [0.1, 1.9, -0.2]);
    const front = transformPoint(plan.instances[0]?.worldFromObject ?? [], [0, 0, 1]);
    expectAt(front, [-0.9, 1.9, -0.2]);
  });

  it('turn about their own origins as a rotation says, then about the vertical', () => {
    const nodes = {
      desk: { rotation: [90, 0, 0], yawDegrees: 90 },
    } as ConfigInput['nodes'];
    const { sample, plan } = planWith({ nodes });
    // (0.4, 0.9, 0.2) beside the desk: about x to (0.4, −0.2, 0.9), about y to (0.9, −0.2, −0.4).
    expectAt(originIn(plan.instances[0]?.worldFromObject), [1.9, -0.2, -0.4]);
    expectAt(originIn(plan.stage?.members[1]?.worldFromNode), [1, 0, 0]);
    const still = planWith({ nodes: { desk: { yawDegrees: 90 } } }).sample;
    expect(still.nodes.some((node) => 'rotation' in node)).toBe(false);
    expect(sample.nodes[1]?.rotation?.[0]).toBeCloseTo(Math.SQRT1_2, 14);
  });

  it('hide what hangs from them: no label, no obstacle, no surface, no shadow', () => {
    const nodes = { desk: { visible: false } } as ConfigInput['nodes'];
    const { plan } = planWith({ nodes });
    expect(plan.instances).toEqual([]);
    expect(plan.stage?.members.map(({ visible }) => visible)).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
    expectAt(plan.shadowBounds.center, [0, 0, 5]);
    expect(() => planWith({ nodes, objects: crates })).toThrow(
      'surface "board" is hidden in this frame',
    );
  });
});
