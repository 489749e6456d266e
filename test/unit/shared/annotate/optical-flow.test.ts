import { describe, expect, it } from 'vitest';
import { projectKeypoint } from '#shared/annotate/annotate-keypoints';
import type { FlowBuffers, FlowPlan } from '#shared/annotate/flow-tracer';
import { FLOW_STATE, opticalFlow } from '#shared/annotate/optical-flow';
import { AnnotationError } from '#shared/core/errors';
import type { Mat4, Quat, Vec3 } from '#shared/core/geometry';
import { compose, IDENTITY, invertAffine, multiply, transformPoint } from '#shared/core/matrix';
import { makeInstance } from '../../../makers/make-labelled-frame.ts';
import { roundTripErrors } from '../../../makers/follow-flow.ts';

const WIDTH = 32;
const HEIGHT = 20;
const LENS = { fx: 40, fy: 44, cx: 15, cy: 11 };
const turnY = (degrees: number): Quat => {
  const half = (degrees * Math.PI) / 360;
  return [Math.cos(half), 0, Math.sin(half), 0];
};
const pose = (position: Vec3, degrees = 0): Mat4 => compose(position, turnY(degrees), [1, 1, 1]);
const planOf = (worldFromCamera: Mat4, worldFromObject: Mat4 = IDENTITY): FlowPlan => ({
  camera: { worldFromCamera, intrinsics: LENS, nearMeters: 0.01, farMeters: 100 },
  instances: [{ ...makeInstance(1), worldFromObject }],
});
const buffersOf = (id: number, depth: (x: number, y: number) => number) => ({
  width: WIDTH,
  height: HEIGHT,
  instanceId: new Uint16Array(WIDTH * HEIGHT).fill(id),
  depth: Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    depth((i % WIDTH) + 0.5, Math.floor(i / WIDTH) + 0.5),
  ),
});
const empty = buffersOf(0, () => 0);
const centres = Array.from({ length: WIDTH * HEIGHT }, (_, i) => ({
  i,
  x: (i % WIDTH) + 0.5,
  y: Math.floor(i / WIDTH) + 0.5,
}));

describe('optical flow', () => {
  it('of a plane that moves sideways is f · d / z everywhere', () => {
    const [dx, dy, z] = [0.125, -0.0625, 2];
    const { uv } = opticalFlow(
      { plan: planOf(IDENTITY, pose([0, 0, z])), buffers: buffersOf(1, () => z) },
      { plan: planOf(IDENTITY, pose([dx, dy, z])), buffers: empty },
    );
    for (const { i } of centres) {
      expect(uv[i * 2]).toBeCloseTo((LENS.fx * dx) / z, 5);
      expect(uv[i * 2 + 1]).toBeCloseTo((LENS.fy * dy) / z, 5);
    }
  });

  it('of a plane that comes nearer leads away from the principal point', () => {
    const { uv } = opticalFlow(
      { plan: planOf(IDENTITY, pose([0, 0, 3])), buffers: buffersOf(1, () => 3) },
      { plan: planOf(IDENTITY, pose([0, 0, 2])), buffers: empty },
    );
    for (const { i, x, y } of centres) {
      expect(uv[i * 2]).toBeCloseTo((x - LENS.cx) / 2, 5);
      expect(uv[i * 2 + 1]).toBeCloseTo((y - LENS.cy) / 2, 5);
    }
  });

  it('of a camera that turns is a turn of the rays, whatever the depth', () => {
    const turned = 3;
    const { uv } = opticalFlow(
      { plan: planOf(IDENTITY), buffers: buffersOf(0, (x, y) => 1 + x * y) },
      { plan: planOf(pose([0, 0, 0], turned)), buffers: empty },
    );
    for (const { i, x, y } of centres) {
      const from = Math.atan((x - LENS.cx) / LENS.fx);
      const to = from - (turned * Math.PI) / 180;
      const v = (y - LENS.cy) * (Math.cos(from) / Math.cos(to) - 1);
      expect(uv[i * 2]).toBeCloseTo(LENS.cx + LENS.fx * Math.tan(to) - x, 4);
      expect(uv[i * 2 + 1]).toBeCloseTo(v, 4);
    }
  });

  it('leads there and back within a thousandth of a pixel', () => {
    const [first, second] = [pose([0, 0, 0]), pose([0.05, 0.02, -0.03], 1)];
    /** Depth of the plane 0.1 x + 0.05 y + z = 3 of the world. */
    const slanted = (worldFromCamera: Mat4) => (x: number, y: number) => {
      const at = transformPoint(worldFromCamera, [
        (x - LENS.cx) / LENS.fx,
        (y - LENS.cy) / LENS.fy,
        1,
      ]);
      const origin = transformPoint(worldFromCamera, [0, 0, 0]);
      const height = ([px, py, pz]: Vec3): number => 0.1 * px + 0.05 * py + pz;
      return (3 - height(origin)) / (height(at) - height(origin));
    };
    const a = { plan: planOf(first), buffers: buffersOf(0, slanted(first)) };
    const b = { plan: planOf(second), buffers: buffersOf(0, slanted(second)) };
    const errors = roundTripErrors(opticalFlow(a, b), opticalFlow(b, a));
    expect(errors.length).toBeGreaterThan((WIDTH * HEIGHT) / 2);
    expect(Math.max(...errors)).toBeLessThan(1e-3);
  });

  it('leads to where a keypoint at the same place is projected', () => {
    const cameras = [pose([0.1, 0, 0], 2), pose([0, 0.1, 0.1], -3)] as const;
    const objects = [pose([0, 0, 2], 10), pose([0.1, -0.1, 2.2], 40)] as const;
    const [from, to] = [planOf(cameras[0], objects[0]), planOf(cameras[1], objects[1])];
    const buffers = buffersOf(1, (x, y) => 2 + 0.01 * x - 0.02 * y);
    const { uv, state } = opticalFlow({ plan: from, buffers }, { plan: to, buffers: empty });
    let compared = 0;
    for (const { i, x, y } of centres) {
      const z = buffers.depth[i] ?? NaN;
      const lifted: Vec3 = [((x - LENS.cx) / LENS.fx) * z, ((y - LENS.cy) / LENS.fy) * z, z];
      const point = transformPoint(multiply(invertAffine(objects[0]), cameras[0]), lifted);
      const cameraFromObject = multiply(invertAffine(cameras[1]), objects[1]);
      const seen = projectKeypoint(point, cameraFromObject, { camera: to.camera, buffers });
      expect(state[i]).toBe(seen ? FLOW_STATE.visible : FLOW_STATE.outside);
      if (!seen) continue;
      compared += 1;
      expect(x + (uv[i * 2] ?? NaN)).toBeCloseTo(seen.x, 4);
      expect(y + (uv[i * 2 + 1] ?? NaN)).toBeCloseTo(seen.y, 4);
    }
    expect(compared).toBeGreaterThan(100);
  });

  it('is unknown without geometry, and where a point comes to lie behind the camera', () => {
    const plan = planOf(IDENTITY);
    const { uv, state } = opticalFlow(
      { plan, buffers: buffersOf(0, (x) => (x < 16 ? 0 : 1)) },
      { plan: planOf(pose([0, 0, 2])), buffers: empty },
    );
    expect(new Set(state)).toEqual(new Set([FLOW_STATE.unknown]));
    expect(new Set(uv)).toEqual(new Set([0]));
  });

  it('is hidden by another instance that is nearer at all, and not by what is as near or behind', () => {
    const still = { plan: planOf(IDENTITY), buffers: buffersOf(0, () => 2) };
    const stateWith = (buffers: FlowBuffers): number[] => [
      ...new Set(opticalFlow(still, { plan: still.plan, buffers }).state),
    ];
    expect(stateWith(buffersOf(1, () => 1.997))).toEqual([FLOW_STATE.occluded]);
    expect(stateWith(buffersOf(1, () => 1.999))).toEqual([FLOW_STATE.visible]);
    expect(stateWith(buffersOf(0, () => 1.997))).toEqual([FLOW_STATE.occluded]);
    expect(stateWith(buffersOf(0, () => 5))).toEqual([FLOW_STATE.visible]);
    expect(stateWith(empty)).toEqual([FLOW_STATE.visible]);
  });

  it('is not hidden by the slope of its own surface, however steep', () => {
    // A floor seen at a grazing angle: depth grows by more than 10 % from row to row.
    const floor = (y: number): number => 8 / (y + 1);
    const step = 0.43;
    const from = { plan: planOf(IDENTITY), buffers: buffersOf(0, (_, y) => floor(y)) };
    const lens = { ...LENS, cy: LENS.cy + step };
    const camera = { ...from.plan.camera, intrinsics: lens };
    const to = { plan: { ...from.plan, camera }, buffers: buffersOf(0, (_, y) => floor(y - step)) };
    const { state, uv } = opticalFlow(from, to);
    expect(uv[1]).toBeCloseTo(step, 5);
    expect(new Set(state.subarray(0, WIDTH * (HEIGHT - 1)))).toEqual(new Set([FLOW_STATE.visible]));
  });

  it('leaves the image at its edges and beyond the far plane', () => {
    const from = { plan: planOf(IDENTITY), buffers: buffersOf(0, () => 2) };
    const right = { ...LENS, cx: LENS.cx + 4 };
    const camera = { ...from.plan.camera, intrinsics: right };
    const { state } = opticalFlow(from, { plan: { ...from.plan, camera }, buffers: empty });
    for (const { i, x } of centres) {
      expect(state[i]).toBe(x + 4 < WIDTH ? FLOW_STATE.visible : FLOW_STATE.outside);
    }
    const near = { ...from.plan.camera, farMeters: 1.5 };
    const beyond = opticalFlow(from, { plan: { ...from.plan, camera: near }, buffers: empty });
    expect(new Set(beyond.state)).toEqual(new Set([FLOW_STATE.outside]));
  });

  it('refuses frames that do not show the same instances, and buffers of another size', () => {
    const still = { plan: planOf(IDENTITY), buffers: buffersOf(1, () => 2) };
    const other = { ...still.plan, instances: [{ ...makeInstance(1), name: 'another' }] };
    expect(() => opticalFlow(still, { plan: other, buffers: empty })).toThrow(AnnotationError);
    const short = { ...still.buffers, depth: new Float32Array(3) };
    expect(() => opticalFlow(still, { plan: still.plan, buffers: short })).toThrow(/found 3/);
    const unknown = { ...still, buffers: buffersOf(2, () => 2) };
    expect(() => opticalFlow(unknown, { plan: still.plan, buffers: empty })).toThrow(/found id 2/);
  });
});
