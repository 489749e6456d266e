import { describe, expect, it } from 'vitest';
import { compactMesh } from '#node/assets/model-triangles';
import { loadScene } from '#node/scene/load-scene';
import { AssetError } from '#shared/core/errors';

const NOTHING = { models: [], environments: [], images: [], materials: [] };

describe('the triangles of a member of a scene graph', () => {
  it.each(['scenes/shelf.glb', 'scenes/workbench.ts'])(
    'are its own and those of all below it, in its frame, as its bounds are: %s',
    async (path) => {
      const scene = await loadScene(path, { catalogue: NOTHING });
      let checked = 0;
      for (const { name, content, bounds } of scene.description.nodes) {
        if (content.kind !== 'member' || bounds === null) continue;
        const { positions, indices } = scene.trianglesOf(content.index);
        const used = [...new Set(indices)];
        for (const axis of [0, 1, 2] as const) {
          const along = used.map((i) => positions[3 * i + axis] ?? NaN);
          expect(Math.min(...along), name).toBeCloseTo(bounds.min[axis], 5);
          expect(Math.max(...along), name).toBeCloseTo(bounds.max[axis], 5);
        }
        checked++;
      }
      expect(checked).toBeGreaterThan(5);
    },
  );
});

describe('a mesh as sampling has it', () => {
  it('joins equal corners, and leaves out what has no area then', () => {
    const square = [
      0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1.00000001, 0, 0, 1, 0, 0,
    ];
    const compact = compactMesh({ positions: square, indices: [0, 1, 2, 3, 4, 5, 0, 6, 7] }, 'it');
    expect(compact).toEqual({
      positions: [0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1],
      indices: [0, 1, 2, 0, 2, 3],
    });
  });

  it('is refused where there is nothing, or too much of it', () => {
    expect(() => compactMesh({ positions: [], indices: [] }, 'node "x"')).toThrow(AssetError);
    const many = new Array<number>(3 * 200_001).fill(0);
    expect(() => compactMesh({ positions: [0, 0, 0], indices: many }, 'node "x"')).toThrow(
      'node "x" has 200001 triangles; meshes that objects are placed on or kept apart by have at most 200000. Simplify it.',
    );
  });
});
