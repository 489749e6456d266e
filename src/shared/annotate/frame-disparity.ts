import { AnnotationError } from '../core/errors.ts';
import type { FramePlan } from '../plan/frame-plan.ts';
import type { PlanPair } from '../plan/plan-pair.ts';
import type { GBuffers } from './annotations.ts';
import { FLOW_STATE, opticalFlow, type OpticalFlow } from './optical-flow.ts';

/** Units of one pixel in a 16-bit disparity file (KITTI). */
export const DISPARITY_UNITS = 256;

/** How far the surface points of a view's pixels lie apart in both views of a rectified pair. */
export type FrameDisparity = PlanPair &
  Readonly<{
    width: number;
    height: number;
    /** [H, W] x in the left view less x in the right one, pixels, above 0: fx · b / z; 0 = nothing there. */
    disparity: Float32Array;
    /** [H, W] what became of the point in the other view, of {@link FLOW_STATE}. */
    state: Uint8Array;
    /** Where the poses of both views take the points: the second way to the same numbers. */
    flow: OpticalFlow;
  }>;

/** Pixels of each state, and those that 16 bits cannot hold: as a record has them. */
export type DisparityRecord = PlanPair &
  Readonly<Record<'visible' | 'occluded' | 'outside' | 'unknown' | 'beyond16Bit', number>>;

/**
 * The disparity of a frame whose view has a rectified pair; null where it has none.
 * @throws AnnotationError where the page did not send what the other view shows.
 */
export function frameDisparity(plan: FramePlan, buffers: GBuffers): FrameDisparity | null {
  const { pair, neighbours, camera } = plan;
  if (pair === undefined) return null;
  const { width, height, depth } = buffers;
  const other = neighbours?.pair;
  if (other === undefined || buffers.pair === undefined) {
    throw new AnnotationError(
      `frame ${plan.frame}: expected ids and depth of frame ${pair.other} for disparity, found none.`,
    );
  }
  const from = { plan, buffers };
  const flow = opticalFlow(from, { plan: other, buffers: { width, height, ...buffers.pair } });
  const focalBaseline = camera.intrinsics.fx * pair.baselineMeters;
  const disparity = Float32Array.from(depth, (z, i) =>
    flow.state[i] === FLOW_STATE.unknown ? 0 : focalBaseline / z,
  );
  return { ...pair, width, height, disparity, state: flow.state, flow };
}

/** Disparities as KITTI's 16 bits hold them: 256 units a pixel, 0 = none, or beyond 255.99. */
export function disparityTo16Bit(disparity: Float32Array): Uint16Array {
  return Uint16Array.from(disparity, (d) => {
    const units = Math.round(d * DISPARITY_UNITS);
    return units > 65535 ? 0 : d > 0 ? Math.max(1, units) : 0;
  });
}

/** Counts a disparity. */
export function recordDisparity(found: FrameDisparity): DisparityRecord {
  const { side, other, baselineMeters, disparity, state } = found;
  const count = (value: number): number => state.reduce((n, s) => n + (s === value ? 1 : 0), 0);
  return {
    side,
    other,
    baselineMeters,
    visible: count(FLOW_STATE.visible),
    occluded: count(FLOW_STATE.occluded),
    outside: count(FLOW_STATE.outside),
    unknown: count(FLOW_STATE.unknown),
    beyond16Bit: disparity.reduce((n, d) => n + (d * DISPARITY_UNITS >= 65535.5 ? 1 : 0), 0),
  };
}
