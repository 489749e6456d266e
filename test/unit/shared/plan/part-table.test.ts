import { describe, expect, it } from 'vitest';
import { findConfigIssues } from '#shared/config/check-config';
import type { ConfigInput } from '#shared/config/config-schema';
import type { DescribedNode, SceneDescription } from '#shared/config/scene-description';
import type { ModelNode } from '#shared/core/asset-catalogue';
import { formatIssue } from '#shared/core/errors';
import { IDENTITY } from '#shared/core/matrix';
import { partTable } from '#shared/plan/part-table';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene, type RunInputs } from '#shared/sampling/sample-scene';
import { CATALOGUE, makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

const NODES: readonly ModelNode[] = [
  { name: 'Body', parent: -1, origin: [0, 0, 0] },
  { name: 'Handle.L', parent: 0, origin: [0, 0, 0] },
  { name: 'Handle.R', parent: 0, origin: [0, 0, 0], part: 'grip' },
  { name: 'Wheel', parent: 0, origin: [0, 0, 0], part: 'wheel' },
];

const OBJECTS: NonNullable<ConfigInput['objects']> = {
  crates: { categories: ['crate'], count: 1, placement: { kind: 'scatter', surface: 'table' } },
  rocks: {
    assets: ['post-*'],
    labelled: false,
    count: 1,
    placement: { kind: 'scatter', surface: 'table' },
  },
};

function inputsOf(changes: Partial<ConfigInput> = {}, scene?: SceneDescription): RunInputs {
  const inputs = makeRunInputs({ objects: OBJECTS, ...changes }, scene);
  const models = CATALOGUE.models.map((model) =>
    ['crate-1', 'post-1'].includes(model.id) ? { ...model, nodes: NODES } : model,
  );
  return { ...inputs, catalogue: { ...CATALOGUE, models } };
}

const member = (
  index: number,
  parent: number,
  more: Pick<DescribedNode, 'name'> & Partial<DescribedNode>,
): DescribedNode => ({
  content: { kind: 'member', index, parent },
  worldFromNode: IDENTITY,
  bounds: { min: [-1, -1, -1], max: [1, 1, 1] },
  surface: false,
  castShadow: true,
  receiveShadow: true,
  ...more,
});

describe('partTable', () => {
  it('numbers parts by category, those of the config first, then those of extras by name', () => {
    const inputs = inputsOf({ parts: { crate: { shell: ['Body'], front: ['Wheel'] } } });
    expect(partTable(inputs).parts).toEqual([
      { partId: 1, categoryId: 2, name: 'shell' },
      { partId: 2, categoryId: 2, name: 'front' },
      // The wheel is a front, as the config says; distractors have no parts.
      { partId: 3, categoryId: 2, name: 'grip' },
    ]);
    expect(partTable(inputs)).toBe(partTable(inputs));
    expect(partTable(makeRunInputs({ objects: OBJECTS })).parts).toEqual([]);
  });

  it('is laid on the nodes of models, and leaves distractors alone', () => {
    const inputs = inputsOf({ parts: { crate: { handle: ['Handle*'] } } });
    const plans = Array.from({ length: 20 }, (_, frame) =>
      planFrame(inputs, sampleScene(inputs, frame)),
    );
    const crate = plans
      .flatMap(({ nodes }) => nodes)
      .find((node) => node.kind === 'model' && node.resource === 'sha256-of-crate-1');
    expect(crate).toMatchObject({
      parts: [
        { node: 1, partId: 1 },
        { node: 2, partId: 1 },
        { node: 3, partId: 2 },
      ],
    });
    for (const { nodes, parts } of plans) {
      expect(parts).toHaveLength(2);
      const post = nodes.find((node) => node.kind === 'model' && node.resource.includes('post'));
      expect(post).not.toHaveProperty('parts');
    }
  });

  it('is laid on the members that an instance owns', () => {
    const scene: SceneDescription = {
      ...makeScene(),
      source: { kind: 'gltf', path: 'pot.glb', sha256: 'p', resource: 'p' },
      nodes: [
        member(0, -1, { name: 'scene' }),
        member(1, 0, { name: 'pot', category: 'vase' }),
        member(2, 1, { name: 'spout', part: 'spout' }),
        member(3, 1, { name: 'lid', category: 'post' }),
        member(4, 3, { name: 'knob', part: 'knob' }),
        member(5, 0, { name: 'spare', part: 'spout' }),
      ],
    };
    const inputs = { ...makeRunInputs({}, scene) };
    const { parts, stage } = planFrame(inputs, sampleScene(inputs, 0));
    expect(parts).toEqual([
      { partId: 1, categoryId: 1, name: 'knob' },
      { partId: 2, categoryId: 4, name: 'spout' },
    ]);
    expect(stage?.members.map(({ name, partId }) => [name, partId])).toEqual([
      ['scene', undefined],
      ['pot', undefined],
      ['spout', 2],
      ['lid', undefined],
      ['knob', 1],
      ['spare', undefined],
    ]);
  });
});

describe('parts of a config', () => {
  const problems = (parts: NonNullable<ConfigInput['parts']>): readonly string[] => {
    const { config, scene, catalogue } = inputsOf({ parts });
    return findConfigIssues(config, { scene, catalogue }).map(formatIssue);
  };

  it('are good where each pattern finds a node', () => {
    expect(problems({ crate: { handle: ['Handle.*'], front: ['Wheel'] } })).toEqual([]);
  });

  it('are refused with their places', () => {
    expect(
      problems({
        crat: { a: ['Body'] },
        crate: { handle: ['Handle*', 'Weel'], left: ['*.L'] },
      }),
    ).toEqual([
      'test: parts.crat: unknown category "crat". Did you mean "crate"?',
      'test: parts.crate.handle[1]: no node of the category matches "Weel". Did you mean "Wheel"?',
      'test: parts.crate: expected each node in one part, found "Handle.L" in "handle", "left"',
    ]);
  });
});
