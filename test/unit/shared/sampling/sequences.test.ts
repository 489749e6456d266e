import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import type { Vec2, Vec3 } from '#shared/core/geometry';
import { planFrame } from '#shared/plan/plan-frame';
import { framesBeside } from '#shared/sampling/sequence';
import { sampleScene } from '#shared/sampling/sample-scene';
import type { ObjectSample, SceneSample } from '#shared/sampling/scene-sample';
import {
  cornersOf,
  depthInside,
  distanceBetween,
  heightsOf,
  planOf,
  SURFACES,
  turn,
} from '../../../makers/ground-oracle.ts';
import { makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

const SCENE = makeScene();
const STEPS = 5;
const FPS = 10;
const sequence = { frames: STEPS, framesPerSecond: FPS };
const ROUNDING = 1e-9;
const speed = { kind: 'uniform', min: -0.3, max: 0.3 } as const;
const motion = {
  velocityMetersPerSecond: [speed, 0, speed],
  spinDegreesPerSecond: { kind: 'uniform', min: -90, max: 90 },
} satisfies NonNullable<ConfigInput['objects']>[string]['motion'];

/** Something of everything that draws. */
const RICH: Partial<ConfigInput> = {
  vars: { sun: { kind: 'uniform', min: 0, max: 1 } },
  camera: {
    pose: {
      kind: 'shell',
      radiusMeters: { kind: 'uniform', min: 2, max: 3 },
      azimuthDegrees: { kind: 'uniform', min: 0, max: 360 },
      elevationDegrees: { kind: 'uniform', min: 20, max: 60 },
      target: [0, 0.75, 0],
    },
  },
  environment: { map: { kind: 'choice', values: ['dawn', 'hall'] } },
  nodes: { vase: { yawDegrees: { kind: 'uniform', min: 0, max: 360 } } },
  objects: {
    crates: {
      assets: ['crate-*', 'post-1'],
      count: { kind: 'integer', min: 2, max: 5 },
      placement: { kind: 'scatter', surface: 'floor' },
      material: { roughness: { kind: 'uniform', min: 0.2, max: 0.8 } },
    },
    piles: {
      assets: ['crate-*'],
      count: 2,
      placement: { kind: 'stack', surface: 'table', height: 2, shiftMeters: 0.01 },
      whenFull: 'drop',
    },
    floating: { assets: ['wedge-1'], count: 2, placement: { kind: 'free', volume: 'air' } },
  },
  sensor: { exposureStops: { kind: 'normal', mean: 0, std: 0.2 } },
};
const withMotion = (motions: Partial<ConfigInput> = {}): Partial<ConfigInput> => ({
  ...RICH,
  sequence,
  objects: Object.fromEntries(
    Object.entries(RICH.objects ?? {}).map(([name, group]) => [name, { ...group, motion }]),
  ),
  ...motions,
});
const sampleOf = (changes: Partial<ConfigInput>, frame: number): SceneSample =>
  sampleScene(makeRunInputs(changes, SCENE), frame);
const sequenceAt = (changes: Partial<ConfigInput>, first: number): readonly SceneSample[] =>
  Array.from({ length: STEPS }, (_, step) => sampleOf(changes, first + step));
const nth = <T>(items: readonly T[], index: number): T => {
  const item = items[index];
  if (item === undefined) throw new Error(`expected an item ${index}, found ${items.length}`);
  return item;
};

describe('frames that stand alone', () => {
  it('are byte for byte what they were before there were sequences', () => {
    const samples = [0, 1, 17].map((frame) => sampleOf(RICH, frame));
    const digest = createHash('sha256').update(JSON.stringify(samples)).digest('hex');
    expect(digest).toBe('47bbe53b1ebda451cb788e2461674217b1b4a99b5d661023e41421bf97602b80');
  });

  it('say nothing of sequences', () => {
    const sample = sampleOf(RICH, 3);
    expect(sample).not.toHaveProperty('sequence');
    const { instances } = planFrame(makeRunInputs(RICH, SCENE), sample);
    expect(instances.length).toBeGreaterThan(0);
    for (const instance of instances) expect(instance).not.toHaveProperty('trackId');
  });
});

describe('a sequence', () => {
  it('is numbered by ⌊k/n⌋, k mod n and the time of the step', () => {
    expect([0, 4, 5, 13].map((frame) => sampleOf(withMotion(), frame).sequence)).toEqual([
      { index: 0, step: 0, timeSeconds: 0 },
      { index: 0, step: 4, timeSeconds: 0.4 },
      { index: 1, step: 0, timeSeconds: 0 },
      { index: 2, step: 3, timeSeconds: 0.3 },
    ]);
  });

  it('shares every draw of its first frame; without motion only its numbers differ', () => {
    const alone = sampleOf(RICH, 10);
    for (const [step, sample] of sequenceAt({ ...RICH, sequence }, 10).entries()) {
      const { frame, sequence: place, ...rest } = sample;
      expect([frame, place?.step]).toEqual([10 + step, step]);
      const { frame: _, ...expected } = alone;
      expect(rest).toEqual(expected);
    }
    expect(sampleOf({ ...RICH, sequence }, 15).camera).not.toEqual(alone.camera);
  });

  it('has neighbours in its sequence alone, and in the dataset', () => {
    const config = { frames: 8, sequence, camera: {} };
    expect([0, 1, 4, 5, 7].map((frame) => framesBeside(config, frame))).toEqual([
      { previous: null, next: 1 },
      { previous: 0, next: 2 },
      { previous: 3, next: null },
      { previous: null, next: 6 },
      { previous: 6, next: null },
    ]);
  });

  it('draws noise for each frame by itself', () => {
    const inputs = makeRunInputs({ ...RICH, sequence }, SCENE);
    const keys = [0, 1, 2].map((f) => planFrame(inputs, sampleScene(inputs, f)).sensor.noiseKey);
    expect(new Set(keys).size).toBe(3);
  });

  it('keeps instance ids and tracks, which no other sequence has', () => {
    const inputs = makeRunInputs(withMotion(), SCENE);
    const tracksAt = (frame: number) =>
      planFrame(inputs, sampleScene(inputs, frame)).instances.map((one) => [
        one.instanceId,
        one.name,
        one.assetId,
        one.trackId,
      ]);
    const first = tracksAt(5);
    expect(first.length).toBeGreaterThan(3);
    for (const step of [1, 2, 3, 4]) expect(tracksAt(5 + step)).toEqual(first);
    for (const [id, , , track] of first) expect(track).toBe(6 * 65536 + Number(id));
  });
});

describe('motion', () => {
  it('carries objects along their velocity and turns them, in closed form of the time', () => {
    const samples = sequenceAt(withMotion(), 20);
    const start = nth(samples, 0);
    const alone = sampleOf(RICH, 20);
    expect(start.objects.map(({ assetId }) => assetId)).toEqual(
      alone.objects.map(({ assetId }) => assetId),
    );
    for (const [step, sample] of samples.entries()) {
      for (const [i, object] of sample.objects.entries()) {
        if (object.group === 'piles') continue;
        const path = `objects.${object.group}[${object.slot}].motion`;
        const drawn = (name: string): number => Number(sample.draws[`${path}.${name}`]);
        const before = nth(start.objects, i);
        const t = step / FPS;
        const velocity: Vec3 = [
          drawn('velocityMetersPerSecond[0]'),
          0,
          drawn('velocityMetersPerSecond[2]'),
        ];
        for (const axis of [0, 1, 2] as const) {
          expect(object.position[axis]).toBeCloseTo(before.position[axis] + velocity[axis] * t, 12);
        }
        const angle = (drawn('spinDegreesPerSecond') * t * Math.PI) / 180;
        const [x, y, z] = turn(before.orientation, [1, 0, 0]);
        const expected = [
          x * Math.cos(angle) + z * Math.sin(angle),
          y,
          z * Math.cos(angle) - x * Math.sin(angle),
        ];
        turn(object.orientation, [1, 0, 0]).forEach((value, axis) =>
          expect(value).toBeCloseTo(expected[axis] ?? NaN, 12),
        );
      }
    }
  });

  it('moves a stack as one rigid body', () => {
    const samples = sequenceAt(withMotion(), 20).map(({ objects }) =>
      objects.filter(({ group }) => group === 'piles'),
    );
    const start = nth(samples, 0);
    expect(start.length).toBeGreaterThan(1);
    /** Where b is in a's own frame. */
    const relative = (a: ObjectSample, b: ObjectSample): Vec3 => {
      const [w, x, y, z] = a.orientation;
      const by = [0, 1, 2].map((i) => (b.position[i] ?? NaN) - (a.position[i] ?? NaN));
      return turn([w, -x, -y, -z], by as unknown as Vec3);
    };
    const expected = relative(nth(start, 0), nth(start, 1));
    for (const pile of samples) {
      relative(nth(pile, 0), nth(pile, 1)).forEach((value, axis) =>
        expect(value).toBeCloseTo(expected[axis] ?? NaN, 12),
      );
    }
    expect(nth(nth(samples, 4), 0).position).not.toEqual(nth(start, 0).position);
  });

  it('of a node adds to its offset and yaw', () => {
    const nodes = {
      vase: {
        offsetMeters: [0.1, 0, 0],
        motion: { velocityMetersPerSecond: [0.2, 0.1, -0.2], spinDegreesPerSecond: 30 },
      },
    } satisfies ConfigInput['nodes'];
    const vaseAt = (frame: number) => {
      const sample = sampleOf({ sequence, nodes }, frame);
      return sample.nodes.find(({ name }) => name === 'vase');
    };
    expect(vaseAt(5)).toMatchObject({ offsetMeters: [0.1, 0, 0], yawDegrees: 0 });
    const { offsetMeters, yawDegrees } = vaseAt(8) ?? { offsetMeters: [] };
    expect(yawDegrees).toBeCloseTo(9, 12);
    [0.16, 0.03, -0.06].forEach((value, i) => expect(offsetMeters[i]).toBeCloseTo(value, 12));
  });

  it('of the camera orbits its first target and carries both along', () => {
    const camera = {
      pose: { kind: 'at', position: [1, 1.5, 2], target: [1, 0.75, 0] },
      motion: {
        velocityMetersPerSecond: [0, 0.1, 0],
        targetVelocityMetersPerSecond: [0.5, 0, 0],
        orbitDegreesPerSecond: 300,
      },
    } satisfies ConfigInput['camera'];
    const at = (frame: number) => sampleOf({ sequence, camera }, frame).camera;
    expect(at(0)).toMatchObject({ position: [1, 1.5, 2], target: [1, 0.75, 0] });
    // A quarter turn from +Z to +X after 0.3 s, at 2 m.
    const { position, target } = at(3);
    [3, 1.53, 0].forEach((value, i) => expect(position[i]).toBeCloseTo(value, 12));
    [1.15, 0.75, 0].forEach((value, i) => expect(target[i]).toBeCloseTo(value, 12));
  });

  it('of one group moves no draw of anything else', () => {
    const still = sampleOf({ ...RICH, sequence }, 7);
    const moving = sampleOf(withMotion({ camera: RICH.camera as never }), 7);
    for (const [path, value] of Object.entries(still.draws)) {
      // Yaws are drawn anew for each attempt, and paths of moving things reject others.
      if (!path.endsWith('.yawDegrees')) expect(moving.draws[path]).toEqual(value);
    }
    expect(moving.camera).toEqual(still.camera);
  });

  it('of what stands never sinks into its surface', () => {
    const objects = {
      g: {
        assets: ['crate-2'],
        count: 1,
        placement: { kind: 'scatter', surface: 'floor' },
        motion: { velocityMetersPerSecond: [0, -0.1, 0] },
      },
    } satisfies ConfigInput['objects'];
    expect(() => sampleOf({ sequence, objects }, 0)).toThrow(/at least 0 .* drew -0.1/);
  });

  it('is refused of a surface that carries objects', () => {
    const nodes = { floor: { motion: { velocityMetersPerSecond: [0.1, 0, 0] } } } as const;
    const { objects } = RICH;
    expect(() =>
      sampleOf({ objects, sequence, nodes: nodes as unknown as ConfigInput['nodes'] }, 0),
    ).toThrow(/surface "floor" moves in this sequence/);
  });
});

describe('at every step, what moves', () => {
  /** A node that crosses the table among moving objects. */
  const crossing: Partial<ConfigInput> = {
    sequence,
    nodes: { vase: { motion: { velocityMetersPerSecond: [-0.6, 0, 0.3] } } },
    objects: {
      crates: {
        assets: ['crate-*', 'post-1', 'wedge-1'],
        count: 6,
        placement: { kind: 'scatter', surface: 'table', spacingMeters: 0.01, marginMeters: 0.02 },
        whenFull: 'drop',
        motion,
      },
    },
  };
  const frames = Array.from({ length: 20 * STEPS }, (_, frame) => frame);

  it('stays on its surface, clear of the others and of a moving node', () => {
    let seen = 0;
    for (const frame of frames) {
      const { objects, nodes } = sampleOf(crossing, frame);
      const [dx = NaN, , dz = NaN] = nodes.find(({ name }) => name === 'vase')?.offsetMeters ?? [];
      const vase = Array.from({ length: 48 }, (_, i): Vec2 => {
        const angle = (i * Math.PI) / 24;
        return [0.1 + dx + 0.08 * Math.sin(angle), 0.05 + dz + 0.08 * Math.cos(angle)];
      });
      for (const [i, object] of objects.entries()) {
        seen += 1;
        const plan = planOf(object);
        expect(Math.abs(heightsOf(object)[0] - SURFACES.table.height)).toBeLessThan(ROUNDING);
        expect(depthInside(SURFACES.table.outline, plan)).toBeGreaterThan(0.02 - ROUNDING);
        expect(distanceBetween(plan, vase)).toBeGreaterThan(0.01 - ROUNDING);
        for (const other of objects.slice(0, i)) {
          expect(distanceBetween(plan, planOf(other))).toBeGreaterThan(0.01 - ROUNDING);
        }
      }
    }
    expect(seen).toBeGreaterThan(frames.length * 2);
  });

  it('stays inside its volume where it floats, clear of the others', () => {
    const objects: ConfigInput['objects'] = {
      floating: {
        assets: ['crate-2', 'wedge-1'],
        count: 5,
        placement: { kind: 'free', volume: 'air', spacingMeters: 0 },
        whenFull: 'drop',
        motion: { ...motion, velocityMetersPerSecond: [speed, speed, speed] },
      },
    };
    let seen = 0;
    for (const frame of frames) {
      const boxes = sampleOf({ sequence, objects }, frame).objects.map((object) => {
        const corners = cornersOf(object);
        return ([0, 1, 2] as const).map((axis) => {
          const along = corners.map((corner) => corner[axis]);
          return [Math.min(...along), Math.max(...along)] as const;
        });
      });
      const air = [
        [-0.6, 0.6],
        [1.1, 1.9],
        [-0.6, 0.6],
      ] as const;
      for (const [i, box] of boxes.entries()) {
        seen += 1;
        box.forEach(([low, high], axis) => {
          expect(low).toBeGreaterThan((air[axis]?.[0] ?? NaN) - ROUNDING);
          expect(high).toBeLessThan((air[axis]?.[1] ?? NaN) + ROUNDING);
        });
        for (const other of boxes.slice(0, i)) {
          const apart = box.some(([low, high], axis) => {
            const [from = NaN, to = NaN] = other[axis] ?? [];
            return low >= to - 1.001e-4 || from >= high - 1.001e-4;
          });
          expect(apart).toBe(true);
        }
      }
    }
    expect(seen).toBeGreaterThan(frames.length * 2);
  });
});
