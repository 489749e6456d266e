import { expect, it } from 'vitest';
import { frameTimeoutMs } from '#node/browser/frame-timeout';
import { makePlan } from './fake-page.ts';

const timeoutOf = (width: number, height: number, subframes: number): number => {
  const plan = makePlan(0);
  return frameTimeoutMs(
    { ...plan, size: { width, height }, render: { ...plan.render, subframes } },
    120_000,
  );
};

it('gives small frames two minutes, and large ones as much more as they have to draw', () => {
  expect(timeoutOf(64, 48, 1)).toBe(120_000);
  expect(timeoutOf(640, 480, 24)).toBe(120_000);
  expect(timeoutOf(640, 480, 48)).toBe(240_000);
  expect(timeoutOf(1280, 960, 48)).toBe(960_000);
});

it('counts the faces of a wide lens', () => {
  const plan = makePlan(0);
  const distortion = { model: 'equirectangular', coefficients: [], wide: true } as const;
  const intrinsics = { ...plan.camera.intrinsics, distortion };
  const wide = {
    ...plan,
    size: { width: 640, height: 480 },
    camera: { ...plan.camera, intrinsics },
  };
  expect(frameTimeoutMs({ ...wide, render: { ...plan.render, subframes: 8 } }, 120_000)).toBe(
    240_000,
  );
});
