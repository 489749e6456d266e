import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { instantsOf, leastSubframes, spanOf } from '#shared/config/shutter-times';
import type { FramePlan, PlanShutter } from '#shared/plan/frame-plan';
import { planFrame } from '#shared/plan/plan-frame';
import { type RunInputs, sampleScene } from '#shared/sampling/sample-scene';
import { viewCount } from '#shared/sampling/sequence';
import { makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

const SUBFRAMES = 16;
const FPS = 10;
/** The middle of the sequence; its instants are then the odd steps from 15 before to 15 after. */
const FRAME = 20;
const sequence = { frames: 40, framesPerSecond: FPS };
/** As long as 32 steps, so that each of 16 sub-frames is at a step. */
const LONG = { shutterSeconds: 32 / FPS, shutter: { kind: 'global' } } as const;

const slow = { kind: 'uniform', min: -0.03, max: 0.03 } as const;
const motion = {
  velocityMetersPerSecond: [slow, 0, slow],
  spinDegreesPerSecond: { kind: 'uniform', min: -20, max: 20 },
} satisfies NonNullable<ConfigInput['nodes']>[string]['motion'];
const MOVING: Partial<ConfigInput> = {
  sequence,
  sensor: LONG,
  render: { subframes: SUBFRAMES, ambientOcclusion: { strength: 0 } },
  camera: {
    pose: { kind: 'at', position: [0, 1.5, 3], target: [0, 0.75, 0] },
    motion: {
      orbitDegreesPerSecond: 5,
      targetVelocityMetersPerSecond: [0, 0.02, 0],
      rail: {
        waypoints: [
          [-1, 1, 3],
          [0, 1.4, 3.5],
          [1, 1, 3],
        ],
        speedMetersPerSecond: 0.2,
      },
      wobble: {},
    },
  },
  nodes: { vase: { motion } },
  objects: {
    boxes: {
      assets: ['crate-*'],
      count: 2,
      motion,
      placement: { kind: 'scatter', surface: 'floor' },
    },
    piles: {
      assets: ['crate-*'],
      count: 1,
      motion,
      placement: { kind: 'stack', surface: 'floor', height: 2, shiftMeters: 0.01 },
    },
    floating: { assets: ['post-1'], count: 1, motion, placement: { kind: 'free', volume: 'air' } },
    still: { assets: ['wedge-1'], count: 1, placement: { kind: 'scatter', surface: 'bench' } },
  },
};

const inputsOf = (changes: Partial<ConfigInput> = MOVING): RunInputs =>
  makeRunInputs(changes, makeScene());
const planOf = (inputs: RunInputs, frame = FRAME): FramePlan =>
  planFrame(inputs, sampleScene(inputs, frame));
function shutterOf({ shutter }: FramePlan): PlanShutter {
  if (!shutter) throw new Error('expected a shutter');
  return shutter;
}
const close = (matrix: readonly number[] | undefined): readonly number[] =>
  (matrix ?? []).map((value) => expect.closeTo(value, 9) as number);

describe('instants of an exposure', () => {
  it('lie in the middles of equal parts of it, about the middle of the frame', () => {
    expect(instantsOf({ seconds: 0.4, readoutSeconds: 0 }, 100, 4)).toEqual(
      close([-0.15, -0.05, 0.05, 0.15]),
    );
  });

  it('reach from the beginning of the first row to the end of the last', () => {
    // 11 rows that begin 1 ms apart, each open for 5 ms: 15 ms.
    const times = { seconds: 0.005, readoutSeconds: 0.011 };
    expect(spanOf(times, 11)).toBeCloseTo(0.015, 12);
    expect(leastSubframes(times, 11)).toBe(3);
    expect(leastSubframes({ seconds: 0.005, readoutSeconds: 0 }, 11)).toBe(1);
  });
});

describe('a plan with a shutter', () => {
  it.each<[string, Partial<ConfigInput>]>([
    ['orbit, rail and hand', MOVING],
    [
      'a mount',
      {
        ...MOVING,
        camera: { pose: { kind: 'mount', node: 'vase', positionMeters: [0, 0.2, 0.1] } },
      },
    ],
    [
      'the second view of a rig',
      {
        ...MOVING,
        camera: {
          pose: { kind: 'at', position: [0, 1.5, 3], target: [0, 0.75, 0] },
          motion: { orbitDegreesPerSecond: 5 },
          rig: { views: { ahead: {}, aside: { positionMeters: [0.2, 0, 0], yawDegrees: 30 } } },
        },
      },
    ],
  ])('has everything where the frames at its instants have it: %s', (_, changes) => {
    const inputs = inputsOf(changes);
    const views = viewCount(inputs.config);
    const frame = FRAME * views + views - 1;
    const plan = planOf(inputs, frame);
    const { worldFromCamera = [], nodes } = shutterOf(plan);
    expect(nodes.map(({ index }) => plan.nodes[index]?.name)).toEqual([
      'vase',
      'boxes[0]',
      'boxes[1]',
      'piles[0]',
      'piles[1]',
      'floating[0]',
    ]);
    for (let k = 0; k < SUBFRAMES; k++) {
      const there = planOf(inputs, frame + (2 * k - 15) * views);
      expect(worldFromCamera[k]).toEqual(close(there.camera.worldFromCamera));
      for (const { index, worldFromNode } of nodes)
        expect(worldFromNode[k]).toEqual(close(there.nodes[index]?.worldFromNode));
    }
  });

  it('changes neither labels nor draws, and is absent where nothing moves', () => {
    const { sensor: _, ...open } = MOVING;
    const [with_, without] = [planOf(inputsOf()), planOf(inputsOf(open))];
    expect(without).not.toHaveProperty('shutter');
    expect(with_.instances).toEqual(without.instances);
    expect(with_.camera).toEqual(without.camera);
    const still = planOf(inputsOf({ sensor: LONG, render: { subframes: SUBFRAMES } }), 3);
    expect(still).not.toHaveProperty('shutter');
  });

  it('keeps clear of others from the first exposure’s beginning to the last one’s end', () => {
    // At 0.5 m/s for 1.6 s before and after a frame alone, from a floor of 8 m: not nearer its edge than 0.8 m.
    const inputs = inputsOf({
      sensor: LONG,
      render: MOVING.render,
      objects: {
        boxes: {
          assets: ['crate-1'],
          count: 6,
          motion: { velocityMetersPerSecond: [0.5, 0, 0] },
          placement: { kind: 'scatter', surface: 'floor' },
        },
      },
    });
    for (const { position } of sampleScene(inputs, 4).objects)
      expect(Math.abs(position[0])).toBeLessThanOrEqual(4 - 0.8);
  });

  it('takes a shadow’s bounds around the whole way', () => {
    const nodes: ConfigInput['nodes'] = {
      vase: { motion: { velocityMetersPerSecond: [10, 0, 0] } },
    };
    const { shadowBounds } = planOf(inputsOf({ ...MOVING, nodes }), 0);
    // In the middles of the first and the last sub-frame, 1.5 s away, the vase is 15 m to either side.
    expect(shadowBounds.radius).toBeGreaterThan(15);
    expect(shadowBounds.radius).toBeLessThan(16);
  });

  it('refuses rows that are shorter than a sub-frame', () => {
    const sensor = {
      shutterSeconds: { kind: 'uniform', min: 0.0001, max: 0.00011 },
      shutter: { kind: 'rolling', readoutSeconds: 0.03 },
    } as const;
    expect(() => planOf(inputsOf({ ...MOVING, sensor }))).toThrow(
      /sensor\.shutter: expected render\.subframes of at least \d+ for rows of 0\.0001\d* s read over 0\.03 s, found 16/,
    );
  });
});
