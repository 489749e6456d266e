import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { SamplingError } from '#shared/core/errors';
import { sampleScene } from '#shared/sampling/sample-scene';
import { directionFromAngles } from '#shared/sampling/sample-place';
import type { CameraSample } from '#shared/sampling/scene-sample';
import { makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';
import { integratedNormal, KS_LIMIT, ksStatistic } from './goodness-of-fit.ts';

type CameraInput = ConfigInput['camera'];

const SCENE = makeScene();
const IMAGE = { width: 640, height: 480 };
const DEGREES = 180 / Math.PI;
const uniform = (min: number, max: number) => ({ kind: 'uniform', min, max }) as const;
const at = { kind: 'at', position: [0, 1, 2], target: [0, 0.5, 0] } as const;
const clip = (p: number): number => Math.min(1, Math.max(0, p));

const cameraOf = (camera: unknown, frame = 0): CameraSample =>
  sampleScene(makeRunInputs({ image: IMAGE, camera: camera as CameraInput }, SCENE), frame).camera;

describe('directionFromAngles', () => {
  it.each([
    [0, 0, [0, 0, 1]],
    [90, 0, [1, 0, 0]],
    [180, 0, [0, 0, -1]],
    [-90, 0, [-1, 0, 0]],
    [0, 90, [0, 1, 0]],
    [123, -90, [0, -1, 0]],
    [45, 45, [0.5, Math.SQRT1_2, 0.5]],
  ])('azimuth %d°, elevation %d° is %j', (azimuth, elevation, expected) => {
    directionFromAngles(azimuth, elevation).forEach((v, i) =>
      expect(v).toBeCloseTo(expected[i] ?? NaN, 14),
    );
  });
});

describe('a camera on a shell', () => {
  const target = [0.3, 0.7, -0.2] as const;
  const pose = {
    kind: 'shell',
    target: [...target],
    radiusMeters: uniform(0.8, 1.6),
    elevationDegrees: { kind: 'normal', mean: 30, std: 15, min: 5, max: 80 },
  };
  const frames = Array.from({ length: 1500 }, (_, frame) => {
    const sample = sampleScene(makeRunInputs({ camera: { pose } as CameraInput }, SCENE), frame);
    const { position, target: aim } = sample.camera;
    const [x, y, z] = position.map((p, i) => p - (target[i] ?? NaN)) as [number, number, number];
    const radius = Math.hypot(x, y, z);
    return {
      sample,
      aim,
      radius,
      azimuth: (Math.atan2(x, z) * DEGREES + 360) % 360,
      elevation: Math.asin(y / radius) * DEGREES,
    };
  });

  it('stands where its draws say, and looks at the target', () => {
    for (const { sample, aim, radius, azimuth, elevation } of frames.slice(0, 100)) {
      const { draws } = sample;
      expect(radius).toBeCloseTo(Number(draws['camera.pose.radiusMeters']), 12);
      expect(azimuth).toBeCloseTo(Number(draws['camera.pose.azimuthDegrees']), 9);
      expect(elevation).toBeCloseTo(Number(draws['camera.pose.elevationDegrees']), 9);
      expect(aim).toEqual(target);
    }
  });

  it('is spread over radius, azimuth and elevation as drawn (Kolmogorov–Smirnov, 0.1 %)', () => {
    const phi = (degrees: number): number => integratedNormal((degrees - 30) / 15);
    expect(
      ksStatistic(
        frames.map((f) => f.radius),
        (r) => clip((r - 0.8) / 0.8),
      ),
    ).toBeLessThan(KS_LIMIT);
    expect(
      ksStatistic(
        frames.map((f) => f.azimuth),
        (a) => clip(a / 360),
      ),
    ).toBeLessThan(KS_LIMIT);
    expect(
      ksStatistic(
        frames.map((f) => f.elevation),
        (e) => clip((phi(e) - phi(5)) / (phi(80) - phi(5))),
      ),
    ).toBeLessThan(KS_LIMIT);
  });

  it('refuses an elevation past the zenith', () => {
    const over = { ...pose, elevationDegrees: { kind: 'normal', mean: 120, std: 5 } };
    expect(() => cameraOf({ pose: over })).toThrow(
      /^camera\.pose\.elevationDegrees: expected a value in -90\.\.90, drew 1/,
    );
  });
});

describe('a camera elsewhere', () => {
  it('stands at its position, or as the scene has it', () => {
    expect(cameraOf({ pose: at })).toMatchObject({ position: [0, 1, 2], target: [0, 0.5, 0] });
    expect(cameraOf({ pose: { kind: 'scene', camera: 'front' } })).toMatchObject({
      position: [0, 1.5, 3],
      target: [0, 0.75, 0],
    });
  });

  it('names the cameras that there are where one is missing', () => {
    expect(() => cameraOf({ pose: { kind: 'scene', camera: 'back' } })).toThrow(
      new SamplingError('camera.pose.camera: the scene has no camera "back"; it has: front'),
    );
  });

  it('moves its target by the jitter, and nothing else', () => {
    const jitter = [uniform(-0.1, 0.1), 0, uniform(1, 2)];
    for (let frame = 0; frame < 20; frame++) {
      const still = cameraOf({ pose: at, rollDegrees: uniform(-5, 5) }, frame);
      const { target, ...rest } = cameraOf(
        { pose: at, rollDegrees: uniform(-5, 5), targetJitterMeters: jitter },
        frame,
      );
      expect({ ...rest, target: still.target }).toEqual(still);
      expect(Math.abs(target[0])).toBeLessThanOrEqual(0.1);
      expect(target[1]).toBe(0.5);
      expect(target[2]).toBeGreaterThanOrEqual(1);
    }
  });

  it('passes on roll and clipping distances', () => {
    const camera = cameraOf({ pose: at, rollDegrees: 12, nearMeters: 0.1, farMeters: 9 });
    expect(camera).toMatchObject({ rollDegrees: 12, nearMeters: 0.1, farMeters: 9 });
  });
});

describe('a lens', () => {
  const lensOf = (lens: object, frame = 0) => cameraOf({ pose: at, lens }, frame).intrinsics;

  it.each([1, 20, 45, 90, 150])(
    'of %d° sees that angle from top to bottom, with square pixels',
    (fov) => {
      const { fx, fy, cx, cy } = lensOf({ kind: 'fov', verticalDegrees: fov });
      expect(fx).toBe(fy);
      expect([cx, cy]).toEqual([320, 240]);
      const [up, down] = [Math.atan(cy / fy), Math.atan((IMAGE.height - cy) / fy)];
      expect((up + down) * DEGREES).toBeCloseTo(fov, 10);
    },
  );

  it('of 90° has a focal length of half of the height', () => {
    expect(lensOf({ kind: 'fov', verticalDegrees: 90 }).fy).toBeCloseTo(240, 12);
  });

  it('moves its principal point right and down by the offset', () => {
    const lens = { kind: 'fov', verticalDegrees: 40, principalOffset: [7, uniform(-3, -2)] };
    const { cx, cy, fy } = lensOf(lens);
    expect(cx).toBe(327);
    expect(cy).toBeGreaterThanOrEqual(237);
    expect(cy).toBeLessThanOrEqual(238);
    expect(fy).toBe(lensOf({ kind: 'fov', verticalDegrees: 40 }).fy);
  });

  it('of given intrinsics is passed through, draws included', () => {
    expect(lensOf({ kind: 'intrinsics', fx: 500, fy: 510.5, cx: 300, cy: -20 })).toEqual({
      fx: 500,
      fy: 510.5,
      cx: 300,
      cy: -20,
    });
    const { fx, fy } = lensOf({
      kind: 'intrinsics',
      fx: uniform(400, 600),
      fy: uniform(400, 600),
      cx: 1,
      cy: 2,
    });
    expect(fx).not.toBe(fy);
  });

  it.each([
    [
      { kind: 'fov', verticalDegrees: { kind: 'normal', mean: 170, std: 1 } },
      'verticalDegrees: expected a value in 1..150',
    ],
    [
      { kind: 'intrinsics', fx: { kind: 'normal', mean: -5, std: 1 }, fy: 1, cx: 0, cy: 0 },
      'fx: expected a value in 0.001..1000000000',
    ],
  ])('refuses what no lens can be: %j', (lens, message) => {
    expect(() => lensOf(lens)).toThrow(`camera.lens.${message}, drew `);
  });
});

describe('a lens that bends', () => {
  const lensOf = (distortion: object, verticalDegrees = 45) =>
    cameraOf({ pose: at, lens: { kind: 'fov', verticalDegrees, distortion } }, 3).intrinsics;
  const kind = 'brown-conrady';

  it('has coefficients in OpenCV’s order, as many as the last that is stated asks for', () => {
    const of = (distortion: object): readonly number[] | undefined =>
      lensOf({ kind, ...distortion }).distortion?.coefficients;
    expect(of({ k2: 0.02, p2: 0.001 })).toEqual([0, 0.02, 0, 0.001, 0]);
    expect(of({ k1: -0.1, k3: 0.01, p1: 0.002 })).toEqual([-0.1, 0, 0.002, 0, 0.01]);
    expect(of({ k6: 0.01 })).toEqual([0, 0, 0, 0, 0, 0, 0, 0.01]);
    expect(of({ k4: 0.1, s3: 0.003 })).toEqual([0, 0, 0, 0, 0, 0.1, 0, 0, 0, 0, 0.003, 0]);
    expect(of({})).toEqual([0, 0, 0, 0, 0]);
  });

  it('draws each coefficient from a stream of its own, and changes nothing else', () => {
    const bent = lensOf({ kind, k1: uniform(-0.2, 0), k2: uniform(0, 0.1) });
    const [k1 = NaN, k2 = NaN] = bent.distortion?.coefficients ?? [];
    expect(k1).toBeGreaterThan(-0.2);
    expect(k1).toBeLessThan(0);
    expect(lensOf({ kind, k2: uniform(0, 0.1) }).distortion?.coefficients[1]).toBe(k2);
    const { distortion: _, ...pinhole } = bent;
    expect(
      cameraOf({ pose: at, lens: { kind: 'fov', verticalDegrees: 45 } }, 3).intrinsics,
    ).toEqual(pinhole);
  });

  it('is refused where a draw folds inside the image, or sees too wide', () => {
    const fold = { kind, k1: uniform(-0.51, -0.5) };
    expect(() => lensOf(fold, 60)).toThrow(SamplingError);
    expect(() => lensOf(fold, 60)).toThrow('folds at radius 0.8');
    expect(() => lensOf({ kind, k1: 0.0001 }, 150)).toThrow('expected rays within 80° of the axis');
  });
});
