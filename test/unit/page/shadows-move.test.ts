import { describe, expect, it } from 'vitest';
import { shadowsMove } from '#page/passes/shadows-move';
import type { FramePlan } from '#shared/plan/frame-plan';
import { intrinsicsOf, makeFramePlan } from '../../makers/make-frame-plan.ts';

const SIZE = { width: 8, height: 8 };
const PLAN = makeFramePlan({ size: SIZE, intrinsics: intrinsicsOf(SIZE, 40), shapes: [] });
const LAMP: FramePlan['lights'][number] = {
  kind: 'spot',
  position: [0, 2, 0],
  target: [0, 0, 0],
  color: [1, 1, 1],
  intensity: 1,
  castShadow: true,
  sizeMeters: 0,
  coneRadians: 1,
  penumbra: 0,
};
const over = (subframes: number, light: Partial<typeof LAMP>): FramePlan => ({
  ...PLAN,
  render: { ...PLAN.render, subframes },
  lights: [{ ...LAMP, ...light }],
});

describe('shadow maps are drawn again', () => {
  it.each([
    ['in one picture', over(1, { sizeMeters: 0.1 }), false],
    ['of a point', over(4, {}), false],
    ['of a disc', over(4, { sizeMeters: 0.1 }), true],
    ['of a rectangle', over(4, { rectangleMeters: [0.4, 0.1] }), true],
    ['of a disc that casts none', over(4, { sizeMeters: 0.1, castShadow: false }), false],
    ['while something moves', { ...over(4, {}), shutter: {} as FramePlan['shutter'] }, true],
  ] as const)('%s', (_, plan, expected) => {
    expect(shadowsMove(plan)).toBe(expected);
  });
});
