import { describe, expect, it } from 'vitest';
import type { FlowBuffers, FlowFrame } from '#shared/annotate/flow-tracer';
import type { FrameFlow } from '#shared/annotate/frame-flows';
import { type OpticalFlow, opticalFlow } from '#shared/annotate/optical-flow';
import { AnnotationError } from '#shared/core/errors';
import type { Mat4 } from '#shared/core/geometry';
import { compose, IDENTITY } from '#shared/core/matrix';
import { flowFaults, verifyFlows } from '#shared/verify/check-flow';
import { makeInstance } from '../../../makers/make-labelled-frame.ts';

const SIZE = { width: 48, height: 32 };
const LENS = { fx: 50, fy: 50, cx: 24, cy: 16 };
const at = (x: number, y: number, z: number): Mat4 => compose([x, y, z], [1, 0, 0, 0], [1, 1, 1]);

/** A square of 0.6 m that faces the camera, its middle at (x, 0, z), before a wall at 4 m. */
function frameWith(x: number, z: number): FlowFrame {
  const pixels = SIZE.width * SIZE.height;
  const instanceId = new Uint16Array(pixels);
  const depth = new Float32Array(pixels).fill(4);
  for (let i = 0; i < pixels; i++) {
    const px = (((i % SIZE.width) + 0.5 - LENS.cx) / LENS.fx) * z - x;
    const py = ((Math.floor(i / SIZE.width) + 0.5 - LENS.cy) / LENS.fy) * z;
    if (Math.abs(px) > 0.3 || Math.abs(py) > 0.3) continue;
    instanceId[i] = 1;
    depth[i] = z;
  }
  return {
    plan: {
      camera: { worldFromCamera: IDENTITY, intrinsics: LENS, nearMeters: 0.01, farMeters: 100 },
      instances: [{ ...makeInstance(1), worldFromObject: at(x, 0, z) }],
    },
    buffers: { ...SIZE, instanceId, depth },
  };
}

function flowBetween(from: FlowFrame, to: FlowFrame): FrameFlow {
  return { direction: 'forward', other: 8, flow: opticalFlow(from, to), from, to };
}
const [FIRST, SECOND] = [frameWith(-0.2, 2), frameWith(0.137, 1.9)];
const SOUND = flowBetween(FIRST, SECOND);
const withBuffers = (frame: FlowFrame, buffers: Partial<FlowBuffers>): FlowFrame => ({
  ...frame,
  buffers: { ...frame.buffers, ...buffers },
});
const withFlow = (flow: Partial<OpticalFlow>): FrameFlow => ({
  ...SOUND,
  flow: { ...SOUND.flow, ...flow },
});

describe('the check of flow', () => {
  it('passes what is right, there and back', () => {
    expect(flowFaults(SOUND)).toEqual([]);
    expect(flowFaults({ ...flowBetween(SECOND, FIRST), direction: 'backward' })).toEqual([]);
    expect(() => verifyFlows([SOUND], { frame: 7 })).not.toThrow();
  });

  it('finds an object that is drawn elsewhere than its pose says', () => {
    const elsewhere = withBuffers(SECOND, frameWith(0.167, 1.9).buffers);
    const faults = flowFaults(flowBetween(FIRST, elsewhere));
    // Its edge uncovers points that should lie on it; a flat face otherwise looks the same.
    expect(faults).toEqual([
      expect.stringMatching(
        /flow forward: instance 1 \(.*\): expected visible points to lie on it in frame 8 and to lead back, found \d+ of \d+ that do not; the first is pixel \(\d+, \d+\)/,
      ),
    ]);
    const nearer = withBuffers(SECOND, frameWith(0.137, 2).buffers);
    expect(flowFaults(flowBetween(FIRST, nearer)).join()).toMatch(/instance 1/);
  });

  it('finds geometry that moves and carries no id', () => {
    const still = { ...SECOND, plan: FIRST.plan };
    const unlabelled = (frame: FlowFrame): FlowFrame => ({
      plan: { ...frame.plan, instances: [] },
      buffers: { ...frame.buffers, instanceId: new Uint16Array(SIZE.width * SIZE.height) },
    });
    const [fault] = flowFaults(flowBetween(unlabelled(FIRST), unlabelled(still)));
    expect(fault).toMatch(/flow forward: the static scene: expected visible points to lie on it/);
  });

  it('finds flow of another motion', () => {
    const uv = SOUND.flow.uv.map((value) => value * 1.1);
    expect(flowFaults(withFlow({ uv })).join()).toMatch(/instance 1 .* lead back/);
  });

  it.each([
    [
      'numbers that are not finite',
      { uv: SOUND.flow.uv.map((v, i) => (i === 9 ? NaN : v)) },
      /pixel \(4, 0\): expected finite numbers, found 0, NaN/,
    ],
    [
      'unknown states',
      { state: SOUND.flow.state.map((v, i) => (i === 50 ? 4 : v)) },
      /pixel \(2, 1\): expected a state of 0..3, found 4/,
    ],
    [
      'visible points outside',
      { uv: SOUND.flow.uv.map((v, i) => (i === 2 ? -9 : v)) },
      /pixel \(1, 0\): expected a point in the image/,
    ],
    [
      'missing pixels',
      { uv: SOUND.flow.uv.subarray(2) },
      /expected 1536 pixels, found 1536 states and 1535 vectors/,
    ],
  ])('finds %s', (_, flow, text) => {
    expect(flowFaults(withFlow(flow))).toEqual([expect.stringMatching(text)]);
  });

  it('refuses the frame, and says how to see it again', () => {
    const wrong = withFlow({ uv: SOUND.flow.uv.map((value) => value * 1.1) });
    const judge = () => verifyFlows([wrong], { frame: 7, reproduce: 'again 7' });
    expect(judge).toThrow(AnnotationError);
    expect(judge).toThrow(/^frame 7: flow forward: .* Reproduce: again 7$/);
  });
});
