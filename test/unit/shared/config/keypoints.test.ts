import { describe, expect, it } from 'vitest';
import { findConfigIssues } from '#shared/config/check-config';
import { keypointListSchema } from '#shared/config/keypoints-schema';
import { resolveKeypoints } from '#shared/config/resolve-keypoints';
import type { ConfigInput } from '#shared/config/config-schema';
import type { ModelNode } from '#shared/core/asset-catalogue';
import { formatIssue } from '#shared/core/errors';
import { makeRunInputs } from '../../../makers/make-run-inputs.ts';

const NODES: readonly ModelNode[] = [
  { name: 'Body', parent: -1, origin: [0, 0.1, 0] },
  { name: 'Handle', parent: 0, origin: [0.05, 0.04, 0], keypoint: 'handle' },
  { name: 'Bolt', parent: 0, origin: [0, 0, 1] },
  { name: 'Bolt', parent: 0, origin: [0, 0, 2] },
];

function resolve(list: unknown, name = 'mug-1', nodes = NODES) {
  return resolveKeypoints(keypointListSchema.parse(list), { name, nodes });
}

describe('resolveKeypoints', () => {
  it('takes points, node origins with an offset, and what extras mark, in the order of the names', () => {
    const { keypoints, faults } = resolve({
      names: ['handle', 'base', 'rim', 'lid'],
      points: {
        base: [0, 0, 0],
        rim: { node: 'Body', offsetMeters: [0.01, 0.5, -1] },
        lid: 'none',
      },
    });
    expect(faults).toEqual([]);
    expect(keypoints).toEqual([
      { name: 'handle', point: [0.05, 0.04, 0] },
      { name: 'base', point: [0, 0, 0] },
      { name: 'rim', point: [0.01, 0.6, -1] },
      { name: 'lid', point: null },
    ]);
  });

  it('prefers what is said of the asset to what is said of all, and the last pattern to those before', () => {
    const list = {
      names: ['handle', 'base'],
      points: { handle: [9, 9, 9], base: [1, 1, 1] },
      assets: {
        'mug-*': { handle: [2, 2, 2], base: [3, 3, 3] },
        'mug-1': { handle: { node: 'Handle' } },
        'cup-*': { base: [4, 4, 4] },
      },
    };
    expect(resolve(list).keypoints.map(({ point }) => point)).toEqual([
      [0.05, 0.04, 0],
      [3, 3, 3],
    ]);
    expect(resolve(list, 'cup-7').keypoints.map(({ point }) => point)).toEqual([
      [9, 9, 9],
      [4, 4, 4],
    ]);
  });

  it('tells what it cannot find, and where it was asked for', () => {
    const { faults } = resolve({
      names: ['a', 'b', 'c', 'constructor'],
      points: { a: { node: 'Handel' } },
      assets: { 'mug-*': { b: { node: 'Bolt' } } },
    });
    expect(faults.map(({ path, message }) => [path, message])).toEqual([
      [['points', 'a', 'node'], '"mug-1" has no node "Handel"'],
      [['assets', 'mug-*', 'b', 'node'], '"mug-1" has 2 nodes "Bolt"; expected one'],
      [['names', 2], '"mug-1" has no keypoint "c"'],
      [['names', 3], '"mug-1" has no keypoint "constructor"'],
    ]);
    expect(faults[0]?.suggestion).toBe('Did you mean "Handle"?');
    const twice = NODES.map((node) => ({ ...node, keypoint: 'a' }));
    expect(resolve({ names: ['a'] }, 'mug-1', twice).faults[0]?.message).toBe(
      '"mug-1" has several keypoints "a", at the nodes "Body", "Handle", "Bolt", "Bolt"; expected one',
    );
  });
});

describe('keypoints of a config', () => {
  const CRATES: NonNullable<ConfigInput['objects']> = {
    crates: {
      categories: ['crate'],
      count: 2,
      placement: { kind: 'scatter', surface: 'table' },
    },
  };
  const problems = (keypoints: NonNullable<ConfigInput['keypoints']>): readonly string[] => {
    const { config, scene, catalogue } = makeRunInputs({ objects: CRATES, keypoints });
    return findConfigIssues(config, { scene, catalogue }).map(formatIssue);
  };

  it('are good where every object that may be labelled has each point', () => {
    expect(
      problems({
        crate: {
          names: ['top', 'bottom'],
          skeleton: [['top', 'bottom']],
          points: { bottom: [0, 0, 0] },
          assets: { 'crate-*': { top: [0, 0.1, 0] } },
        },
        vase: {
          names: ['neck'],
          points: { neck: 'none' },
          assets: { vase: { neck: [0, 0.1, 0] } },
        },
        // Nothing draws wedges.
        wedge: { names: ['tip'] },
      }),
    ).toEqual([]);
  });

  it('are refused with their places', () => {
    expect(
      problems({
        crat: { names: ['a'] },
        crate: {
          names: ['top', 'top', 'side'],
          skeleton: [['top', 'sides']],
          points: { toop: [0, 0, 0], top: [0, 0, 0] },
          assets: { 'crate-1': { side: [0, 0, 0] }, barrel: { top: 'none' } },
        },
      }),
    ).toEqual([
      'test: keypoints.crat: unknown category "crat". Did you mean "crate"?',
      'test: keypoints.crate.names[1]: expected each name once, found "top" again',
      'test: keypoints.crate.skeleton[0][1]: unknown keypoint "sides". Did you mean "side"?',
      'test: keypoints.crate.points.toop: unknown keypoint "toop". Did you mean "top"?',
      'test: keypoints.crate.assets.barrel: no object of the category matches "barrel". Objects of the category: crate-1, crate-2.',
      'test: keypoints.crate.names[2]: "crate-2" has no keypoint "side". State it under points or under assets; "none" says that the object has no such point.',
    ]);
  });

  it('are refused for stuff, which has no instances in COCO', () => {
    const { config, scene, catalogue } = makeRunInputs({
      categories: ['post', 'crate', { name: 'wedge', isthing: false }, 'vase'],
      keypoints: { wedge: { names: ['tip'] } },
    });
    expect(findConfigIssues(config, { scene, catalogue }).map(formatIssue)).toEqual([
      'test: keypoints.wedge: expected a category of things, found stuff (isthing: false), which has no points',
    ]);
  });
});
