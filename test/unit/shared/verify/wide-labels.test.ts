import { describe, expect, it } from 'vitest';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { GBuffers } from '#shared/annotate/annotations';
import { depthFromCloud, depthFromRange } from '#shared/annotate/depth-from-range';
import { pointCloud } from '#shared/annotate/point-cloud';
import { rangeFromDepth } from '#shared/annotate/range-from-depth';
import type { Intrinsics, Vec3 } from '#shared/core/geometry';
import { pixelRays } from '#shared/core/pixel-rays';
import { cloudFault } from '#shared/verify/check-point-cloud';
import { rangeFault } from '#shared/verify/check-range';
import { verifyFrame } from '#shared/verify/verify-frame';
import { makeFramePlan, makeInstance, translation } from '../../../makers/make-labelled-frame.ts';

const SIZE = { width: 64, height: 48 };
const LENSES: Readonly<Record<string, Intrinsics>> = {
  fisheye: {
    fx: 13,
    fy: 13,
    cx: 32,
    cy: 24,
    distortion: {
      model: 'kannala-brandt',
      coefficients: [0.01, 0, 0, 0],
      wide: true,
      imageCircleDegrees: 210,
    },
  },
  globe: {
    fx: 64 / (2 * Math.PI),
    fy: 48 / Math.PI,
    cx: 32,
    cy: 24,
    distortion: { model: 'equirectangular', coefficients: [], wide: true },
  },
};

/** Of a room of 2 m to each side, about a point 0.5 m ahead. */
const LIMITS: readonly (readonly [number, number])[] = [
  [-2, 2],
  [-2, 2],
  [-1.5, 2.5],
];

/** A room around the camera, which is all that it sees: the exit of each ray from a box. */
function roomThrough(intrinsics: Intrinsics) {
  const rays = pixelRays(intrinsics, SIZE);
  const count = SIZE.width * SIZE.height;
  const buffers = {
    ...SIZE,
    color: Uint8Array.from({ length: count * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 7) % 256)),
    instanceId: new Uint16Array(count),
    depth: new Float32Array(count),
    normal: new Float32Array(count * 3),
  };
  for (let i = 0; i < count; i++) {
    const [u, v] = [i % SIZE.width, Math.floor(i / SIZE.width)];
    const ray: Vec3 = [rays.x(u, v), rays.y(u, v), rays.z(u, v)];
    if (Number.isNaN(ray[0])) continue;
    const exits = ray.map((step, axis) =>
      Math.max(...(LIMITS[axis] ?? []).map((limit) => limit / step)),
    );
    const range = Math.min(...exits);
    buffers.instanceId[i] = 1;
    buffers.depth[i] = range;
    const axis = exits.indexOf(range);
    buffers.normal[i * 3 + axis] = -Math.sign(ray[axis] ?? NaN);
  }
  const keypoints = {
    selfOcclusionMeters: 0.1,
    points: [
      { name: 'ahead', point: [0, 0, 1.9] as Vec3 },
      { name: 'behind', point: [0.5, 0.2, -1.95] as Vec3 },
      { name: 'overhead', point: [0, -1.95, -0.4] as Vec3 },
    ],
  };
  const room = makeInstance(1, {
    worldFromObject: translation(0, 0, 0.5),
    bounds: { min: [-2, -2, -2], max: [2, 2, 2] },
    keypoints,
  });
  const plan = makeFramePlan({
    size: SIZE,
    camera: { ...makeFramePlan().camera, intrinsics },
    instances: [room],
  });
  return { plan, buffers: buffers as GBuffers };
}

describe.each(Object.entries(LENSES))('labels through a wide lens: %s', (name, lens) => {
  const { plan, buffers } = roomThrough(lens);
  const annotations = annotateFrame(plan, buffers, { minPixels: 1, minVisibility: 0 });
  const verify = (changed: Partial<GBuffers>) => () =>
    verifyFrame(
      { frame: 0, camera: plan.camera, buffers: { ...buffers, ...changed }, annotations },
      { reproduce: 'again' },
    );

  it('are what verification expects, wherever they lie', () => {
    expect(verify({})).not.toThrow();
  });

  it('are refused where a surface behind the camera is not where its range says', () => {
    const rays = pixelRays(lens, SIZE);
    const behind = buffers.depth.findIndex(
      (meters, i) => meters > 0 && rays.z(i % SIZE.width, Math.floor(i / SIZE.width)) < -0.2,
    );
    expect(behind).toBeGreaterThanOrEqual(0);
    const depth = Float32Array.from(buffers.depth);
    depth[behind] = (depth[behind] ?? NaN) * 1.1;
    expect(verify({ depth })).toThrow('do not belong together');
  });

  it('are refused outside of an image circle', () => {
    if (name === 'globe') return;
    const [depth, instanceId] = [buffers.depth.slice(), buffers.instanceId.slice()];
    depth[0] = 1;
    expect(verify({ depth, instanceId })).toThrow('nothing where the lens shows nothing');
  });

  it('have keypoints and corners behind the camera in their places', () => {
    const [room] = annotations.instances;
    expect(room?.keypoints?.map(({ v }) => v)).toEqual(name === 'globe' ? [2, 2, 2] : [2, 0, 2]);
    const overhead = room?.keypoints?.[2];
    // (0, −1.95, 0.1) from the camera: 87.06° above its axis.
    const angle = Math.atan2(1.95, 0.1);
    const away = name === 'globe' ? lens.fy * angle : lens.fy * angle * (1 + 0.01 * angle * angle);
    expect(overhead?.y).toBeCloseTo(24 - away, 9);
    const shown = room?.box3d?.corners.filter((corner) => corner !== null).length;
    // A far corner behind is 117.9° from the axis.
    expect(shown).toBe(name === 'globe' ? 8 : 4);
  });

  it('have a range and a cloud that lead back to each other', () => {
    const range = rangeFromDepth(buffers, lens);
    expect(range).toEqual(buffers.depth);
    expect(rangeFault(range, buffers, { intrinsics: lens, stepMeters: 0 })).toBeNull();
    expect(depthFromRange(range, SIZE, lens)).toEqual(range);
    const cloud = pointCloud(buffers, lens, annotations.instances);
    const categoryId = Uint8Array.from(buffers.instanceId);
    const held = { ...buffers, categoryId, depthStepMeters: 0 };
    expect(cloudFault(cloud, { ...held, intrinsics: lens })).toBeNull();
    expect(cloudFault(cloud, { ...held, intrinsics: { ...lens, fx: lens.fx * 0.99 } })).toContain(
      'the centre of a pixel',
    );
    const back = depthFromCloud(cloud, SIZE, lens);
    for (const [i, meters] of range.entries()) expect(back[i]).toBeCloseTo(meters, 5);
  });
});
