import { describe, expect, it } from 'vitest';
import type { DescribedNode } from '#shared/config/scene-description';
import { IDENTITY } from '#shared/core/matrix';
import { memberSubjects, planPolicies } from '#shared/plan/plan-policies';

const member = (
  name: string,
  [index, parent]: readonly [number, number],
  category?: string,
): DescribedNode => ({
  name,
  content: { kind: 'member', index, parent },
  worldFromNode: IDENTITY,
  bounds: null,
  category,
  surface: false,
  castShadow: true,
  receiveShadow: true,
});

describe('planPolicies', () => {
  it('keeps the rules whose lists all have the thing, in the order of the config', () => {
    const rules = [
      { policy: 'see-through', materials: ['Glass*'] },
      { policy: 'solid', categories: ['car'], assets: ['cars/*'] },
      { policy: 'cutout', categories: ['car'], assets: ['trucks/*'] },
      { policy: 'ignore', nodes: ['wall'] },
    ] as const;
    const given = rules.map((rule) => ({ ...rule })) as unknown as Parameters<
      typeof planPolicies
    >[0];
    expect(planPolicies(given, [{ category: 'car', assetId: 'cars/red' }])).toEqual({
      policies: [{ policy: 'see-through', materials: ['Glass*'] }, { policy: 'solid' }],
    });
    expect(planPolicies(given, [{ category: null, assetId: null, node: 'wall' }])).toEqual({
      policies: [{ policy: 'see-through', materials: ['Glass*'] }, { policy: 'ignore' }],
    });
    expect(planPolicies([{ policy: 'ignore', nodes: ['w*'] }], [{ category: 'car' }])).toEqual({});
  });

  it('gives a member of a scene what is for those that it hangs from', () => {
    const [scene, car, window, street] = [
      member('scene', [0, -1]),
      member('car', [1, 0], 'car'),
      member('window', [2, 1]),
      member('street', [3, 0]),
    ];
    const nodes = [scene, car, window, street] as DescribedNode[];
    const policiesOf = (node: DescribedNode | undefined) =>
      planPolicies(
        [{ policy: 'solid', categories: ['car'] }],
        node ? memberSubjects(nodes, node) : [],
      ).policies;
    expect(policiesOf(window)).toEqual([{ policy: 'solid' }]);
    expect(policiesOf(car)).toEqual([{ policy: 'solid' }]);
    expect(policiesOf(street)).toBeUndefined();
    expect(policiesOf(scene)).toBeUndefined();
  });

  it('does not mix lists over what a member hangs from', () => {
    const nodes = [member('a', [0, -1], 'car'), member('b', [1, 0])];
    const rule = { policy: 'solid', categories: ['car'], nodes: ['b'] } as const;
    const given = [{ ...rule, categories: ['car'], nodes: ['b'] }];
    expect(planPolicies(given, memberSubjects(nodes, nodes[1] as DescribedNode))).toEqual({});
  });
});
