import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { sampleScene } from '#shared/sampling/sample-scene';
import type { CameraSample } from '#shared/sampling/scene-sample';
import { swayAt } from '#shared/sampling/wobble';
import { makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

type Motion = NonNullable<ConfigInput['camera']['motion']>;

const SCENE = makeScene();
const FRAMES = 2000;
const sequence = { frames: FRAMES, framesPerSecond: 20 };
const cameraOf = (motion: Motion | undefined, frame: number): CameraSample =>
  sampleScene(
    makeRunInputs(
      {
        sequence,
        frames: 2 * FRAMES,
        camera: {
          pose: { kind: 'at', position: [0, 1, 3], target: [0, 1, 0] },
          ...(motion && { motion }),
        },
      },
      SCENE,
    ),
    frame,
  ).camera;
const rms = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe('a sway', () => {
  it('has a root mean square of one and a mean of zero over long times', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => swayAt(i * 0.037, [0.1, 0.6, 0.85]));
    expect(rms(values)).toBeCloseTo(1, 2);
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0, 2);
  });

  it('is smooth: it changes by less than its greatest slope allows', () => {
    // Σ √2 · weight · 2π · pace, weights normed to one.
    const norm = Math.hypot(0.48, 0.8, 0.36);
    const slope =
      (Math.SQRT2 * 2 * Math.PI * (0.48 * 0.6180339887 + 0.8 + 0.36 * 1.7320508076)) / norm;
    for (let i = 0; i < 500; i++) {
      const [a, b] = [swayAt(i * 0.01, [0, 0.3, 0.7]), swayAt(i * 0.01 + 1e-3, [0, 0.3, 0.7])];
      expect(Math.abs(b - a)).toBeLessThanOrEqual(slope * 1e-3 + 1e-12);
    }
  });
});

describe('a camera that is held by hand', () => {
  const steps = Array.from({ length: FRAMES / 10 }, (_, i) => 10 * i);

  it('moves by its root mean square along each axis', () => {
    const wobble = { positionMeters: 0.01, angleDegrees: 0, hertz: 1.3 };
    const views = steps.map((step) => cameraOf({ wobble }, step));
    for (const axis of [0, 1, 2] as const) {
      const rest = [0, 1, 3][axis] ?? NaN;
      const away = rms(views.map(({ position }) => position[axis] - rest));
      expect(away).toBeGreaterThan(0.008);
      expect(away).toBeLessThan(0.012);
      // It looks in parallel to where it looked: nothing but its place changes.
      for (const { position, target } of views)
        expect(target[axis] - position[axis]).toBeCloseTo([0, 0, -3][axis] ?? NaN, 12);
    }
  });

  it('turns by its root mean square to the side and up and down', () => {
    const wobble = { positionMeters: 0, angleDegrees: 2, hertz: 1.3 };
    const views = steps.map((step) => cameraOf({ wobble }, step));
    const degrees = (tangent: number): number => (Math.atan(tangent) * 180) / Math.PI;
    const yaws = views.map(({ target }) => degrees(target[0] / 3));
    const pitches = views.map(({ target }) => degrees((1 - target[1]) / 3));
    for (const angles of [yaws, pitches]) {
      expect(rms(angles)).toBeGreaterThan(1.6);
      expect(rms(angles)).toBeLessThan(2.4);
    }
    for (const { position } of views) expect(position).toEqual([0, 1, 3]);
  });

  it('sways otherwise in another sequence, and not at all where its sway is 0', () => {
    const wobble = { positionMeters: 0.01 };
    expect(cameraOf({ wobble }, FRAMES + 5).position).not.toEqual(cameraOf({ wobble }, 5).position);
    const still = cameraOf({ wobble: { positionMeters: 0, angleDegrees: 0 } }, 7);
    const without = cameraOf(undefined, 7);
    expect(still.position).toEqual(without.position);
    for (const axis of [0, 1, 2] as const)
      expect(still.target[axis]).toBeCloseTo(without.target[axis], 12);
  });
});
