import {
  flowTracer,
  motionMaps,
  type FlowFrame,
  type FlowTracer,
} from '#shared/annotate/flow-tracer';
import { fitsKitti, type FrameFlow } from '#shared/annotate/frame-flows';
import { FLOW_STATE, isHidden } from '#shared/annotate/optical-flow';

/** Rounding of float32 vectors and of poses that were multiplied in another order, pixels. */
const VECTOR_SLACK = 2e-3;
/** Half a step of KITTI's 1/64 pixels. */
const KITTI_SLACK = 1 / 128;
/** How far from a point rounding may decide what is there: pixels, share of the depth. */
const DOUBT_PIXELS = 0.02;
const DOUBT_SHARE = 0.02;

/** What of a flow can be judged. */
export type Judging = Readonly<{
  /** [H, W] whether the file has a vector. */
  known: Uint8Array;
  /** Whether the motion of an id is recorded. */
  judges(id: number): boolean;
  /** Whether every pixel of id 0 is the static scene, in both frames. */
  background: boolean;
  /** Half of what depth was rounded to, metres. */
  halfStep: number;
}>;

type Point = readonly [x: number, y: number, z: number];

/** A pixel, and where depth and poses take it. */
type Traced = Readonly<{
  i: number;
  centre: readonly [number, number];
  to: Point | null;
  room: Point;
}>;

/** The first vector or state of a flow that is not that of depth and poses; rounded depth leaves room. */
export function vectorFault(under: FrameFlow, judging: Judging): string | null {
  const { flow, from, to } = under;
  const { width } = flow;
  const trace = flowTracer(from, to.plan, motionMaps(from.plan, to.plan));
  for (let i = 0; i < flow.state.length; i++) {
    if (from.buffers.depth[i] === 0 || !judging.judges(from.buffers.instanceId[i] ?? 0)) continue;
    const traced = tracePixel(under, i, { trace, halfStep: judging.halfStep });
    if (traced === null) continue;
    const fault =
      presenceFault(under, traced, judging) ??
      distanceFault(under, traced, judging) ??
      stateFault(under, traced, judging);
    if (fault === null) continue;
    return `flow ${under.direction}: pixel (${i % width}, ${Math.floor(i / width)}): ${fault}`;
  }
  return null;
}

/** Null for a point so near the other near plane that the rounding of its depth decides. */
function tracePixel(
  { flow, from }: FrameFlow,
  i: number,
  { trace, halfStep }: Readonly<{ trace: FlowTracer; halfStep: number }>,
): Traced | null {
  const z = from.buffers.depth[i] ?? 0;
  const pointAt = (depth: number): Point | null => {
    const out = new Float64Array(3);
    return trace(i, depth, out) ? [out[0] ?? NaN, out[1] ?? NaN, out[2] ?? NaN] : null;
  };
  const [near, to, far] = [pointAt(z - halfStep), pointAt(z), pointAt(z + halfStep)];
  if ((near === null) !== (far === null)) return null;
  const apart = (axis: 0 | 1 | 2): number => Math.abs((far?.[axis] ?? 0) - (near?.[axis] ?? 0));
  const centre = [(i % flow.width) + 0.5, Math.floor(i / flow.width) + 0.5] as const;
  return { i, centre, to, room: [apart(0), apart(1), apart(2)] };
}

const vectorOf = ({ centre, to }: Traced): readonly [number, number] => [
  (to?.[0] ?? NaN) - centre[0],
  (to?.[1] ?? NaN) - centre[1],
];

/** A vector is there where a surface is, unless KITTI's bits do not hold it. */
function presenceFault({ flow }: FrameFlow, traced: Traced, { known }: Judging): string | null {
  const { i, to } = traced;
  if ((to !== null) !== (flow.state[i] !== FLOW_STATE.unknown)) {
    const expected = to === null ? 'no vector' : 'a vector, as a surface is there';
    return `expected ${expected}, found state ${flow.state[i]}`;
  }
  const [u, v] = vectorOf(traced);
  if (to === null || known[i] === 1 || !fitsKitti(u, v)) return null;
  return `expected (${u}, ${v}) by depth and poses, found none`;
}

function distanceFault(
  { flow: { uv } }: FrameFlow,
  traced: Traced,
  { known }: Judging,
): string | null {
  const { i, to, room } = traced;
  if (to === null || known[i] === 0) return null;
  const expected = vectorOf(traced);
  const found = [uv[i * 2] ?? NaN, uv[i * 2 + 1] ?? NaN] as const;
  const isNear = ([0, 1] as const).every((axis) => {
    const slack = VECTOR_SLACK + KITTI_SLACK + Math.abs(expected[axis]) * 1e-6 + room[axis];
    return Math.abs(found[axis] - expected[axis]) <= slack;
  });
  if (isNear) return null;
  return `expected (${expected.join(', ')}) by depth and poses, found (${found.join(', ')})`;
}

function stateFault(
  { flow, from, to, other }: FrameFlow,
  { i, to: point, room }: Traced,
  { background }: Judging,
): string | null {
  if (point === null) return null;
  const state = flow.state[i] ?? NaN;
  const isOutside = state === FLOW_STATE.outside;
  if (isOutside !== leaves(point, to, 0)) {
    const slack = DOUBT_PIXELS + Math.max(...room);
    if (leaves(point, to, slack) !== leaves(point, to, -slack)) return null;
    return `expected state ${FLOW_STATE.outside} where points leave the image alone, found ${state}`;
  }
  if (isOutside || !background) return null;
  const id = from.buffers.instanceId[i] ?? 0;
  const hidden = isHidden(point, id, to.buffers);
  const expected = hidden ? FLOW_STATE.occluded : FLOW_STATE.visible;
  if (state === expected) return null;
  const isDoubtful = around(point, room).some(
    (beside) => leaves(beside, to, 0) || isHidden(beside, id, to.buffers) !== hidden,
  );
  if (isDoubtful) return null;
  return `expected state ${expected} by ids and depth of frame ${other}, found ${state}`;
}

/** Where rounding may have put a point. */
function around([x, y, z]: Point, room: Point): readonly Point[] {
  const signs = [-1, 1] as const;
  return signs.flatMap((sx) =>
    signs.flatMap((sy) =>
      signs.map((sz): Point => [
        x + sx * (DOUBT_PIXELS + room[0]),
        y + sy * (DOUBT_PIXELS + room[1]),
        z * (1 + sz * DOUBT_SHARE),
      ]),
    ),
  );
}

/** Whether a point leaves the image by more than `slack`, pixels and metres. */
function leaves([x, y, z]: Point, { plan, buffers }: FlowFrame, slack: number): boolean {
  const { width, height } = buffers;
  const isInside = x >= -slack && y >= -slack && x < width + slack && y < height + slack;
  return !isInside || z > plan.camera.farMeters + slack;
}
