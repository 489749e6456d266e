import { describe, expect, it } from 'vitest';
import { checkConfig } from '#shared/config/check-config';
import type { ConfigInput } from '#shared/config/config-schema';
import { SamplingError } from '#shared/core/errors';
import type { Vec3 } from '#shared/core/geometry';
import { worldFromLookAt } from '#shared/core/look-at';
import { placeOn } from '#shared/sampling/ride-rail';
import { sampleScene } from '#shared/sampling/sample-scene';
import type { CameraSample } from '#shared/sampling/scene-sample';
import { makeRunInputs, makeScene, ROOM } from '../../../makers/make-run-inputs.ts';

type Camera = ConfigInput['camera'];
const AT = { kind: 'at', position: [9, 9, 9], target: [0, 0.75, 0] } as const;
const SEQUENCE = { frames: 41, framesPerSecond: 10 };
const straight = { waypoints: [[-2, 1, 3], [0, 1, 3], [2, 1, 3]] as Vec3[] }; // prettier-ignore

const inputsOf = (camera: unknown, more: Partial<ConfigInput> = {}, scene = makeScene()) =>
  makeRunInputs({ camera: camera as Camera, sequence: SEQUENCE, ...more }, scene);
const railOf = (rail: object) => inputsOf({ pose: AT, motion: { rail: { ...straight, ...rail } } });
const cameras = (inputs: ReturnType<typeof inputsOf>, steps = 41): CameraSample[] =>
  Array.from({ length: steps }, (_, frame) => sampleScene(inputs, frame).camera);
const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, i) => value - (b[i] ?? NaN)));
const problems = (inputs: ReturnType<typeof inputsOf>): string => {
  try {
    checkConfig(inputs.config, inputs);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a camera on a rail', () => {
  it('runs at its speed from where it starts, stops at the end, and looks at the target', () => {
    const views = cameras(railOf({ speedMetersPerSecond: 1, startMeters: 0.5 }));
    views.forEach(({ position, target }, step) => {
      expect(distance(position, [Math.min(2, -1.5 + step / 10), 1, 3])).toBeLessThan(1e-8);
      expect(target).toEqual([0, 0.75, 0]);
    });
  });

  it('looks along it, also where it rides back, and never jumps', () => {
    const views = cameras(railOf({ speedMetersPerSecond: 2, atEnd: 'return', look: 'along' }));
    views.forEach(({ position, target }, step) => {
      const run = (step / 5) % 8;
      expect(distance(position, [-2 + (run <= 4 ? run : 8 - run), 1, 3])).toBeLessThan(1e-8);
      expect(distance(target, [position[0] + 1, 1, 3])).toBeLessThan(1e-8);
    });
  });

  it('goes round a closed one as often as its speed takes it, in steps that are alike', () => {
    const waypoints = [[1, 1, 0], [0, 1, -1], [-1, 1, 0], [0, 1, 1]]; // prettier-ignore
    const views = cameras(
      railOf({ waypoints, closed: true, speedMetersPerSecond: 3, look: 'along' }),
    );
    const steps = views
      .slice(1)
      .map(({ position }, i) => distance(position, views[i]?.position ?? []));
    // Chords of 0.3 m of a curve whose radius is about 1.
    for (const step of steps) {
      expect(step).toBeLessThan(0.3);
      expect(step).toBeGreaterThan(0.29);
    }
    for (const { position, target } of views) expect(distance(position, target)).toBeCloseTo(1, 9);
  });

  it('begins where camera.sees judges it', () => {
    const motion = { rail: { ...straight, speedMetersPerSecond: 0 } };
    const sees = (clearanceMeters: number) => ({ objects: 0, clearanceMeters, attempts: 2 });
    // The table's rim comes to 2.2 m of the rail's begin; the pose itself would stand 9 m off.
    expect(() => sampleScene(inputsOf({ pose: AT, motion, sees: sees(4) }), 0)).toThrow(
      SamplingError,
    );
    expect(sampleScene(inputsOf({ pose: AT, motion, sees: sees(0.3) }), 0).camera.position[2]).toBeCloseTo(3, 9); // prettier-ignore
  });

  it('is where rides of any length bring it', () => {
    const open = { closed: false } as const;
    expect(placeOn(4, 9, { ...open, atEnd: 'stop' })).toBe(4);
    expect(placeOn(4, -1, { ...open, atEnd: 'stop' })).toBe(0);
    expect(placeOn(4, 9, { ...open, atEnd: 'return' })).toBe(1);
    expect(placeOn(4, 5, { ...open, atEnd: 'return' })).toBe(3);
    expect(placeOn(4, -1, { closed: true, atEnd: 'stop' })).toBe(3);
  });

  it('is refused beside other ways to move, off its rail, and with two waypoints in one place', () => {
    const motion = { rail: { ...straight, speedMetersPerSecond: 1 }, orbitDegreesPerSecond: 5 };
    expect(problems(inputsOf({ pose: AT, motion }))).toContain(
      'camera.motion.orbitDegreesPerSecond',
    );
    expect(() => cameras(railOf({ speedMetersPerSecond: 1, startMeters: 5 }), 1)).toThrow(
      'camera.motion.rail.startMeters',
    );
    const doubled = [[0, 0, 0], [0, 0, 0], [1, 0, 0]]; // prettier-ignore
    expect(() => cameras(railOf({ waypoints: doubled, speedMetersPerSecond: 1 }), 1)).toThrow(
      'camera.motion.rail.waypoints: expected waypoints that follow each other to lie apart',
    );
  });
});

describe('a camera on a mount', () => {
  const carried = (pose: object, motion?: object, scene = makeScene()) =>
    inputsOf(
      { pose: { kind: 'mount', node: 'bench', ...pose } },
      motion ? { nodes: { bench: { motion } } } : {},
      scene,
    );

  it('rides on a vehicle: height and pitch stay, heading follows', () => {
    // The bench's middle is at (−2, 0.25, 0); the camera stands 1 m above and 0.5 m before it.
    const pose = { positionMeters: [0, 1, 0.5], pitchDegrees: -10 };
    const motion = { velocityMetersPerSecond: [0, 0, 2], spinDegreesPerSecond: 30 };
    cameras(carried(pose, motion)).forEach(({ position, target, rollDegrees }, step) => {
      const [time, yaw] = [step / 10, ((step * 3) / 180) * Math.PI];
      const [s, c] = [Math.sin(yaw), Math.cos(yaw)];
      expect(distance(position, [-2 + 0.5 * s, 1.25, 2 * time + 0.5 * c])).toBeLessThan(1e-9);
      const level = Math.cos(Math.PI / 18);
      const way = [s * level, -Math.sin(Math.PI / 18), c * level];
      expect(
        distance(
          target,
          position.map((p, i) => p + (way[i] ?? NaN)),
        ),
      ).toBeLessThan(1e-9);
      expect(Math.abs(rollDegrees)).toBeLessThan(1e-9);
    });
  });

  it('sits in a hand: its axes are those of the hand, turned by its own angles, whichever way that is', () => {
    for (const turned of [
      [0, 0, 30],
      [90, 0, 0],
      [180, 0, 0],
      [40, 50, 60],
    ] as const) {
      const text = ROOM.replace('  - name: bench\n', `  - name: bench\n    rotationDegrees: [${turned.join(', ')}]\n`); // prettier-ignore
      const scene = makeScene(text);
      const bench = scene.nodes.find(({ name }) => name === 'bench');
      const m = bench?.worldFromNode ?? [];
      const column = (k: number): Vec3 => [m[k] ?? NaN, m[4 + k] ?? NaN, m[8 + k] ?? NaN];
      const [view] = cameras(carried({}, undefined, scene), 1);
      if (!view) throw new Error('no view');
      const pose = worldFromLookAt(view.position, view.target, view.rollDegrees);
      const axis = (k: number): Vec3 => [pose[k] ?? NaN, pose[4 + k] ?? NaN, pose[8 + k] ?? NaN];
      // OpenCV's right, down and forward are the node's −X, −Y and +Z.
      expect(
        distance(
          axis(0),
          column(0).map((v) => -v),
        ),
      ).toBeLessThan(1e-9);
      expect(
        distance(
          axis(1),
          column(1).map((v) => -v),
        ),
      ).toBeLessThan(1e-9);
      expect(distance(axis(2), column(2))).toBeLessThan(1e-9);
    }
  });

  it('looks straight down from a gantry over a conveyor, its top to the node’s front', () => {
    const [view] = cameras(carried({ positionMeters: [0, 2, 0], pitchDegrees: -90 }), 1);
    if (!view) throw new Error('no view');
    const pose = worldFromLookAt(view.position, view.target, view.rollDegrees);
    expect(view.position).toEqual([-2, 2.25, 0]);
    expect(distance([pose[2], pose[6], pose[10]].map(Number), [0, -1, 0])).toBeLessThan(1e-9);
    expect(distance([pose[1], pose[5], pose[9]].map(Number), [0, 0, -1])).toBeLessThan(1e-9);
  });

  it('is refused on what is not there, and where something else moves it', () => {
    expect(problems(carried({ node: 'lorry' }))).toContain('unknown node "lorry"');
    const motion = { orbitDegreesPerSecond: 5 };
    const pose = { kind: 'mount', node: 'bench' };
    expect(problems(inputsOf({ pose, motion }))).toContain('expected none where a mount moves the camera'); // prettier-ignore
  });
});
