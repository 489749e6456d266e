import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { SamplingError } from '#shared/core/errors';
import { sampleScene } from '#shared/sampling/sample-scene';
import { directionFromAngles } from '#shared/sampling/sample-place';
import type { CameraSample } from '#shared/sampling/scene-sample';
import { makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';
import {
  CHI_SQUARE_LIMIT,
  chiSquare,
  countsOf,
  integratedNormal,
  KS_LIMIT,
  ksStatistic,
} from './goodness-of-fit.ts';

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

describe('a camera on a ring', () => {
  it('stands at the height and distance that are drawn, in the direction of the angle', () => {
    const target = [0.3, 0.7, -0.2];
    const pose = {
      kind: 'ring',
      target,
      radiusMeters: uniform(1, 2),
      heightMeters: uniform(-0.2, 0.5),
    };
    for (let frame = 0; frame < 50; frame++) {
      const inputs = makeRunInputs({ camera: { pose } as CameraInput }, SCENE);
      const { camera, draws } = sampleScene(inputs, frame);
      const [x, y, z] = camera.position.map((p, i) => p - (target[i] ?? NaN)) as [
        number,
        number,
        number,
      ];
      expect(Math.hypot(x, z)).toBeCloseTo(Number(draws['camera.pose.radiusMeters']), 12);
      expect(y).toBeCloseTo(Number(draws['camera.pose.heightMeters']), 12);
      const azimuth = (Math.atan2(x, z) * DEGREES + 360) % 360;
      expect(azimuth).toBeCloseTo(Number(draws['camera.pose.azimuthDegrees']), 9);
      expect(camera.target).toEqual(target);
    }
  });

  it('has every angle alike (Kolmogorov–Smirnov, 0.1 %), and a side that is up', () => {
    const angles = Array.from({ length: 1500 }, (_, frame) => {
      const [x, , z] = cameraOf({ pose: { kind: 'ring', radiusMeters: 1 } }, frame).position;
      return (Math.atan2(x, z) * DEGREES + 360) % 360;
    });
    expect(ksStatistic(angles, (a) => a / 360)).toBeLessThan(KS_LIMIT);
    expect(() => cameraOf({ pose: { kind: 'ring', radiusMeters: 0 } })).toThrow(
      'camera.pose.radiusMeters: expected a value in 0.000001..1000000, drew 0',
    );
  });
});

describe('a camera at the positions of a grid', () => {
  const grid = { kind: 'grid', min: [-1, 2, 0], max: [1, 3, 4], counts: [3, 1, 2] } as const;
  const at = (order: object, frame: number): string =>
    cameraOf({ pose: { ...grid, ...order } }, frame).position.join(' ');
  const ALL = ['-1 2.5 0', '0 2.5 0', '1 2.5 0', '-1 2.5 4', '0 2.5 4', '1 2.5 4'];
  const frames = Array.from({ length: 12 }, (_, frame) => frame);

  it('goes from one to the next, x before y before z, and then anew; hold keeps it there', () => {
    expect(frames.map((frame) => at({}, frame))).toEqual([...ALL, ...ALL]);
    expect(frames.map((frame) => at({ hold: 2 }, frame))).toEqual(ALL.flatMap((p) => [p, p]));
    const sequence = makeRunInputs(
      { camera: { pose: grid } as unknown as CameraInput, sequence: { frames: 4 } },
      SCENE,
    );
    expect(sampleScene(sequence, 7).camera.position).toEqual([0, 2.5, 0]);
  });

  it('shuffled, has each once before any again; random, all alike (chi-square, 0.1 %)', () => {
    const shuffled = frames.map((frame) => at({ order: 'shuffled' }, frame));
    for (const block of [shuffled.slice(0, 6), shuffled.slice(6)])
      expect([...block].sort()).toEqual([...ALL].sort());
    expect(shuffled.slice(0, 6)).not.toEqual(shuffled.slice(6));
    const drawn = Array.from({ length: 1200 }, (_, frame) => at({ order: 'random' }, frame));
    expect(chiSquare(countsOf(drawn, ALL), new Array<number>(6).fill(200))).toBeLessThan(
      CHI_SQUARE_LIMIT[5] ?? NaN,
    );
  });

  it('refuses corners that are upside down, and grids beyond count', () => {
    const pose = (change: object) => () => cameraOf({ pose: { ...grid, ...change } });
    expect(pose({ min: [2, 2, 0] })).toThrow('expected min <= max along each axis');
    expect(pose({ counts: [100000, 100000, 1] })).toThrow('expected at most 1073741824 positions');
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
