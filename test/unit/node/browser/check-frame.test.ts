import { describe, expect, it } from 'vitest';
import type { GBuffers } from '#shared/annotate/annotations';
import type { Bounds, Vec3 } from '#shared/core/geometry';
import { findCheckFrameFaults, planCheckFrame } from '#node/browser/check-frame';
import { satisfiesMinimum } from '#node/browser/node-range';

/** Planar depth at which a ray from the origin meets an axis-aligned box, by slabs; null: it misses. */
function castRay(ray: Vec3, box: Bounds): number | null {
  let near = -Infinity;
  let far = Infinity;
  for (const axis of [0, 1, 2] as const) {
    const entry = box.min[axis] / ray[axis];
    const exit = box.max[axis] / ray[axis];
    near = Math.max(near, Math.min(entry, exit));
    far = Math.min(far, Math.max(entry, exit));
  }
  return near > far ? null : near;
}

/** The plan's box in the world: 1 × 0.75 × 1 m about (0.25, 0.125, −2.5). */
const WORLD_BOX: Bounds = { min: [-0.25, -0.25, -3], max: [0.75, 0.5, -2] };

/** The frame as ray casting of the plan's box through its pixel centres has it. */
function castCheckFrame(): GBuffers {
  const { size, camera } = planCheckFrame();
  const { fx, fy, cx, cy } = camera.intrinsics;
  const pixels = size.width * size.height;
  const color = new Uint8Array(pixels * 4);
  const instanceId = new Uint16Array(pixels);
  const depth = new Float32Array(pixels);
  for (let index = 0; index < pixels; index += 1) {
    const u = (index % size.width) + 0.5;
    const v = Math.floor(index / size.width) + 0.5;
    // The camera looks along −z with y up, and depth counts along −z.
    const met = castRay([(u - cx) / fx, -(v - cy) / fy, -1], WORLD_BOX);
    if (met === null) continue;
    instanceId[index] = 1;
    depth[index] = met;
    color.fill(225, index * 4, index * 4 + 4);
  }
  return { ...size, color, instanceId, depth };
}

describe('check frame', () => {
  it('agrees with ray casting of its own plan', () => {
    expect(findCheckFrameFaults(castCheckFrame())).toEqual([]);
  });

  it('refuses a frame upside down, mirrored, empty, at another depth or of one colour', () => {
    const good = castCheckFrame();
    const { width, height } = good;
    const moved = (from: (x: number, y: number) => number) =>
      good.instanceId.map((_, i) => good.instanceId[from(i % width, Math.floor(i / width))] ?? 0);
    // The box is 10 rows off centre upwards: rows 20–79 become 40–99.
    const upsideDown = moved((x, y) => (height - 1 - y) * width + x);
    expect(findCheckFrameFaults({ ...good, instanceId: upsideDown })).toEqual([
      'bbox: expected [60, 20, 80, 60], got [60, 40, 80, 60]',
    ]);
    const mirrored = moved((x, y) => y * width + width - 1 - x);
    expect(findCheckFrameFaults({ ...good, instanceId: mirrored })).toEqual([
      'bbox: expected [60, 20, 80, 60], got [20, 20, 80, 60]',
    ]);
    const empty = new Uint16Array(good.instanceId.length);
    expect(findCheckFrameFaults({ ...good, instanceId: empty })[0]).toMatch('empty');
    const shifted = good.depth.map((meters) => meters * 1.001);
    expect(findCheckFrameFaults({ ...good, depth: shifted })[0]).toMatch('depth: expected 2 m');
    const undefinedDepth = good.depth.map((meters) => (meters === 0 ? 0 : NaN));
    expect(findCheckFrameFaults({ ...good, depth: undefinedDepth })[0]).toMatch('NaN');
    const black = new Uint8Array(good.color.length);
    expect(findCheckFrameFaults({ ...good, color: black })[0]).toMatch('lit box');
    const white = new Uint8Array(good.color.length).fill(255);
    expect(findCheckFrameFaults({ ...good, color: white })[0]).toMatch('black background');
  });
});

it('compares Node versions part by part', () => {
  expect(satisfiesMinimum('20.19.0', '>=20.19.0')).toBe(true);
  expect(satisfiesMinimum('22.1.0', '>=20.19.0')).toBe(true);
  expect(satisfiesMinimum('20.9.9', '>=20.19.0')).toBe(false);
  expect(satisfiesMinimum('18.99.0', '>=20.19.0')).toBe(false);
  expect(() => satisfiesMinimum('20.19.0', '^20')).toThrow('expected ">=x.y.z"');
});
