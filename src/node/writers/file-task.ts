import type { Annotations, GBuffers } from '#shared/annotate/annotations';
import type { FrameDisparity } from '#shared/annotate/frame-disparity';
import type { LidarSweep } from '#shared/annotate/lidar/sweep';
import type { FrameFlow } from '#shared/annotate/frame-flows';
import type { Config } from '#shared/config/config-schema';
import type { FileKind } from '#shared/formats/frame-record';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { SceneSample } from '#shared/sampling/scene-sample';

/** A whole frame, and the config whose `outputs` say which files it has. */
export type FrameToWrite = Readonly<{
  config: Config;
  sample: SceneSample;
  plan: FramePlan;
  buffers: GBuffers;
  annotations: Annotations;
  /** To the frames beside it, where the plan has them. */
  flows?: readonly FrameFlow[] | undefined;
  /** Null where its view has no rectified pair. */
  disparity?: FrameDisparity | null | undefined;
  /** Of its lidars. */
  sweeps?: readonly LidarSweep[] | undefined;
}>;

/** A file of a frame before it is made. */
export type FileTask = Readonly<{
  kind: FileKind;
  /** Relative to the dataset folder. */
  path: string;
  encode: () => Promise<Uint8Array> | Uint8Array;
}>;

/** Name of a frame's file: six digits, so that files sort by frame. */
export const fileName = ({ plan }: Pick<FrameToWrite, 'plan'>, extension: string): string =>
  `${String(plan.frame).padStart(6, '0')}.${extension}`;
