import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import { frameDisparity } from '#shared/annotate/frame-disparity';
import { frameFlows } from '#shared/annotate/frame-flows';
import { FLOW_STATE, type OpticalFlow } from '#shared/annotate/optical-flow';
import type { ConfigInput } from '#shared/config/config-schema';
import type { FramePlan } from '#shared/plan/frame-plan';
import { planFrame } from '#shared/plan/plan-frame';
import { type RunInputs, sampleScene } from '#shared/sampling/sample-scene';
import { disparityFault } from '#shared/verify/check-disparity';
import { flowFaults } from '#shared/verify/check-flow';
import { roundTripErrors } from '../makers/follow-flow.ts';
import { greyOf, matchBlock } from '../makers/match-blocks.ts';
import { makeRunInputs, makeScene } from '../makers/make-run-inputs.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';

type Rendered = Readonly<{ plan: FramePlan; buffers: GBuffers }>;

const OUTPUTS = { flow: { forward: 'flo', backward: 'kitti' } } as const;
const SIZE = { width: 96, height: 72 };
/** Focal length of 45° over 72 rows, pixels. */
const FOCAL = 36 / Math.tan((22.5 * Math.PI) / 180);

/** A board 0.4 m thick, its face 2 m before the camera, and a wall behind it at 6 m; nothing above 5 m. */
const BOARD = makeScene(`sceneVersion: 1
name: board
nodes:
  - { name: board, shape: { kind: box, size: [0.6, 0.6, 0.4] }, position: [0, 1, 0.8], category: crate }
  - { name: wall, shape: { kind: box, size: [30, 3, 1] }, position: [0, 1, -3.5] }
`);

const boardInputs = (
  motions: Readonly<{
    board?: readonly [number, number, number];
    camera?: NonNullable<ConfigInput['camera']>['motion'];
  }>,
): RunInputs =>
  makeRunInputs(
    {
      image: SIZE,
      sequence: { frames: 2, framesPerSecond: 10 },
      camera: {
        pose: { kind: 'at', position: [0, 1, 3], target: [0, 1, 0] },
        ...(motions.camera && { motion: motions.camera }),
      },
      ...(motions.board && {
        nodes: { board: { motion: { velocityMetersPerSecond: [...motions.board] } } },
      }),
      outputs: OUTPUTS,
    },
    BOARD,
  );

/** The same, in a pattern that a matcher can hold on to, seen by two cameras side by side. */
const STEREO = makeRunInputs(
  {
    image: SIZE,
    frames: 2,
    camera: {
      pose: { kind: 'at', position: [0, 1, 3], target: [0, 1, 0] },
      rig: {
        views: { left: {}, right: { positionMeters: [0.25, 0, 0] } },
        pairs: [['left', 'right']],
      },
    },
    nodes: Object.fromEntries(
      ['board', 'wall'].map((name) => [
        name,
        {
          material: {
            roughness: 1,
            texture: {
              kind: 'noise',
              colors: ['#000000', '#ffffff'],
              octaves: 2,
              scaleMeters: name === 'board' ? 0.5 : 1.5,
            },
          },
        },
      ]),
    ),
    sensor: { toneMapping: 'none' },
  },
  BOARD,
);

/** The vase turns and crosses the table while the camera orbits; the floor ends, and there is sky. */
const MIXED = makeRunInputs({
  image: SIZE,
  sequence: { frames: 2, framesPerSecond: 10 },
  camera: {
    pose: { kind: 'at', position: [0.2, 1.3, 1.6], target: [0, 0.8, 0] },
    motion: { orbitDegreesPerSecond: 10, velocityMetersPerSecond: [0, 0.2, 0] },
  },
  nodes: {
    vase: { motion: { velocityMetersPerSecond: [0.3, 0, 0.2], spinDegreesPerSecond: 40 } },
  },
  objects: {},
  outputs: OUTPUTS,
});

const centreOf = (i: number): readonly [number, number] => [
  (i % SIZE.width) + 0.5,
  Math.floor(i / SIZE.width) + 0.5,
];
/** Flow of every pixel of an id, with its centre relative to the principal point. */
function vectorsOf(flow: OpticalFlow, { buffers }: Rendered, id: number) {
  return Array.from(buffers.instanceId.keys())
    .filter((i) => buffers.instanceId[i] === id && (buffers.depth[i] ?? 0) > 0)
    .map((i) => {
      const [cx, cy] = centreOf(i);
      const [u = NaN, v = NaN] = [flow.uv[i * 2], flow.uv[i * 2 + 1]];
      return { x: cx - 48, y: cy - 36, u, v, state: flow.state[i], i };
    });
}

describe.each(BACKENDS)('optical flow on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());

  const draw = async (inputs: RunInputs, frame: number): Promise<Rendered> => {
    const plan = planFrame(inputs, sampleScene(inputs, frame));
    return { plan, buffers: await renderPlan(requireOpen(pool), plan) };
  };
  const flowOf = (rendered: Rendered): OpticalFlow => {
    const [one] = frameFlows(rendered.plan, rendered.buffers);
    if (one === undefined) throw new Error('expected a flow');
    expect(flowFaults(one)).toEqual([]);
    return one.flow;
  };

  it('of a plane that moves sideways is f · d / z, and 0 on what rests', async () => {
    const first = await draw(boardInputs({ board: [1.2, -0.9, 0] }), 0);
    const flow = flowOf(first);
    const board = vectorsOf(flow, first, 1);
    // 0.6 m at 2 m, seen from the middle: its face alone.
    expect(board.length).toBeGreaterThan(600);
    for (const { u, v } of board) {
      expect(u).toBeCloseTo((FOCAL * 0.12) / 2, 3);
      expect(v).toBeCloseTo((FOCAL * 0.09) / 2, 3);
    }
    const wall = vectorsOf(flow, first, 0);
    for (const { u, v } of wall) {
      expect(u).toBeCloseTo(0, 4);
      expect(v).toBeCloseTo(0, 4);
    }
    // What the board moves over is hidden; what it leaves was never seen in this frame.
    const hidden = wall.filter(({ state }) => state === FLOW_STATE.occluded);
    const moved = (FOCAL * 0.12) / 2;
    const side = (FOCAL * 0.6) / 2;
    const swept = (side + moved) * (side + (FOCAL * 0.09) / 2) - side * side;
    expect(hidden.length).toBeGreaterThan(0.6 * swept);
    // The board's own sides hide a little more, seen aslant.
    expect(hidden.length).toBeLessThan(1.6 * swept);
    for (const { x, y } of hidden) {
      expect(x).toBeGreaterThan(-side / 2);
      expect(y).toBeGreaterThan(-side / 2);
    }
  });

  it('of a plane that comes nearer leads away from the principal point', async () => {
    const first = await draw(boardInputs({ board: [0, 0, 4] }), 0);
    const flow = flowOf(first);
    const board = vectorsOf(flow, first, 1);
    expect(board.length).toBeGreaterThan(600);
    for (const { x, y, u, v, state } of board) {
      expect(u).toBeCloseTo((x * 0.4) / 1.6, 3);
      expect(v).toBeCloseTo((y * 0.4) / 1.6, 3);
      expect(state).toBe(FLOW_STATE.visible);
    }
  });

  it('of a camera that turns is a turn of the rays, at every depth', async () => {
    // The target moves; the camera stays and turns by atan(0.15 / 3) to the right.
    const first = await draw(
      boardInputs({ camera: { targetVelocityMetersPerSecond: [1.5, 0, 0] } }),
      0,
    );
    const flow = flowOf(first);
    const turned = Math.atan(0.15 / 3);
    const all = [...vectorsOf(flow, first, 0), ...vectorsOf(flow, first, 1)];
    const depths = new Set(all.map(({ i }) => Math.round(first.buffers.depth[i] ?? 0)));
    expect([...depths].sort()).toEqual([2, 6]);
    for (const { x, y, u, v } of all) {
      const from = Math.atan(x / FOCAL);
      const to = from - turned;
      expect(x + u).toBeCloseTo(FOCAL * Math.tan(to), 3);
      expect(y + v).toBeCloseTo((y * Math.cos(from)) / Math.cos(to), 3);
    }
    expect(all.some(({ state }) => state === FLOW_STATE.outside)).toBe(true);
  });

  it('of a camera that moves sideways is by depth: −f · d / z on wall and board alike', async () => {
    const first = await draw(
      boardInputs({
        camera: {
          velocityMetersPerSecond: [1, 0, 0],
          targetVelocityMetersPerSecond: [1, 0, 0],
        },
      }),
      0,
    );
    const flow = flowOf(first);
    for (const [id, z] of [
      [1, 2],
      [0, 6],
    ] as const) {
      const vectors = vectorsOf(flow, first, id);
      expect(vectors.length).toBeGreaterThan(600);
      for (const { u, v } of vectors) {
        expect(u).toBeCloseTo((-FOCAL * 0.1) / z, 3);
        expect(v).toBeCloseTo(0, 4);
      }
    }
  });

  it('of a camera on a rail that leads ahead spreads by depth: x · d / (z − d)', async () => {
    const rail = {
      waypoints: [
        [0, 1, 3],
        [0, 1, 2.5],
        [0, 1, 1],
      ] as [number, number, number][],
      speedMetersPerSecond: 2,
      look: 'along' as const,
    };
    const first = await draw(boardInputs({ camera: { rail } }), 0);
    const flow = flowOf(first);
    for (const [id, z] of [
      [1, 2],
      [0, 6],
    ] as const) {
      const vectors = vectorsOf(flow, first, id).filter(({ i }) => first.buffers.depth[i] === z);
      expect(vectors.length).toBeGreaterThan(600);
      for (const { x, y, u, v } of vectors) {
        expect(u).toBeCloseTo((x * 0.2) / (z - 0.2), 3);
        expect(v).toBeCloseTo((y * 0.2) / (z - 0.2), 3);
      }
    }
  });

  it.runIf(backend === 'mesa')(
    'of a rectified pair is the disparity that blocks find',
    async () => {
      const [left, right] = [await draw(STEREO, 0), await draw(STEREO, 1)];
      expect(left.buffers.pair).toEqual({
        instanceId: right.buffers.instanceId,
        depth: right.buffers.depth,
      });
      const truth = frameDisparity(left.plan, left.buffers);
      if (truth === null) throw new Error('expected a disparity');
      expect(disparityFault(truth)).toBeNull();
      const greys = [greyOf(left.buffers.color), greyOf(right.buffers.color)] as const;
      const errors: number[] = [];
      const seen = new Set<number>();
      for (let y = 0; y < SIZE.height; y++) {
        for (let x = 0; x < SIZE.width; x++) {
          const i = y * SIZE.width + x;
          const match = matchBlock(greys, SIZE, { x, y, most: 16 });
          if (match === null || match.texture < 10 || truth.state[i] !== FLOW_STATE.visible)
            continue;
          const d = truth.disparity[i] ?? NaN;
          seen.add(Math.round(d));
          errors.push(Math.abs(match.disparity - d));
        }
      }
      errors.sort((a, b) => a - b);
      const [median = NaN, worse = NaN] = [0.5, 0.9].map(
        (q) => errors[Math.floor(q * errors.length)],
      );
      console.info(
        `${errors.length} blocks at ${[...seen].sort().join(', ')} px: median ${median.toFixed(3)}, nine in ten below ${worse.toFixed(3)}`,
      );
      // 0.25 · f / z at 2 and 6 m.
      expect([...seen].sort((a, b) => a - b)).toEqual([4, 11]);
      expect(errors.length).toBeGreaterThan(1500);
      expect(median).toBeLessThan(0.3);
    },
  );

  it('is unknown where nothing is, as in the sky', async () => {
    const first = await draw(
      boardInputs({ camera: { targetVelocityMetersPerSecond: [0, 60, 0] } }),
      1,
    );
    const flow = flowOf(first);
    const sky = Array.from(first.buffers.depth.keys()).filter((i) => first.buffers.depth[i] === 0);
    expect(sky.length).toBeGreaterThan(500);
    for (const i of sky) expect(flow.state[i]).toBe(FLOW_STATE.unknown);
  });

  it('is made from the labels that the neighbour has when it is drawn itself', async () => {
    const [first, second] = [await draw(MIXED, 0), await draw(MIXED, 1)];
    const shown = ({ instanceId, depth }: GBuffers) => ({ instanceId, depth });
    expect(first.buffers.next).toEqual(shown(second.buffers));
    expect(second.buffers.previous).toEqual(shown(first.buffers));
    expect(first.buffers.previous).toBeUndefined();
    expect(second.buffers.next).toBeUndefined();
  });

  it('does not change the frame itself', async () => {
    const { plan, buffers } = await draw(MIXED, 0);
    const { neighbours: _, ...alone } = plan;
    const again = await renderPlan(requireOpen(pool), alone);
    expect(again.color).toEqual(buffers.color);
    expect(again.depth).toEqual(buffers.depth);
    expect(again.instanceId).toEqual(buffers.instanceId);
  });

  it('leads there and back where nothing is hidden, on the scene and on what moves', async () => {
    const [first, second] = [await draw(MIXED, 0), await draw(MIXED, 1)];
    const [forward, backward] = [flowOf(first), flowOf(second)];
    expect(Math.max(...forward.uv.map(Math.abs))).toBeGreaterThan(1);
    // Between pixels of other surfaces there is no flow to compare with; on round ones it bends between pixels.
    const errors = roundTripErrors(forward, backward, 0.05);
    expect(errors.length).toBeGreaterThan(500);
    expect(Math.max(...errors)).toBeLessThan(0.02);
    const ofVase = {
      ...forward,
      state: forward.state.map((state, i) => (first.buffers.instanceId[i] === 1 ? state : 0)),
    };
    expect(roundTripErrors(ofVase, backward, 0.1).length).toBeGreaterThan(20);
  });
});
