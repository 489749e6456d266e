import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { SamplingError } from '#shared/core/errors';
import type { Vec3 } from '#shared/core/geometry';
import { transformPoint } from '#shared/core/matrix';
import { lidarPose } from '#shared/plan/lidar-pose';
import { planFrame } from '#shared/plan/plan-frame';
import type { PlanLidar } from '#shared/plan/plan-lidars';
import { sampleScene } from '#shared/sampling/sample-scene';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { sampleFaults } from '#shared/verify/sample-faults';
import { makeLidarSample } from '../../../makers/make-lidar.ts';
import { makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

type Lidars = NonNullable<ConfigInput['camera']['lidars']>;
type Lidar = Lidars[string];

const POSE: ConfigInput['camera']['pose'] = {
  kind: 'at',
  position: [0, 1, 2],
  target: [0, 0, 0],
};
const BEAMS: Lidar['beams'] = { kind: 'even', count: 4, fromDegrees: -30, toDegrees: 0 };
const inputsOf = (
  lidars?: Lidars,
  camera: Partial<ConfigInput['camera']> = {},
  changes: Partial<ConfigInput> = {},
): ReturnType<typeof makeRunInputs> =>
  makeRunInputs(
    { camera: { pose: POSE, ...(lidars && { lidars }), ...camera }, ...changes },
    makeScene(),
  );
const sampleOf = (lidars?: Lidars, frame = 0): SceneSample => sampleScene(inputsOf(lidars), frame);

const DRAWN: Lidar = {
  positionMeters: [0, { kind: 'uniform', min: -1, max: 1 }, 0],
  beams: { ...BEAMS, count: { kind: 'integer', min: 2, max: 9 } },
  farMeters: { kind: 'uniform', min: 50, max: 90 },
};

describe('the lidars of a frame', () => {
  it('are drawn and recorded, and move no other draw', () => {
    const sample = sampleOf({ roof: DRAWN });
    const { lidars, draws } = sample;
    const count = draws['camera.lidars.roof.beams.count'];
    expect(lidars?.[0]?.elevationsDegrees.length).toBe(count);
    expect(lidars?.[0]?.farMeters).toBe(draws['camera.lidars.roof.farMeters']);
    expect(sampleFaults(sample)).toEqual([]);
    const { lidars: _, draws: __, ...rest } = sample;
    const { draws: ___, ...plain } = sampleOf();
    expect(rest).toEqual(plain);
    const two = sampleOf({ rear: { beams: BEAMS, farMeters: DRAWN.farMeters }, roof: DRAWN });
    expect(two.lidars?.[1]).toEqual(lidars?.[0]);
  });

  it('have beams at even steps, or as they are listed', () => {
    const listed: Lidar = {
      beams: { kind: 'list', elevationsDegrees: [5, -7], azimuthOffsetsDegrees: [1, -1] },
    };
    const one: Lidar = { beams: { ...BEAMS, count: 1 } };
    const [even, list, single] = sampleOf({ even: { beams: BEAMS }, listed, one }).lidars ?? [];
    expect(even?.elevationsDegrees).toEqual([-30, -20, -10, 0]);
    expect(even?.azimuthOffsetsDegrees).toEqual([0, 0, 0, 0]);
    expect([list?.elevationsDegrees, list?.azimuthOffsetsDegrees]).toEqual([
      [5, -7],
      [1, -1],
    ]);
    expect(single?.elevationsDegrees).toEqual([-30]);
  });

  it.each([
    [{ nearMeters: 90, farMeters: 80 }, 'nearMeters: expected less than farMeters (80), drew 90'],
    [
      { reflectance: { from: 0.9, to: 0.5 } },
      'reflectance.from: expected at most reflectance.to (0.5), drew 0.9',
    ],
    [
      {
        reflectance: {
          categories: { crate: { from: { kind: 'uniform', min: 0.6, max: 0.7 }, to: 0.5 } },
        },
      },
      'reflectance.categories.crate.from: expected at most reflectance.categories.crate.to (0.5), drew 0.6',
    ],
    [{ turn: { fromDegrees: 10, toDegrees: 10 } }, 'turn: expected a part of a turn'],
    [{ turn: { fromDegrees: 0, toDegrees: 400 } }, 'turn.toDegrees: expected a value in -360..360'],
    [{ turn: { fromDegrees: -200, toDegrees: 200 } }, 'turn: expected a part of a turn'],
    [
      { beams: { ...BEAMS, count: 200 }, turn: { columns: 8000 } },
      'turn.columns: expected at most 1048576 rays in all, drew 1600000',
    ],
  ] satisfies [Partial<Lidar>, string][])('are refused by name: %o', (changes, message) => {
    const take = () => sampleOf({ roof: { beams: BEAMS, ...changes } });
    expect(take).toThrow(SamplingError);
    expect(take).toThrow(`camera.lidars.roof.${message}`);
  });
});

describe('the place of a lidar', () => {
  /** In the world: where it is, ahead, to the left and up. */
  const axesOf = (lidar: Parameters<typeof makeLidarSample>[0], camera = POSE) => {
    const inputs = inputsOf(undefined, { pose: camera });
    const pose = lidarPose(sampleScene(inputs, 0), makeLidarSample(lidar));
    const origin = transformPoint(pose, [0, 0, 0]);
    const along = (axis: Vec3): Vec3 => {
      const [x, y, z] = transformPoint(pose, axis);
      return [x - origin[0], y - origin[1], z - origin[2]];
    };
    return { origin, ahead: along([1, 0, 0]), left: along([0, 1, 0]), up: along([0, 0, 1]) };
  };
  const expectNear = (found: Vec3, expected: Vec3): void => {
    for (const axis of [0, 1, 2] as const) expect(found[axis]).toBeCloseTo(expected[axis], 12);
  };
  const slope = Math.sqrt(5);

  it('is the camera’s, with x where that looks', () => {
    const { origin, ahead, left, up } = axesOf({ positionMeters: [0.5, 0, 0] });
    expectNear(origin, [0.5, 1, 2]);
    expectNear(ahead, [0, -1 / slope, -2 / slope]);
    expectNear(left, [-1, 0, 0]);
    expectNear(up, [0, 2 / slope, -1 / slope]);
  });

  it('is upright where it is to be level, with the camera’s heading', () => {
    const { origin, ahead, left, up } = axesOf({
      relativeTo: 'level',
      positionMeters: [0, -1, 0.5],
      yawDegrees: 90,
    });
    expectNear(origin, [0, 2, 1.5]);
    expectNear(ahead, [1, 0, 0]);
    expectNear(left, [0, 0, -1]);
    expectNear(up, [0, 1, 0]);
  });

  it('is a place of the world where it stands by itself, and looks along −z, turned to the right', () => {
    const { origin, ahead, up } = axesOf({ relativeTo: 'world', positionMeters: [3, 4, 5] });
    expectNear(origin, [3, 4, 5]);
    expectNear(ahead, [0, 0, -1]);
    expectNear(up, [0, 1, 0]);
    expectNear(axesOf({ relativeTo: 'world', yawDegrees: 90 }).ahead, [1, 0, 0]);
    expectNear(axesOf({ relativeTo: 'world', pitchDegrees: 90 }).ahead, [0, 1, 0]);
  });

  it('is refused level with a camera that looks straight down', () => {
    const down: ConfigInput['camera']['pose'] = {
      kind: 'at',
      position: [0, 2, 0],
      target: [0, 0, 0],
    };
    const inputs = inputsOf({ roof: { beams: BEAMS, relativeTo: 'level' } }, { pose: down });
    const plan = () => planFrame(inputs, sampleScene(inputs, 0));
    expect(plan).toThrow(SamplingError);
    expect(plan).toThrow('camera.lidars.roof.relativeTo: expected a camera with a heading');
  });
});

describe('the plan of a lidar', () => {
  const plansOf = (
    frame: number,
    camera: Partial<ConfigInput['camera']> = {},
    changes: Partial<ConfigInput> = {},
  ): readonly PlanLidar[] | undefined => {
    const inputs = inputsOf({ roof: { beams: BEAMS } }, camera, changes);
    return planFrame(inputs, sampleScene(inputs, frame)).lidars;
  };

  it('has noise of its own in each frame, and reflectances of its sequence', () => {
    const sequence = { sequence: { frames: 4 } };
    const [first, third, next] = [0, 3, 4].map((frame) => plansOf(frame, {}, sequence)?.[0]);
    expect(first?.noiseKey).not.toBe(third?.noiseKey);
    expect(first?.surfaceKey).toBe(third?.surfaceKey);
    expect(first?.surfaceKey).not.toBe(next?.surfaceKey);
  });

  it('is of the first view of a rig alone, and stands where the rig does', () => {
    const rig = { views: { left: { positionMeters: [-1, 0, 0] as const }, right: {} } };
    const changes = { frames: 4 };
    const withRig = { rig: rig as unknown as NonNullable<ConfigInput['camera']['rig']> };
    expect(plansOf(0, withRig, changes)?.[0]?.worldFromLidar).toEqual(
      plansOf(0)?.[0]?.worldFromLidar,
    );
    expect(plansOf(1, withRig, changes)).toBeUndefined();
  });

  it('has what weather takes of light', () => {
    const fog = { weather: { fog: { visibilityMeters: 100 }, topMeters: 30 } };
    const weather = plansOf(0, {}, fog)?.[0]?.weather;
    // Hahner et al. (ICCV 2021): the meteorological optical range is ln 20 / α.
    expect(weather?.extinctionPerMeter).toBeCloseTo(Math.log(20) / 100, 12);
    expect(weather?.topMeters).toBe(30);
    expect(plansOf(0)?.[0]?.weather).toEqual({ extinctionPerMeter: 0, topMeters: null });
  });
});
