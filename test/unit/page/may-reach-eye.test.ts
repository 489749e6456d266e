import { Matrix4, Sphere, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { Mat4 } from '#shared/core/geometry';
import { mayReachEye } from '#page/passes/may-reach-eye';

const BALL = new Sphere(new Vector3(1, 0, 0), 0.5);
/** An eye at (0, 0, 2) that looks along −z of the world, y up: OpenCV's axes. */
const CAMERA = { worldFromCamera: [1, 0, 0, 0, 0, -1, 0, 0, 0, 0, -1, 2, 0, 0, 0, 1] as Mat4 };

const at = (x: number, y: number, z: number): Matrix4 => new Matrix4().makeTranslation(x, y, z);

describe('whether a mesh may reach the eye', () => {
  it.each([
    ['from 1.5 m before it on', at(0, 0, 0), false],
    ['from 3 cm on', at(0, 0, 1.47), false],
    ['from 1 cm on', at(0, 0, 1.49), true],
    ['far aside, in its plane', at(90, 0, 2), true],
    ['behind it', at(0, 0, 4), true],
    ['stretched to 5 cm before it', at(0, 0, 0).scale(new Vector3(1, 1, 3.9)), false],
    ['stretched across it', at(0, 0, 0).scale(new Vector3(1, 1, 4.1)), true],
    // (x, y, z) ↦ (x, y, z + 2x): the ball's middle is 0 before the eye, though its columns are short.
    ['sheared into it', new Matrix4().set(1, 0, 0, 0, 0, 1, 0, 0, 2, 0, 1, 0, 0, 0, 0, 1), true],
  ] as const)('%s', (_, matrix, expected) => {
    expect(mayReachEye(BALL, matrix, CAMERA)).toBe(expected);
  });

  it('where nobody knows how large it is', () => {
    expect(mayReachEye(null, at(0, 0, 0), CAMERA)).toBe(true);
  });
});
