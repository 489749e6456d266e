import {
  type FlowTracer,
  flowTracer,
  type MotionMaps,
  motionMaps,
} from '../annotate/flow-tracer.ts';
import type { FrameFlow } from '../annotate/frame-flows.ts';
import { type FrameContext, frameMessage } from '../annotate/frame-message.ts';
import { FLOW_STATE } from '../annotate/optical-flow.ts';
import { AnnotationError } from '../core/errors.ts';

/** How far there and back may end from where it began, where the flow around is smooth: pixels. */
const ROUND_TRIP_PIXELS = 0.25;
/** Flow is smooth where that of the eight pixels around differs by at most so much: pixels. */
const SMOOTH_PIXELS = 0.4;
/** How far a surface may lie from a point and be taken for its own, and one of another instance: share of the depth. */
const SAME_SHARE = 0.02;
const TOUCHING_SHARE = 2e-3;
/**
 * Pixels of an instance that may fail: holes of cut-outs, and edges finer than pixels. More are a
 * contradiction: a pose, a depth or an id that is not that of its frame.
 */
const STRAY_SHARE = 0.05;
const STRAY_PIXELS = 8;

/** A flow to judge. */
export type FlowUnderTest = FrameFlow &
  Readonly<{ judges?: ((id: number) => boolean) | undefined }>;

/**
 * Refuses a frame whose flow contradicts itself or the frame that it leads to.
 * @throws AnnotationError
 */
export function verifyFlows(flows: readonly FrameFlow[], context: FrameContext): void {
  for (const flow of flows) {
    const [fault] = flowFaults(flow);
    if (fault !== undefined) throw new AnnotationError(frameMessage(context, `${fault}.`));
  }
}

/**
 * What is wrong with a flow: numbers that are not finite, states that do not fit where points fall, and,
 * instance by instance, what does not come back. A point that is visible, in the midst of smooth flow of
 * its own instance, falls on the same instance, and the flow of the pixel that it falls in leads back
 * (labels.md §9).
 */
export function flowFaults(under: FlowUnderTest): readonly string[] {
  const basic = numberFault(under);
  return basic === null ? strayFaults(under) : [basic];
}

const nameOf = ({ direction }: FrameFlow): string => `flow ${direction}`;

function numberFault(under: FlowUnderTest): string | null {
  const { flow, from, to } = under;
  const { width, uv, state } = flow;
  const expected = from.buffers.width * from.buffers.height;
  if (state.length !== expected || uv.length !== expected * 2) {
    return `${nameOf(under)}: expected ${expected} pixels, found ${state.length} states and ${uv.length / 2} vectors`;
  }
  const [right, bottom] = [to.buffers.width, to.buffers.height];
  for (let i = 0; i < state.length; i++) {
    const at = (text: string): string =>
      `${nameOf(under)}: pixel (${i % width}, ${Math.floor(i / width)}): ${text}`;
    const [u, v, what] = [uv[i * 2] ?? NaN, uv[i * 2 + 1] ?? NaN, state[i] ?? -1];
    if (!Number.isFinite(u) || !Number.isFinite(v)) {
      return at(`expected finite numbers, found ${u}, ${v}`);
    }
    if (what > FLOW_STATE.outside) return at(`expected a state of 0..3, found ${what}`);
    if (what !== FLOW_STATE.visible && what !== FLOW_STATE.occluded) continue;
    const [x, y] = [(i % width) + 0.5 + u, Math.floor(i / width) + 0.5 + v];
    // The vector is float32, and stood on an edge before it was rounded.
    const slack = 1e-3;
    if (x >= -slack && y >= -slack && x <= right + slack && y <= bottom + slack) continue;
    return at(`expected a point in the image, as it is not marked outside, found (${x}, ${y})`);
  }
  return null;
}

/** Judged and failing pixels of an instance. */
type Tally = { judged: number; stray: number; first: number };

function strayFaults(under: FlowUnderTest): readonly string[] {
  const { from, other } = under;
  const tallies = new Map<number, Tally>();
  const ways = waysOf(under);
  const { instanceId } = from.buffers;
  const { width, height } = under.flow;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      const id = instanceId[i] ?? 0;
      if (under.flow.state[i] !== FLOW_STATE.visible || under.judges?.(id) === false) continue;
      if (!isSmooth(under, i)) continue;
      const tally = tallies.get(id) ?? { judged: 0, stray: 0, first: -1 };
      tallies.set(id, tally);
      tally.judged += 1;
      if (returns(under, i, ways)) continue;
      if (tally.stray++ === 0) tally.first = i;
    }
  }
  return [...tallies].flatMap(([id, { judged, stray, first }]) => {
    if (stray <= STRAY_PIXELS || stray <= judged * STRAY_SHARE) return [];
    const name = from.plan.instances.find(({ instanceId: one }) => one === id)?.name;
    const who = id === 0 ? 'the static scene' : `instance ${id} (${name})`;
    const pixel = `(${first % width}, ${Math.floor(first / width)})`;
    return [
      `${nameOf(under)}: ${who}: expected visible points to lie on it in frame ${other} and to lead back, ` +
        `found ${stray} of ${judged} that do not; the first is pixel ${pixel}. Depth, ids, poses and flow do not belong together`,
    ];
  });
}

type Ways = Readonly<{ there: FlowTracer; back: FlowTracer; backMaps: MotionMaps }>;

function waysOf({ from, to }: FlowUnderTest): Ways {
  const backMaps = motionMaps(to.plan, from.plan);
  return {
    there: flowTracer(from, to.plan, motionMaps(from.plan, to.plan)),
    back: flowTracer(to, from.plan, backMaps),
    backMaps,
  };
}

/** Whether the eight pixels around show the same instance with nearly the same flow. */
function isSmooth({ flow, from }: FlowUnderTest, i: number): boolean {
  const { uv, state, width } = flow;
  const id = from.buffers.instanceId[i];
  for (let row = -width; row <= width; row += width) {
    for (let j = i + row - 1; j <= i + row + 1; j++) {
      if (from.buffers.instanceId[j] !== id || state[j] === FLOW_STATE.unknown) return false;
      const du = Math.abs((uv[j * 2] ?? NaN) - (uv[i * 2] ?? NaN));
      const dv = Math.abs((uv[j * 2 + 1] ?? NaN) - (uv[i * 2 + 1] ?? NaN));
      if (!(du <= SMOOTH_PIXELS && dv <= SMOOTH_PIXELS)) return false;
    }
  }
  return true;
}

/** Whether the pixel in which a point falls shows its surface, by the way back from there. */
function returns(under: FlowUnderTest, i: number, ways: Ways): boolean {
  const { flow, from, to } = under;
  const { uv, width } = flow;
  const id = from.buffers.instanceId[i] ?? 0;
  const [u, v] = [uv[i * 2] ?? NaN, uv[i * 2 + 1] ?? NaN];
  const [x, y] = [(i % width) + 0.5 + u, Math.floor(i / width) + 0.5 + v];
  const column = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const row = Math.min(flow.height - 1, Math.max(0, Math.floor(y)));
  const q = row * width + column;
  const surface = to.buffers.depth[q] ?? 0;
  const isOther = to.buffers.instanceId[q] !== id;
  const isSameDepth = isAtDepth(under, i, { surface, there: ways.there, isOther });
  if (isOther || !isSameDepth) return isSameDepth;
  const landed = new Float64Array(3);
  if (ways.backMaps[id] === undefined || !ways.back(q, surface, landed)) return false;
  // The pixel's centre is not the point: by the flow's slope, it came from beside where we began.
  const slope = (axis: 0 | 1, step: number): number =>
    ((uv[(i + step) * 2 + axis] ?? NaN) - (uv[(i - step) * 2 + axis] ?? NaN)) / 2;
  const [ax, bx] = [1 + slope(0, 1), slope(0, width)];
  const [ay, by] = [slope(1, 1), 1 + slope(1, width)];
  const [rx, ry] = [column + 0.5 - x, row + 0.5 - y];
  const det = ax * by - bx * ay;
  const beside = [(by * rx - bx * ry) / det, (ax * ry - ay * rx) / det] as const;
  const dx = (landed[0] ?? NaN) - ((i % width) + 0.5 + beside[0]);
  const dy = (landed[1] ?? NaN) - (Math.floor(i / width) + 0.5 + beside[1]);
  return Math.hypot(dx, dy) <= ROUND_TRIP_PIXELS;
}

/**
 * Whether a surface is at the depth that a point has there. Of the point's own instance it may slope, as
 * depth does around the pixel where the point began. Of another it touches: which of the two a pixel shows
 * is a matter of rounding.
 */
function isAtDepth(
  { from, flow: { width } }: FlowUnderTest,
  i: number,
  { surface, there, isOther }: Readonly<{ surface: number; there: FlowTracer; isOther: boolean }>,
): boolean {
  const { depth } = from.buffers;
  const landed = new Float64Array(3);
  if (!there(i, depth[i] ?? 0, landed)) return false;
  const expected = landed[2] ?? NaN;
  let slope = 0;
  for (const j of isOther ? [] : [i - width - 1, i - width + 1, i + width - 1, i + width + 1]) {
    slope = Math.max(slope, Math.abs((depth[j] ?? NaN) - (depth[i] ?? NaN)));
  }
  const share = isOther ? TOUCHING_SHARE : SAME_SHARE;
  return surface > 0 && Math.abs(surface - expected) <= share * expected + 2 * slope;
}
