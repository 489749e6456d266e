import { describe, expect, it } from 'vitest';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import { box3dOf } from '#shared/annotate/box3d';
import type { Mat4, Vec3 } from '#shared/core/geometry';
import {
  makeInstance,
  makeLabelledFrame,
  translation,
} from '../../../makers/make-labelled-frame.ts';

const INTRINSICS = { fx: 100, fy: 200, cx: 50, cy: 40 };
const BOUNDS = { min: [-1, -2, -3] as Vec3, max: [1, 2, 1] as Vec3 };
/** A quarter turn about the vertical: the object's x points to the camera's depth, its z to its left. */
const TURNED: Mat4 = [0, 0, -1, 0, 0, 1, 0, 0, 1, 0, 0, 8, 0, 0, 0, 1];

describe('box3dOf', () => {
  it('has the centre and size of the bounds under their scale, however mirrored', () => {
    const placed = { cameraFromObject: translation(0, 0, 9), bounds: BOUNDS };
    const plain = box3dOf({ ...placed, scale: [2, 1, 0.5] }, INTRINSICS);
    expect(plain).toMatchObject({ center: [0, 0, -0.5], size: [4, 4, 2] });
    const mirrored = box3dOf({ ...placed, scale: [2, 1, -0.5] }, INTRINSICS);
    expect(mirrored).toMatchObject({ center: [0, 0, 0.5], size: [4, 4, 2] });
  });

  it('projects the corners, bits 0, 1, 2 of the index picking the max side of x, y, z', () => {
    const placed = { cameraFromObject: translation(0, 0, 5), bounds: BOUNDS };
    const { corners } = box3dOf({ ...placed, scale: [1, 1, 1] }, INTRINSICS);
    // The min side of z is at 5 − 3 = 2 m, the max side at 6 m.
    expect(corners).toEqual([
      [50 - 100 / 2, 40 - 400 / 2],
      [50 + 100 / 2, 40 - 400 / 2],
      [50 - 100 / 2, 40 + 400 / 2],
      [50 + 100 / 2, 40 + 400 / 2],
      [-1 / 6, -2 / 6].map(project),
      [1 / 6, -2 / 6].map(project),
      [-1 / 6, 2 / 6].map(project),
      [1 / 6, 2 / 6].map(project),
    ]);
  });

  it('picks the max side in metres where the scale mirrors an axis', () => {
    const placed = { cameraFromObject: translation(0, 0, 5), bounds: BOUNDS };
    const plain = box3dOf({ ...placed, scale: [1, 1, 1] }, INTRINSICS);
    // x and y of the bounds are even about 0, so that mirroring them changes nothing.
    const mirrored = box3dOf({ ...placed, scale: [-1, -1, 1] }, INTRINSICS);
    expect(mirrored).toEqual(plain);
  });

  it('goes through the pose', () => {
    const { corners } = box3dOf(
      { cameraFromObject: TURNED, bounds: BOUNDS, scale: [1, 1, 1] },
      INTRINSICS,
    );
    // Corner 1 is (1, −2, −3) of the object: (3, −2, 9) of the camera.
    expect(corners[1]).toEqual([(3 / 9) * 100 + 50, (-2 / 9) * 200 + 40]);
  });

  it('has no place on the image for corners behind the camera', () => {
    const { corners } = box3dOf(
      { cameraFromObject: translation(0, 0, 2), bounds: BOUNDS, scale: [1, 1, 1] },
      INTRINSICS,
    );
    expect(corners.map((corner) => corner === null)).toEqual([
      ...[true, true, true, true],
      ...[false, false, false, false],
    ]);
  });
});

describe('annotateFrame', () => {
  it('gives a box to what has bounds, and none to what has none', () => {
    const { plan, buffers } = makeLabelledFrame('12', 2);
    const instances = [makeInstance(1), makeInstance(2, { bounds: null })];
    const annotations = annotateFrame({ ...plan, instances }, buffers, { minPixels: 1 });
    expect(annotations.instances[0]?.box3d).toMatchObject({ center: [0, 0, 0], size: [4, 4, 2] });
    expect(annotations.instances[1]).not.toHaveProperty('box3d');
  });
});

function project(slope: number, axis: number): number {
  return axis === 0 ? slope * INTRINSICS.fx + INTRINSICS.cx : slope * INTRINSICS.fy + INTRINSICS.cy;
}
