import type { Annotations, GBuffers } from '../annotate/annotations.ts';
import type { LidarSweep } from '../annotate/lidar/sweep.ts';
import { codesOf } from '../annotate/raw-codes.ts';
import { type FrameDisparity, recordDisparity } from '../annotate/frame-disparity.ts';
import { countFlow, type FrameFlow } from '../annotate/frame-flows.ts';
import type { AcceptanceRecord } from '../annotate/judge-frame.ts';
import type { FramePlan } from '../plan/frame-plan.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';
import type { PlanSensor } from '../plan/plan-sensor.ts';
import type { FrameRecord, RawRecord, RigPlace } from './frame-record.ts';

/** A frame that was drawn and labelled: what its record tells of. */
export type MadeFrame = Readonly<{
  sample: SceneSample;
  plan: Pick<FramePlan, 'frame' | 'size' | 'camera' | 'sensor' | 'raw'>;
  buffers: Pick<GBuffers, 'metered'>;
  annotations: Annotations;
  /** To the frames beside it, where the plan has them. */
  flows: readonly FrameFlow[];
  /** Null where its view has no rectified pair. */
  disparity: FrameDisparity | null;
  /** Of its lidars. */
  sweeps: readonly LidarSweep[];
}>;

/** The record of a frame: what every output format is derived from. `acceptance`: null where nothing judged it. */
export function recordOf(
  { sample, plan, buffers, annotations, flows, disparity, sweeps }: MadeFrame,
  {
    files,
    acceptance,
  }: Readonly<{ files: FrameRecord['files']; acceptance: AcceptanceRecord | null }>,
): FrameRecord {
  const rig = rigPlaceOf(sample);
  return {
    recordVersion: 1,
    frame: plan.frame,
    ...(sample.sequence && { sequence: sample.sequence }),
    ...(rig && { rig }),
    width: plan.size.width,
    height: plan.size.height,
    camera: plan.camera,
    ...(buffers.metered !== undefined && {
      exposure: { metered: buffers.metered, factor: buffers.metered * plan.sensor.exposure },
    }),
    ...(plan.raw && { raw: rawRecord(plan.sensor, files.raw) }),
    annotations,
    ...(flows.length > 0 && {
      flow: Object.fromEntries(flows.map(({ direction, flow }) => [direction, countFlow(flow)])),
    }),
    ...(disparity && { disparity: recordDisparity(disparity) }),
    ...(sweeps.length > 0 && { lidars: sweeps.map(({ record }) => record) }),
    files,
    sample,
    ...(acceptance && { acceptance }),
  };
}

function rawRecord(
  { mosaic, adc, whiteBalance, filters }: PlanSensor,
  file: FrameRecord['files']['raw'],
): RawRecord {
  const isCodes = adc && file?.path.endsWith('.png') === true;
  return {
    pattern: mosaic?.pattern ?? null,
    codes: isCodes ? { black: adc.blackLevel, ...codesOf(adc) } : null,
    whiteBalance,
    linearFromBalanced: filters?.develop ?? null,
  };
}

/** Which view of which moment a sample is; undefined without a rig. */
function rigPlaceOf({ frame, rig }: SceneSample): RigPlace | undefined {
  const view = rig?.views[rig.view];
  if (rig === undefined || view === undefined) return undefined;
  return { moment: (frame - rig.view) / rig.views.length, view: view.name };
}
