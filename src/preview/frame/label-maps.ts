import type { Annotations, GBuffers } from '#shared/annotate/annotations';
import type { FrameDisparity } from '#shared/annotate/frame-disparity';
import type { LidarSweep } from '#shared/annotate/lidar/sweep';
import { sparseDepth, sparseDepthTo16Bit } from '#shared/annotate/lidar/sparse-depth';
import type { FrameFlow } from '#shared/annotate/frame-flows';
import { measureDepth } from '#shared/annotate/depth-sensor/measure-depth';
import { FLOW_STATE } from '#shared/annotate/optical-flow';
import { objectCoordinates } from '#shared/annotate/object-coordinates';
import { panopticRgb } from '#shared/annotate/panoptic';
import { rangeFromDepth } from '#shared/annotate/range-from-depth';
import { eraseDropped, semanticFromInstance } from '#shared/annotate/semantic-from-instance';
import { stuffCategoryIds } from '#shared/config/category-names';
import { isWide } from '#shared/core/pinhole';
import type { Config } from '#shared/config/config-schema';
import type { OverlayInput, PixelMap } from '#shared/draw/overlay';
import { OVERLAYS, type OverlayName } from '#shared/draw/overlays';
import type { FileKind } from '#shared/formats/frame-record';
import type { FramePlan } from '#shared/plan/frame-plan';

/** A frame whose labels are wanted as images, as the writers would have them. */
export type LabelledFrame = Readonly<{
  config: Config;
  plan: FramePlan;
  buffers: GBuffers;
  annotations: Annotations;
  flows: readonly FrameFlow[];
  disparity: FrameDisparity | null;
  sweeps: readonly LidarSweep[];
}>;

/** `.flo` has a number this large where the flow is not known. */
const UNKNOWN_FLOW = 1e10;

type MakeMap = (frame: LabelledFrame) => PixelMap['values'] | undefined;

const erased = ({ buffers, annotations }: LabelledFrame): Uint16Array =>
  eraseDropped(buffers.instanceId, annotations.dropped);

function flowMap(
  { flows }: LabelledFrame,
  direction: FrameFlow['direction'],
): Float32Array | undefined {
  const found = flows.find((one) => one.direction === direction);
  return found?.flow.uv.map((value, i) =>
    found.flow.state[i >> 1] === FLOW_STATE.unknown ? UNKNOWN_FLOW : value,
  );
}

/** Label images by the kind of file that an overlay reads, and their channels. */
const MAPS: Readonly<Partial<Record<FileKind, readonly [channels: number, make: MakeMap]>>> = {
  // A wide lens has ranges in its place.
  'depth-float': [
    1,
    ({ plan, buffers }) => (isWide(plan.camera.intrinsics) ? undefined : buffers.depth),
  ],
  'measured-depth-float': [
    1,
    ({ plan, buffers }) => (plan.depthSensor ? measureDepth(plan, buffers) : undefined),
  ],
  'disparity-float': [1, ({ disparity }) => disparity?.disparity],
  'lidar-depth': [
    1,
    ({ sweeps, plan }) =>
      sweeps.length === 0
        ? undefined
        : sparseDepthTo16Bit(sparseDepth(sweeps, plan.camera.intrinsics, plan.size)),
  ],
  range: [1, ({ buffers, plan }) => rangeFromDepth(buffers, plan.camera.intrinsics)],
  'normals-float': [3, ({ buffers }) => buffers.normal],
  'object-coordinates-float': [
    3,
    (frame) => {
      const { plan, buffers, annotations } = frame;
      if (isWide(plan.camera.intrinsics)) return undefined;
      const labelled = { ...buffers, instanceId: erased(frame) };
      return objectCoordinates(labelled, plan.camera.intrinsics, annotations.instances);
    },
  ],
  semantic: [
    1,
    (frame) =>
      semanticFromInstance(erased(frame), frame.annotations, frame.config.categories.length),
  ],
  panoptic: [
    3,
    (frame) => {
      const stuff = stuffCategoryIds(frame.config);
      return panopticRgb({ instanceId: erased(frame) }, frame.annotations.instances, stuff);
    },
  ],
  'flow-forward': [2, (frame) => flowMap(frame, 'forward')],
  'flow-backward': [2, (frame) => flowMap(frame, 'backward')],
};

/**
 * What an overlay is drawn from: made by the functions that the writers use, without the files between.
 *
 * @returns null where its record suffices, undefined where this frame cannot have it.
 */
export function labelMap(
  frame: LabelledFrame,
  label: OverlayName,
): OverlayInput['file'] | undefined {
  const { files: kinds }: Readonly<{ files: readonly FileKind[] }> = OVERLAYS[label];
  if (kinds.length === 0) return null;
  const { width, height } = frame.buffers;
  for (const kind of kinds) {
    const [channels, make] = MAPS[kind] ?? [];
    const values = make?.(frame);
    if (channels !== undefined && values !== undefined) {
      return { kind, map: { width, height, channels, values } };
    }
  }
  return undefined;
}
