import { describe, expect, it } from 'vitest';
import { box3dOf } from '#shared/annotate/box3d';
import { depthFromCloud, depthFromRange } from '#shared/annotate/depth-from-range';
import { flowTracer, motionMaps } from '#shared/annotate/flow-tracer';
import { objectCoordinates } from '#shared/annotate/object-coordinates';
import { pointCloud } from '#shared/annotate/point-cloud';
import { rangeFromDepth } from '#shared/annotate/range-from-depth';
import type { Intrinsics, Mat4, Vec3 } from '#shared/core/geometry';
import { projectPoint, unprojectPoint } from '#shared/core/pinhole';
import { coordinateFault } from '#shared/verify/check-object-coordinates';
import { cloudFault } from '#shared/verify/check-point-cloud';
import { rangeFault } from '#shared/verify/check-range';
import { makeAnnotation } from '../../../makers/make-annotation.ts';
import { makeFramePlan, translation } from '../../../makers/make-labelled-frame.ts';

const SIZE = { width: 48, height: 32 };
const PINHOLE: Intrinsics = { fx: 36, fy: 38, cx: 23, cy: 17 };
const LENS: Intrinsics = {
  ...PINHOLE,
  distortion: { model: 'brown-conrady', coefficients: [-0.2, 0.06, 0.002, -0.003, 0] },
};

/** Depth of the floor 1 m below a camera that looks 30° down, and of a wall 4 m ahead, by the bent rays. */
const depth = Float32Array.from({ length: SIZE.width * SIZE.height }, (_, i) => {
  const [u, v] = [i % SIZE.width, Math.floor(i / SIZE.width)];
  const [, y] = unprojectPoint(LENS, { x: u + 0.5, y: v + 0.5, depth: 1 });
  const down = y * Math.cos(Math.PI / 6) + Math.sin(Math.PI / 6);
  return down > 0 ? Math.min(4, 1 / down) : 4;
});
const pixels = {
  ...SIZE,
  depth,
  instanceId: new Uint16Array(depth.length).fill(1),
  color: new Uint8Array(depth.length * 4).fill(255),
};
const bounds = { min: [-9, -9, -9] as Vec3, max: [9, 9, 9] as Vec3 };
const instance = makeAnnotation(1, '1', { cameraFromObject: translation(0, 0, 2), bounds });

describe('labels through a lens that bends', () => {
  it('agree with the checks that see the same lens, and not with those of a pinhole', () => {
    const range = rangeFromDepth(pixels, LENS);
    expect(rangeFault(range, pixels, { intrinsics: LENS, stepMeters: 0 })).toBeNull();
    expect(rangeFault(range, pixels, { intrinsics: PINHOLE, stepMeters: 0 })).not.toBeNull();
    const cloud = pointCloud(pixels, LENS, [instance]);
    const categoryId = new Uint8Array(depth.length).fill(1);
    const held = { ...pixels, categoryId, depthStepMeters: 0 };
    expect(cloudFault(cloud, { ...held, intrinsics: LENS })).toBeNull();
    expect(cloudFault(cloud, { ...held, intrinsics: PINHOLE })).toContain('the centre of a pixel');
    const coordinates = objectCoordinates(pixels, LENS, [instance]);
    const at = { ...pixels, depthStepMeters: 0, coordinateStep: 0 };
    expect(coordinateFault(coordinates, { ...at, intrinsics: LENS }, [instance])).toBeNull();
    expect(coordinateFault(coordinates, { ...at, intrinsics: PINHOLE }, [instance])).not.toBeNull();
  });

  it('lead back to the depth that they were made from', () => {
    const fromRange = depthFromRange(rangeFromDepth(pixels, LENS), SIZE, LENS);
    for (const [i, meters] of depth.entries()) expect(fromRange[i]).toBeCloseTo(meters, 5);
    expect(depthFromCloud(pointCloud(pixels, LENS, []), SIZE, LENS)).toEqual(depth);
  });

  it('flow along the curve that a point takes', () => {
    const camera = { ...makeFramePlan().camera, intrinsics: LENS };
    const moved: Mat4 = translation(0.2, -0.1, 0.3);
    const from = { camera, instances: [] };
    const to = { camera: { ...camera, worldFromCamera: moved }, instances: [] };
    const buffers = { ...pixels, instanceId: new Uint16Array(depth.length) };
    const trace = flowTracer({ plan: from, buffers }, to, motionMaps(from, to));
    const out = new Float64Array(3);
    for (const i of [0, 47, 700, 1535]) {
      const z = depth[i] ?? NaN;
      expect(trace(i, z, out)).toBe(true);
      const centre = { x: (i % 48) + 0.5, y: Math.floor(i / 48) + 0.5, depth: z };
      const [x, y] = unprojectPoint(LENS, centre);
      const expected = projectPoint(LENS, [x - 0.2, y + 0.1, z - 0.3]);
      expect([...out]).toEqual([expected?.x, expected?.y, expected?.depth]);
    }
  });

  it('have no corner of a box where the lens shows nothing', () => {
    // Folds at r = 0.8165: the corners at 1 m to the side of 2 m are inside, those of 1 m are not.
    const folding: Intrinsics = {
      ...PINHOLE,
      distortion: { model: 'brown-conrady', coefficients: [-0.5, 0, 0, 0, 0] },
    };
    const box = { min: [-0.1, -0.1, -0.5] as Vec3, max: [1, 0.1, 0.5] as Vec3 };
    const placed = { cameraFromObject: translation(0, 0, 1.5), scale: [1, 1, 1] as Vec3 };
    const { corners } = box3dOf({ ...placed, bounds: box }, folding);
    expect(corners.map((corner) => corner !== null)).toEqual([
      ...[true, false, true, false],
      ...[true, true, true, true],
    ]);
  });
});
