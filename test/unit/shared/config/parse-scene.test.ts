import { describe, expect, it } from 'vitest';
import { parseScene } from '#shared/config/parse-scene';
import { problemsOf } from './problems-of.ts';

const scene = `sceneVersion: 1
name: room
nodes:
  - name: table
    shape: {kind: box, size: [1, 0.7, 1]}
    surface: true
  - name: mug
    model: mug-1
    category: mug
volumes:
  - {name: air, min: [0, 1, 0], max: [1, 2, 1]}
`;
const problems = (text: string): string[] => problemsOf(() => parseScene(text, 's.yaml'));

describe('parseScene', () => {
  it('fills in the defaults', () => {
    const { nodes, cameras } = parseScene(`$schema: x\n${scene}`, 's.yaml');
    expect(nodes[0]).toEqual({
      name: 'table',
      shape: { kind: 'box', size: [1, 0.7, 1], bevelMeters: 0 },
      position: [0, 0, 0],
      rotationDegrees: [0, 0, 0],
      scale: 1,
      surface: true,
      castShadow: true,
      receiveShadow: true,
    });
    expect(cameras).toEqual([]);
  });

  it('reports every mistake with its place', () => {
    const text = scene
      .replace('kind: box', 'kind: boks')
      .replace('model: mug-1', 'modle: mug-1')
      .replace('[0, 1, 0]', '[0, 1]');
    expect(problems(text)).toEqual([
      's.yaml:5:19: nodes[0].shape.kind: expected one of "box", "plane", "sphere", "cylinder" or "backdrop", found "boks". Did you mean "box"?',
      's.yaml:8:5: nodes[1].modle: unknown key "modle". Did you mean "model"?',
      's.yaml:11:22: volumes[0].min: expected a list of 3, found 2',
    ]);
  });

  it('wants a shape or a model, and names of their own', () => {
    expect(problems(scene.replace('    model: mug-1\n', ''))).toEqual([
      's.yaml:7:5: nodes[1]: expected either a shape or a model',
    ]);
    expect(problems(scene.replace('name: mug', 'name: table'))).toEqual([
      's.yaml:7:11: nodes[1].name: expected a name of its own, found "table" again (first at line 4)',
    ]);
  });

  it('wants the corners of volumes in order', () => {
    expect(problems(scene.replace('max: [1, 2, 1]', 'max: [1, 0.5, 1]'))).toEqual([
      's.yaml:11:26: volumes[0].min[1]: expected a corner below max (0.5), found 1',
    ]);
  });
});
