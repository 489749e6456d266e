import { describe, expect, it } from 'vitest';
import { configSchema } from '#shared/config/config-schema';
import { findConfigIssues } from '#shared/config/check-config';
import type { DescribedNode, SceneDescription } from '#shared/config/scene-description';
import { IDENTITY } from '#shared/core/matrix';
import { CATALOGUE, makeScene } from '../../../makers/make-run-inputs.ts';

type Place = Readonly<{ parent: number; joints?: readonly number[] }>;

function member(index: number, name: string, { parent, joints }: Place): DescribedNode {
  return {
    name,
    content: { kind: 'member', index, parent },
    worldFromNode: IDENTITY,
    bounds: { min: [0, 0, 0], max: [1, 1, 1] },
    ...(joints && { joints }),
    surface: false,
    castShadow: true,
    receiveShadow: true,
  };
}

/** Scene → figure → (skin, hip → knee), and a lamp beside it. */
const SCENE: SceneDescription = {
  ...makeScene(),
  nodes: [
    member(0, 'scene', { parent: -1 }),
    member(1, 'figure', { parent: 0 }),
    member(2, 'skin', { parent: 1, joints: [3, 4] }),
    member(3, 'hip', { parent: 1 }),
    member(4, 'knee', { parent: 3 }),
    member(5, 'lamp', { parent: 0 }),
  ],
};

function messagesFor(...moved: readonly string[]): readonly string[] {
  const config = configSchema.parse({
    configVersion: 1,
    name: 'skins',
    scene: 's.glb',
    frames: 2,
    sequence: { frames: 2 },
    categories: ['crate'],
    camera: { pose: { kind: 'at', position: [0, 1, 3], target: [0, 0, 0] } },
    nodes: Object.fromEntries(moved.map((name) => [name, { motion: {} }])),
  });
  return findConfigIssues(config, { scene: SCENE, catalogue: CATALOGUE }).map(
    ({ path, message }) => `${path}: ${message}`,
  );
}

describe('motion of what is skinned', () => {
  it('is allowed where the mesh and its joints move as one, or not at all', () => {
    expect(messagesFor('figure')).toEqual([]);
    expect(messagesFor('scene')).toEqual([]);
    expect(messagesFor('lamp')).toEqual([]);
  });

  it.each([
    ['knee', 1],
    ['hip', 2],
    ['skin', 1],
  ])('is refused of %s, which would bend it or leave it behind', (name, taken) => {
    expect(messagesFor(name)).toEqual([
      `nodes.${name}.motion: expected the skinned mesh "skin" and all of its joints to move together, found ${taken} of 3 below this node.`,
    ]);
  });
});
