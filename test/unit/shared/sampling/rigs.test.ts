import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { transformPoint } from '#shared/core/matrix';
import { cameraFromView } from '#shared/core/view-pose';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene } from '#shared/sampling/sample-scene';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { framesBeside, placeOf } from '#shared/sampling/sequence';
import { coverageFrames } from '#shared/stats/draw-coverage';
import { sampleFaults } from '#shared/verify/sample-faults';
import { makeRunInputs } from '../../../makers/make-run-inputs.ts';

type Rig = NonNullable<ConfigInput['camera']['rig']>;

const POSE: ConfigInput['camera']['pose'] = {
  kind: 'at',
  position: [0, 1.3, 1.6],
  target: [0, 0.8, 0],
};
const STEREO: Rig = {
  views: { left: { positionMeters: [-0.05, 0, 0] }, right: { positionMeters: [0.05, 0, 0] } },
  pairs: [['left', 'right']],
};
const inputsOf = (rig: Rig | undefined, changes: Partial<ConfigInput> = {}) =>
  makeRunInputs({ frames: 12, camera: { pose: POSE, ...(rig && { rig }) }, ...changes });
const sampleOf = (rig: Rig | undefined, frame: number, changes = {}): SceneSample =>
  sampleScene(inputsOf(rig, changes), frame);

describe('the order of frames', () => {
  const order = (views: readonly string[], frames: number) => {
    const rig = { views: Object.fromEntries(views.map((name) => [name, {}])) };
    return inputsOf(rig, { sequence: { frames, framesPerSecond: 10 } }).config;
  };

  it('is view by view, moment by moment, sequence by sequence', () => {
    const config = order(['a', 'b', 'c'], 2);
    const places = Array.from({ length: 8 }, (_, frame) => placeOf(config, frame));
    expect(places.map(({ view }) => view)).toEqual([0, 1, 2, 0, 1, 2, 0, 1]);
    expect(places.map(({ moment }) => moment)).toEqual([0, 0, 0, 1, 1, 1, 2, 2]);
    expect(places.map(({ step }) => step)).toEqual([0, 0, 0, 1, 1, 1, 0, 0]);
    expect(places.map(({ index }) => index)).toEqual([0, 0, 0, 0, 0, 0, 1, 1]);
    expect(places.map(({ firstFrame }) => firstFrame)).toEqual([0, 0, 0, 0, 0, 0, 6, 6]);
    expect(places[4]?.timeSeconds).toBe(0.1);
    expect(framesBeside(config, 1)).toEqual({ previous: null, next: 4 });
    expect(framesBeside(config, 4)).toEqual({ previous: 1, next: null });
  });

  it('without a rig is that of sequences', () => {
    const { config } = inputsOf(undefined, { sequence: { frames: 4 } });
    expect(placeOf(config, 6)).toMatchObject({
      index: 1,
      step: 2,
      firstFrame: 4,
      view: 0,
      moment: 6,
    });
  });

  it('counts draws once: coverage goes from moment to moment', () => {
    const { config } = inputsOf(STEREO);
    expect(coverageFrames(config, 3).map(({ frame }) => frame)).toEqual([0, 2, 4]);
  });
});

describe('views of a moment', () => {
  it('share every draw, and have the pose that the rig gives them', () => {
    const turned: Rig = {
      views: { front: {}, back: { yawDegrees: { kind: 'uniform', min: 170, max: 190 } } },
    };
    const [front, back, later] = [0, 1, 2].map((frame) => sampleOf(turned, frame));
    expect({ ...back, frame: 0, rig: front?.rig }).toEqual(front);
    expect(back?.rig).toEqual({ ...front?.rig, view: 1 });
    expect(later?.draws).not.toEqual(front?.draws);
    expect(sampleFaults(back)).toEqual([]);
    expect(front?.draws['camera.rig.views.back.yawDegrees']).toBe(front?.rig?.views[1]?.yawDegrees);
  });

  it('leave all other draws as they are without a rig', () => {
    const { rig: _, draws: __, ...seen } = sampleOf(STEREO, 0);
    const { draws: ___, ...plain } = sampleOf(undefined, 0);
    expect(seen).toEqual(plain);
  });

  it('turn to the right, then up, then clockwise', () => {
    const view = {
      positionMeters: [1, 2, 3],
      yawDegrees: 90,
      pitchDegrees: 0,
      rollDegrees: 0,
    } as const;
    const at = (changes: object, point: readonly [number, number, number]): number[] =>
      transformPoint(cameraFromView({ ...view, ...changes }), point).map((v) => +v.toFixed(9) + 0);
    // Ahead of a view that is turned to the right is the camera's right.
    expect(at({}, [0, 0, 1])).toEqual([2, 2, 3]);
    expect(at({ yawDegrees: 0, pitchDegrees: 90 }, [0, 0, 1])).toEqual([1, 1, 3]);
    // The right of a view that is rolled clockwise points down.
    expect(at({ yawDegrees: 0, rollDegrees: 90 }, [1, 0, 0])).toEqual([1, 3, 3]);
    // Up by 30° after the turn: up stays up.
    const tilted = at({ pitchDegrees: 30 }, [0, 0, 1]);
    expect(tilted[0]).toBeCloseTo(1 + Math.cos(Math.PI / 6), 8);
    expect(tilted[1]).toBeCloseTo(2 - 0.5, 8);
  });

  it('of a pair know each other', () => {
    const inputs = inputsOf(STEREO);
    const plans = [2, 3].map((frame) => planFrame(inputs, sampleScene(inputs, frame)));
    expect(plans[0]?.pair).toMatchObject({ side: 'left', other: 3 });
    expect(plans[1]?.pair).toMatchObject({ side: 'right', other: 2 });
    expect(plans[0]?.pair?.baselineMeters).toBeCloseTo(0.1, 12);
    const { neighbours: _, pair: __, ...right } = plans[1] ?? {};
    expect(plans[0]?.neighbours?.pair).toEqual(right);
  });

  it('are planned alone where no disparity is asked for', () => {
    const inputs = inputsOf(STEREO, { outputs: { disparity: { png: false } } });
    const plan = planFrame(inputs, sampleScene(inputs, 2));
    expect(plan.pair).toBeUndefined();
    expect(plan.neighbours).toBeUndefined();
  });

  it('may have lenses of their own, which all frames of a moment know', () => {
    const wide = { kind: 'uniform', min: 70, max: 80 } as const;
    const mixed: Rig = {
      views: { front: {}, wide: { lens: { kind: 'fov', verticalDegrees: wide } } },
    };
    const [front, side, later] = [0, 1, 3].map((frame) => sampleOf(mixed, frame));
    const plain = sampleOf(undefined, 0);
    expect(front?.camera).toEqual(plain.camera);
    expect(side?.draws).toEqual(front?.draws);
    expect(side?.rig?.views).toEqual(front?.rig?.views);
    const degrees = Number(side?.draws['camera.rig.views.wide.lens.verticalDegrees']);
    expect(side?.camera.intrinsics.fy).toBeCloseTo(240 / Math.tan((degrees * Math.PI) / 360), 9);
    expect(side?.camera).toEqual({ ...front?.camera, intrinsics: side?.rig?.views[1]?.intrinsics });
    expect(later?.camera.intrinsics).not.toEqual(side?.camera.intrinsics);
    expect(sampleFaults(side)).toEqual([]);
    const plan = planFrame(inputsOf(mixed), sampleOf(mixed, 1));
    expect(plan.camera.intrinsics).toEqual(side?.camera.intrinsics);
    // As many lenses as a page has to keep.
    expect(plan.views).toBe(2);
    expect(planFrame(inputsOf(undefined), plain)).not.toHaveProperty('views');
  });

  it('of a pair see through one lens', () => {
    const beside = { positionMeters: [0.1, 0, 0] } satisfies Rig['views'][string];
    const lens = (verticalDegrees: unknown) =>
      ({ lens: { kind: 'fov', verticalDegrees } }) as Rig['views'][string];
    const pairOf = (left: Rig['views'][string], right: Rig['views'][string]): Rig => ({
      views: { left, right: { ...beside, ...right } },
      pairs: [['left', 'right']],
    });
    const zoom = { kind: 'var', name: 'zoom' };
    const vars = { zoom: { kind: 'uniform', min: 30, max: 60 } } as const;
    const same = sampleOf(pairOf(lens(zoom), lens(zoom)), 1, { vars });
    expect(same.rig?.views[0]?.intrinsics).toEqual(same.camera.intrinsics);
    expect(() => sampleOf(pairOf({}, lens(45)), 0)).not.toThrow();
    const drawn = { kind: 'uniform', min: 30, max: 60 };
    for (const right of [lens(50), lens(drawn)])
      expect(() => sampleOf(pairOf(lens(drawn), right), 0)).toThrow(
        /camera\.rig\.pairs\[0\]: expected right to have the lens of left, drew/,
      );
  });

  it('refuses pairs that are not rectified, by what was drawn', () => {
    const refused = (right: object): void =>
      expect(() => sampleOf({ views: { left: {}, right }, pairs: [['left', 'right']] }, 0)).toThrow(
        /camera\.rig\.pairs\[0\]: expected right beside left, farther to its right/,
      );
    refused({ positionMeters: [-0.1, 0, 0] });
    refused({ positionMeters: [0.1, 0.001, 0] });
    refused({ positionMeters: [0.1, 0, 0], yawDegrees: 0.1 });
    // Both turned alike: beside each other is then along their own x.
    const tilted = { yawDegrees: 0, pitchDegrees: -30 };
    const pair: Rig = {
      views: { left: tilted, right: { ...tilted, positionMeters: [0.2, 0, 0] } },
      pairs: [['left', 'right']],
    };
    expect(sampleOf(pair, 0).rig?.view).toBe(0);
  });
});
