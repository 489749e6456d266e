import { Matrix4 } from 'three';
import { describe, expect, it } from 'vitest';
import { COPY_VECTORS, copyVectors } from '#page/passes/label-copies';

const MATRIX = new Matrix4().set(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 0, 0, 1);
const COPY = { cameraFromMesh: MATRIX, facing: -1, partId: 65535, instanceId: 3 };

describe('what the label shader reads of copies', () => {
  it('is the columns of the matrix, with facing, part and instance below them', () => {
    expect([...copyVectors([COPY])]).toEqual(
      [
        [1, 5, 9, -1],
        [2, 6, 10, 65535],
        [3, 7, 11, 3],
        [4, 8, 12, 1],
        [0, 0, 0, 0],
      ].flat(),
    );
  });

  it('has the place of a tile instead of ids: where the target begins in its image, and its limits in the target', () => {
    const tile = { inImage: [-5, 40, 7, 9], inTarget: [100, 2] } as const;
    const vectors = copyVectors([COPY, { ...COPY, facing: 0, tile }]).slice(COPY_VECTORS * 4);
    expect([vectors[3], vectors[7], vectors[11]]).toEqual([0, -105, 38]);
    expect([...vectors.slice(16)]).toEqual([100, 2, 107, 11]);
  });
});
