import { AnnotationError } from '../core/errors.ts';
import type { FramePlan } from '../plan/frame-plan.ts';
import type { GBuffers } from './annotations.ts';
import type { FlowFrame } from './flow-tracer.ts';
import { FLOW_STATE, opticalFlow, type OpticalFlow } from './optical-flow.ts';

/** To the next frame of the sequence, and to the one before. */
export const FLOW_DIRECTIONS = ['forward', 'backward'] as const;
export type FlowDirection = (typeof FLOW_DIRECTIONS)[number];

/** Flow of a frame in one direction, beside what it was made from. */
export type FrameFlow = Readonly<{
  direction: FlowDirection;
  /** The frame that it leads to. */
  other: number;
  flow: OpticalFlow;
  from: FlowFrame;
  to: FlowFrame;
}>;

/** Pixels of each state of a flow, and those that KITTI's 16 bits cannot hold: as a record has them. */
export type FlowCounts = Readonly<
  Record<'visible' | 'occluded' | 'outside' | 'unknown' | 'beyond16Bit', number>
>;

/**
 * The flows that a plan asks for: none from the last frame of a sequence on, or from the first back.
 * @throws AnnotationError where the page did not send what the neighbour shows.
 */
export function frameFlows(plan: FramePlan, buffers: GBuffers): readonly FrameFlow[] {
  const { neighbours } = plan;
  const wanted = [
    ['forward', neighbours?.next, buffers.next],
    ['backward', neighbours?.previous, buffers.previous],
  ] as const;
  return wanted.flatMap(([direction, neighbour, shown]): FrameFlow[] => {
    if (neighbour === undefined) return [];
    if (shown === undefined) {
      throw new AnnotationError(
        `frame ${plan.frame}: expected ids and depth of frame ${neighbour.frame} for optical flow, found none.`,
      );
    }
    const { width, height } = neighbour.size;
    const from = { plan, buffers };
    const to = { plan: neighbour, buffers: { width, height, ...shown } };
    return [{ direction, other: neighbour.frame, flow: opticalFlow(from, to), from, to }];
  });
}

/** Least and greatest whole numbers of KITTI's 16 bits, which hold a flow as 64 · flow + 2^15. */
export const kittiValue = (pixels: number): number => Math.round(pixels * 64 + 32768);
export const fitsKitti = (u: number, v: number): boolean =>
  Math.min(kittiValue(u), kittiValue(v)) >= 0 && Math.max(kittiValue(u), kittiValue(v)) <= 65535;

/** Counts a flow. */
export function countFlow({ uv, state }: OpticalFlow): FlowCounts {
  const counts = { visible: 0, occluded: 0, outside: 0, unknown: 0, beyond16Bit: 0 };
  const names = (['visible', 'occluded', 'outside', 'unknown'] as const).map(
    (name) => [FLOW_STATE[name], name] as const,
  );
  const nameOf = new Map<number, (typeof names)[number][1]>(names);
  for (let i = 0; i < state.length; i++) {
    const name = nameOf.get(state[i] ?? -1) ?? 'unknown';
    counts[name] += 1;
    if (name !== 'unknown' && !fitsKitti(uv[i * 2] ?? NaN, uv[i * 2 + 1] ?? NaN)) {
      counts.beyond16Bit += 1;
    }
  }
  return counts;
}
