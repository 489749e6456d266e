import { motionMaps, type FlowFrame } from '#shared/annotate/flow-tracer';
import {
  countFlow,
  FLOW_DIRECTIONS,
  type FlowDirection,
  type FrameFlow,
} from '#shared/annotate/frame-flows';
import { FLOW_STATE, type OpticalFlow } from '#shared/annotate/optical-flow';
import { multiply } from '#shared/core/matrix';
import { flowOf } from '#shared/draw/flow-map';
import type { FrameRecord } from '#shared/formats/frame-record';
import { flowFaults } from '#shared/verify/check-flow';
import { diffJson, formatDifferences } from '../store/diff-json.ts';
import { vectorFault } from './flow-against-poses.ts';
import { depthOf, type LabelProblem } from './judge-labels.ts';
import type { DecodedFiles } from './read-frame-files.ts';

/** A sound record with its decoded files. */
export type ShownFrame = Readonly<{ record: FrameRecord; decoded: DecodedFiles }>;

/**
 * What is wrong with the flows of a frame, as its files have them: states and counts; vectors, which must
 * be those of depth and poses; and the neighbour, where it is there with ids and depth, which must show
 * visible points on the same instance.
 *
 * Ids that one of the frames does not label, and the background where frames have dropped instances that
 * are visible, are not judged: their poses are not recorded.
 */
export function judgeFlows(
  shown: ShownFrame,
  neighbours: Readonly<Partial<Record<FlowDirection, ShownFrame>>>,
): readonly LabelProblem[] {
  return FLOW_DIRECTIONS.flatMap((direction) => {
    const file = shown.decoded.labels.get(`flow-${direction}`);
    const mask = shown.decoded.labels.get(`flow-${direction}-mask`)?.values;
    if (file === undefined || !(mask instanceof Uint8Array)) return [];
    const isKitti = file.channels === 3;
    const { uv, known, width, height } = flowOf(file);
    const flow: OpticalFlow = { width, height, uv, state: mask };
    const path = shown.record.files[`flow-${direction}`]?.path ?? null;
    const problem = (message: string): LabelProblem => ({
      severity: 'error',
      message: `${message}.`,
      file: path,
    });
    const counts = countFaults(shown.record, direction, { flow, isKitti });
    const unknown = knownFault(flow, known, isKitti);
    if (unknown !== null) return [...counts.map(problem), problem(unknown)];
    const other = neighbours[direction];
    const judged = other === undefined ? [] : pairFaults(shown, other, { direction, flow, known });
    return [...counts, ...judged].map(problem);
  });
}

type FileFlow = Readonly<{ flow: OpticalFlow; isKitti: boolean }>;

function countFaults(
  { flow: recorded }: FrameRecord,
  direction: FlowDirection,
  { flow, isKitti }: FileFlow,
): readonly string[] {
  // What KITTI's bits do not hold is not in the file to be counted.
  const { beyond16Bit: _, ...found } = countFlow(flow);
  const { beyond16Bit, ...expected } = recorded?.[direction] ?? { beyond16Bit: NaN };
  const differences = diffJson(expected, found);
  const texts =
    differences.length === 0
      ? []
      : [`mask: expected the counts of the record, found ${formatDifferences(differences).trim()}`];
  if (isKitti || countFlow(flow).beyond16Bit === beyond16Bit) return texts;
  return [
    ...texts,
    `expected ${beyond16Bit} vectors beyond 16 bits as in the record, found ${countFlow(flow).beyond16Bit}`,
  ];
}

const pixelOf = (i: number, width: number): string =>
  `pixel (${i % width}, ${Math.floor(i / width)})`;

/** Vectors are known where the mask says so; KITTI may lack what its bits do not hold. */
function knownFault(
  { state, width }: OpticalFlow,
  known: Uint8Array,
  isKitti: boolean,
): string | null {
  for (let i = 0; i < state.length; i++) {
    const expected = state[i] !== FLOW_STATE.unknown;
    if (expected === (known[i] === 1) || (isKitti && expected)) continue;
    return `${pixelOf(i, width)}: expected ${expected ? 'a vector' : 'none'}, as the mask says, found ${expected ? 'none' : 'one'}`;
  }
  return null;
}

type PairFlow = Readonly<{ direction: FlowDirection; flow: OpticalFlow; known: Uint8Array }>;

function pairFaults(
  shown: ShownFrame,
  other: ShownFrame,
  { direction, flow, known }: PairFlow,
): readonly string[] {
  const [from, to] = [frameOf(shown), frameOf(other)];
  if (from === null || to === null) return [];
  const maps = motionMaps(from.plan, to.plan);
  const background = [shown, other].every(({ record }) =>
    record.annotations.dropped.every(({ visiblePixels }) => visiblePixels === 0),
  );
  const judges = (id: number): boolean => (id === 0 ? background : maps[id] !== undefined);
  const under = { direction, other: other.record.frame, flow, from, to } satisfies FrameFlow;
  const wrong = vectorFault(under, {
    known,
    judges,
    background,
    halfStep: from.stepMeters / 2,
  });
  if (wrong !== null) return [wrong];
  return flowFaults({ ...under, judges });
}

/** A record and its labels as a frame of flow; null where ids or depth are not there. */
function frameOf({ record, decoded }: ShownFrame): (FlowFrame & { stepMeters: number }) | null {
  const { width, height, camera, annotations } = record;
  const ids = decoded.labels.get('instance')?.values;
  const depth = depthOf(decoded, record);
  if (!(ids instanceof Uint16Array) || depth === null) return null;
  const instances = annotations.instances.map(({ instanceId, name, cameraFromObject }) => ({
    instanceId,
    name,
    worldFromObject: multiply(camera.worldFromCamera, cameraFromObject),
  }));
  return {
    plan: { camera, instances },
    buffers: { width, height, instanceId: ids, depth: depth.meters },
    stepMeters: depth.stepMeters,
  };
}
